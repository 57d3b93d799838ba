"""`allow_offline_access` lets applications ask for refresh tokens, which outlive every access token.

Right for native applications; an API for machines alone has no use for it. Spare APIs by exemption, or
name the ones that the rule is for by `only`.
"""

from __future__ import annotations

from collections.abc import Iterator

from pulumi_policy import Severity

from auth0_api_policies.frame import Configuration, ResourceServer, resource_rule


@resource_rule(
    ResourceServer,
    name="offline-access",
    severity=Severity.MEDIUM,
    remedy="switch `allow_offline_access` off.",
    tags=["tokens", "refresh-tokens"],
    url="https://auth0.com/docs/secure/tokens/refresh-tokens",
)
def offline_access(api: ResourceServer, _: Configuration) -> Iterator[str]:
    """Applications get no refresh tokens for an API."""
    if api.allow_offline_access:
        yield "`allow_offline_access` is on: applications may ask for refresh tokens."
