"""First-party applications skip the consent screen where the API lets them.

No user sees then what such an application asks for.
"""

from __future__ import annotations

from collections.abc import Iterator

from pulumi_policy import Severity

from auth0_api_policies.frame import Configuration, ResourceServer, resource_rule


@resource_rule(
    ResourceServer,
    name="user-consent",
    severity=Severity.LOW,
    remedy="switch `skip_consent_for_verifiable_first_party_clients` off.",
    tags=["access", "consent"],
    url="https://auth0.com/docs/get-started/apis/api-settings",
)
def user_consent(api: ResourceServer, _: Configuration) -> Iterator[str]:
    """Users consent to what an application may do with an API."""
    if api.skip_consent_for_verifiable_first_party_clients:
        yield "`skip_consent_for_verifiable_first_party_clients` is on: first-party applications ask no user."
