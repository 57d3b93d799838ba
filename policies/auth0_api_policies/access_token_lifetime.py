"""A stolen access token works until it expires: Auth0 does not revoke one.

Auth0's default is a day, its maximum 30 days. An hour is usual for an API that people use, minutes for
one that moves money.
"""

from __future__ import annotations

from collections.abc import Iterator

from pulumi_policy import Severity

from auth0_api_policies.frame import Configuration, ResourceServer, resource_rule
from auth0_api_vocabulary import DEFAULTS, duration


def cap(api: ResourceServer, config: Configuration) -> dict[str, int]:
    """Lower the lifetime to the limit, and the browser lifetime with it, which may not be longer."""
    limit = config.number("maxSeconds")
    if api.token_lifetime <= limit:
        return {}
    return {"token_lifetime": limit, "token_lifetime_for_web": min(api.token_lifetime_for_web, limit)}


@resource_rule(
    ResourceServer,
    name="access-token-lifetime",
    severity=Severity.HIGH,
    remedy="lower `token_lifetime`; applications that need longer sessions use refresh tokens.",
    tags=["tokens", "lifetime"],
    url="https://auth0.com/docs/secure/tokens/access-tokens/update-access-token-lifetime",
    config={
        "maxSeconds": {
            "type": "integer",
            "minimum": 1,
            "maximum": 2_592_000,
            "default": DEFAULTS["token_lifetime"],
            "description": "The longest lifetime of an access token, in seconds.",
        }
    },
    remediate=cap,
)
def access_token_lifetime(api: ResourceServer, config: Configuration) -> Iterator[str]:
    """Access tokens of an API expire within the allowed time."""
    limit = config.number("maxSeconds")
    if api.token_lifetime > limit:
        yield f"`token_lifetime` is {duration(api.token_lifetime)}, the limit is {duration(limit)}."
