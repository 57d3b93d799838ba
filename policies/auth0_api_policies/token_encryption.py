"""An access token is readable by whoever holds it; JWE keeps its claims between Auth0 and the API.

For APIs whose tokens carry personal data; name them by `only`.
"""

from __future__ import annotations

from collections.abc import Iterator

from pulumi_policy import PolicyComplianceFramework, Severity

from auth0_api_policies.frame import Configuration, ResourceServer, resource_rule


@resource_rule(
    ResourceServer,
    name="token-encryption",
    severity=Severity.MEDIUM,
    remedy="set `token_encryption` with the API's public key.",
    tags=["tokens", "encryption"],
    url="https://auth0.com/docs/secure/tokens/access-tokens/json-web-encryption",
    framework=PolicyComplianceFramework(
        "RFC 9068",
        reference="6",
        specification="JSON Web Token Profile for OAuth 2.0 Access Tokens: Privacy Considerations",
    ),
)
def token_encryption(api: ResourceServer, _: Configuration) -> Iterator[str]:
    """Access tokens of an API are encrypted."""
    if not api.token_encryption:
        yield "`token_encryption` is off: whoever holds a token can read its claims."
