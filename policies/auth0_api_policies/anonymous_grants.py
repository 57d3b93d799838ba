"""A grant of the subject type `anonymous_user` is for everybody: whoever asks gets a token, without a login.

Auth0 recommends to restrict what anonymous users can do. Reading is allowed unless configured otherwise, and
on the Management API nothing is: with it anybody could read the tenant.
"""

from __future__ import annotations

from collections.abc import Iterator

from pulumi_policy import PolicyComplianceFramework, Severity

from auth0_api_policies.frame import ClientGrant, Configuration, resource_rule
from auth0_api_policies.frame.pattern import unmatched
from auth0_api_policies.management_api_grants import MANAGEMENT_API


@resource_rule(
    ClientGrant,
    name="anonymous-grants",
    severity=Severity.HIGH,
    remedy="grant the listed scopes alone, and the others to users who have logged in (`subject_type` user).",
    tags=["access", "grants", "anonymous", "least-privilege"],
    url="https://auth0.com/docs/manage-users/sessions/anonymous-sessions",
    framework=PolicyComplianceFramework(
        "RFC 9700",
        reference="2.3",
        specification="Best Current Practice for OAuth 2.0 Security: Access Token Privilege Restriction",
    ),
    config={
        "allowed": {
            "type": "array",
            "items": {"type": "string"},
            "default": ["read:*"],
            "description": "The scopes that anonymous sessions may have; `*` stands for any text.",
        }
    },
)
def anonymous_grants(grant: ClientGrant, config: Configuration) -> Iterator[str]:
    """A grant for anonymous sessions holds harmless scopes alone."""
    if grant.subject_type != "anonymous_user":
        return
    allowed = config.texts("allowed")
    beyond = unmatched(grant.scopes, allowed)
    if MANAGEMENT_API.fullmatch(grant.audience):
        yield "`audience` is the Management API: anybody could call it without a login."
    if grant.allow_all_scopes:
        yield "`allow_all_scopes` is on: anybody gets every permission of the API, future ones included."
    elif beyond:
        yield f"`scopes` has {', '.join(beyond)}, allowed is {' or '.join(allowed)}."
