"""An application with write access to the Management API can change the tenant, its own grants included."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pulumi_policy import PolicyComplianceFramework, Severity

from auth0_api_policies.frame import ClientGrant, Configuration, resource_rule
from auth0_api_policies.frame.pattern import unmatched

MANAGEMENT_API = re.compile(r"https?://[^/]+/api/v2/")


@resource_rule(
    ClientGrant,
    name="management-api-grants",
    severity=Severity.CRITICAL,
    remedy="grant the listed scopes alone; an exemption names the applications that deploy the tenant.",
    tags=["access", "grants", "least-privilege"],
    url="https://auth0.com/docs/secure/tokens/access-tokens/management-api-access-tokens",
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
            "description": "The scopes that may be granted; `*` stands for any text.",
        }
    },
)
def management_api_grants(grant: ClientGrant, config: Configuration) -> Iterator[str]:
    """A grant on the Management API holds harmless scopes alone."""
    if not MANAGEMENT_API.fullmatch(grant.audience):
        return
    allowed = config.texts("allowed")
    beyond = unmatched(grant.scopes, allowed)
    if grant.allow_all_scopes:
        yield "`allow_all_scopes` is on: the application controls the whole tenant."
    elif beyond:
        yield f"`scopes` has {', '.join(beyond)}, allowed is {' or '.join(allowed)}."
