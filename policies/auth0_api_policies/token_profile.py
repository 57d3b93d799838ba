"""RFC 9068 tokens say what they are (`at+jwt`), so that an API cannot take an ID token for an access token.

Auth0's own profile, the default, does not.
"""

from __future__ import annotations

from collections.abc import Iterator

from pulumi_policy import PolicyComplianceFramework, Severity

from auth0_api_policies.frame import PROFILES, Configuration, ResourceServer, resource_rule


@resource_rule(
    ResourceServer,
    name="token-profile",
    severity=Severity.LOW,
    remedy="set `token_dialect` to an allowed profile, once the API's token check accepts it.",
    tags=["tokens"],
    url="https://auth0.com/docs/secure/tokens/access-tokens/access-token-profiles",
    framework=PolicyComplianceFramework(
        "RFC 9068",
        reference="2.1",
        specification="JSON Web Token Profile for OAuth 2.0 Access Tokens: Header",
    ),
    config={
        "allowed": {
            "type": "array",
            "items": {"enum": list(PROFILES)},
            "minItems": 1,
            "default": ["rfc9068_profile", "rfc9068_profile_authz"],
            "description": "The token profiles that an API may use.",
        }
    },
)
def token_profile(api: ResourceServer, config: Configuration) -> Iterator[str]:
    """Access tokens of an API have an allowed profile."""
    allowed = config.texts("allowed")
    if api.token_dialect not in allowed:
        yield f"`token_dialect` is {api.token_dialect}, allowed is {' or '.join(allowed)}."
