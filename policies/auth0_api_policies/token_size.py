"""A token that holds every permission of an API may be too long for a header, and then nothing works.

Servers and proxies cut header lines at 4 to 16 KB. The size is that of a token with all scopes of the API,
in `scope` and, with RBAC's permissions, once more; real tokens hold fewer scopes and further claims.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from pulumi_policy import Severity

from auth0_api_policies.frame import Configuration, ResourceServer, Stack, View, stack_rule

SIGNATURE = 342  # an RSA signature of 2,048 bits in base64url
HEADER = {"alg": "RS256", "typ": "at+jwt", "kid": "x" * 21}
CLAIMS = {
    "iss": "https://tenant-name.eu.auth0.com/",
    "sub": "auth0|" + "x" * 24,
    "iat": 1_700_000_000,
    "exp": 1_700_086_400,
    "azp": "x" * 32,
}


@stack_rule(
    name="token-size",
    severity=Severity.LOW,
    remedy="split the API, or grant by role so that no one holds all of its permissions.",
    tags=["tokens", "operations"],
    url="https://auth0.com/docs/get-started/apis/add-api-permissions",
    config={
        "maxBytes": {
            "type": "integer",
            "minimum": 1024,
            "default": 8192,
            "description": "The longest token that reaches the API, in bytes.",
        }
    },
)
def token_size(stack: Stack, config: Configuration) -> Iterator[tuple[View, str]]:
    """A token with all permissions of an API fits a header."""
    limit, owners = config.number("maxBytes"), stack.owners_of_scopes()
    for identifier, api in stack.apis().items():
        scopes = [scope for owner in owners.get(identifier, []) for scope in owner.declared]
        size = token_bytes(api, scopes)
        if size > limit:
            yield api, f"A token with its {len(scopes)} permissions takes {size} bytes, the limit is {limit}."


def token_bytes(api: ResourceServer, scopes: Sequence[str]) -> int:
    """Return the length of a user's signed token that holds all these scopes."""
    claims = {**CLAIMS, "aud": [api.identifier], "scope": " ".join(scopes)}
    if api.permissions_in_token:
        claims["permissions"] = list(scopes)
    encoded = sum(-(-len(json.dumps(part, separators=(",", ":"))) * 4 // 3) for part in (HEADER, claims))
    return encoded + SIGNATURE + len("..")
