"""A grant of all scopes gives an application tomorrow's permissions too, which nobody has reviewed.

So does a default grant for third-party applications: it is for applications that do not exist yet.
"""

from __future__ import annotations

from collections.abc import Iterator

from pulumi_policy import PolicyComplianceFramework, Severity

from auth0_api_policies.frame import ClientGrant, Configuration, resource_rule


@resource_rule(
    ClientGrant,
    name="no-blanket-grants",
    severity=Severity.HIGH,
    remedy="name the application and the scopes that it needs.",
    tags=["access", "grants", "least-privilege"],
    url="https://auth0.com/docs/get-started/applications/application-access-to-apis-client-grants",
    framework=PolicyComplianceFramework(
        "RFC 9700",
        reference="2.3",
        specification="Best Current Practice for OAuth 2.0 Security: Access Token Privilege Restriction",
    ),
)
def no_blanket_grants(grant: ClientGrant, _: Configuration) -> Iterator[str]:
    """A grant names one application and its scopes."""
    if grant.allow_all_scopes:
        yield "`allow_all_scopes` is on: it covers every scope of the API, future ones included."
    if grant.default_for:
        yield f"`default_for` is {grant.default_for}: the grant is for applications that are yet to come."
