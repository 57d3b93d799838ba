"""With HS256 whoever can check a token can also forge one: both need the same secret.

RS256, PS256 and RS512 sign with the tenant's private key, which never leaves Auth0; an API needs the public
key alone. RFC 9068 recommends such asymmetric algorithms.

A change replaces the API, because Auth0's documentation sets the algorithm at creation.
"""

from __future__ import annotations

from collections.abc import Iterator

from pulumi_policy import PolicyComplianceFramework, Severity

from auth0_api_policies.frame import Configuration, ResourceServer, resource_rule


@resource_rule(
    ResourceServer,
    name="signing-algorithm",
    severity=Severity.CRITICAL,
    remedy="set `signing_alg` to an allowed algorithm; the API is replaced, so plan the change.",
    tags=["tokens", "signature"],
    url="https://auth0.com/docs/get-started/applications/signing-algorithms",
    framework=PolicyComplianceFramework(
        "RFC 9068",
        reference="2.1",
        specification="JSON Web Token Profile for OAuth 2.0 Access Tokens: Header",
    ),
    config={
        "allowed": {
            "type": "array",
            "items": {"enum": ["RS256", "PS256", "RS512", "HS256"]},
            "minItems": 1,
            "default": ["RS256", "PS256", "RS512"],
            "description": "The algorithms that may sign access tokens.",
        }
    },
)
def signing_algorithm(api: ResourceServer, config: Configuration) -> Iterator[str]:
    """Access tokens of an API are signed with an allowed algorithm."""
    allowed = config.texts("allowed")
    if api.signing_alg not in allowed:
        yield f"`signing_alg` is {api.signing_alg}, allowed is {' or '.join(allowed)}."
