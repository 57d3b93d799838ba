"""A bearer token works for whoever stole it; one bound to the client's key by mTLS or DPoP does not.

RFC 9700 asks for such a binding where it can be had.
"""

from __future__ import annotations

from collections.abc import Iterator

from pulumi_policy import PolicyComplianceFramework, Severity

from auth0_api_policies.frame import Configuration, ResourceServer, resource_rule


@resource_rule(
    ResourceServer,
    name="sender-constrained-tokens",
    severity=Severity.MEDIUM,
    remedy="require `proof_of_possession`, by the mechanism dpop or mtls.",
    tags=["tokens", "proof-of-possession"],
    url="https://auth0.com/docs/secure/sender-constraining",
    framework=PolicyComplianceFramework(
        "RFC 9700",
        reference="2.2.1",
        specification="Best Current Practice for OAuth 2.0 Security: Token Replay Prevention, Access Tokens",
    ),
    config={
        "mechanisms": {
            "type": "array",
            "items": {"enum": ["mtls", "dpop"]},
            "minItems": 1,
            "default": ["mtls", "dpop"],
            "description": "The ways to bind a token that count.",
        }
    },
)
def sender_constrained_tokens(api: ResourceServer, config: Configuration) -> Iterator[str]:
    """Access tokens of an API are bound to the client that asked for them."""
    proof, mechanisms = api.proof_of_possession, config.texts("mechanisms")
    if proof is None or not proof.required:
        yield "`proof_of_possession` is not required: a stolen token works anywhere."
    elif proof.mechanism not in mechanisms:
        yield f"`proof_of_possession` uses {proof.mechanism}, allowed is {' or '.join(mechanisms)}."
