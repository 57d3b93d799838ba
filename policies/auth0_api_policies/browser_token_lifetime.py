"""Access tokens from the implicit and hybrid flows pass through the browser, where they leak most easily.

Auth0 gives them a lifetime of their own, `token_lifetime_for_web`, so that it can be shorter.
"""

from __future__ import annotations

from collections.abc import Iterator

from pulumi_policy import Severity

from auth0_api_policies.frame import Configuration, ResourceServer, resource_rule
from auth0_api_vocabulary import DEFAULTS, duration


def cap(api: ResourceServer, config: Configuration) -> dict[str, int]:
    """Lower the browser lifetime to the limit."""
    limit = config.number("maxSeconds")
    return {"token_lifetime_for_web": limit} if api.token_lifetime_for_web > limit else {}


@resource_rule(
    ResourceServer,
    name="browser-token-lifetime",
    severity=Severity.MEDIUM,
    remedy="lower `token_lifetime_for_web`; better, move the application to the code flow with PKCE.",
    tags=["tokens", "lifetime"],
    url="https://auth0.com/docs/secure/tokens/access-tokens/update-access-token-lifetime",
    config={
        "maxSeconds": {
            "type": "integer",
            "minimum": 1,
            "maximum": 2_592_000,
            "default": DEFAULTS["token_lifetime_for_web"],
            "description": "The longest lifetime of an access token from a browser flow, in seconds.",
        }
    },
    remediate=cap,
)
def browser_token_lifetime(api: ResourceServer, config: Configuration) -> Iterator[str]:
    """Access tokens issued to browsers expire within the allowed time."""
    limit = config.number("maxSeconds")
    if api.token_lifetime_for_web > limit:
        lifetime = duration(api.token_lifetime_for_web)
        yield f"`token_lifetime_for_web` is {lifetime}, the limit is {duration(limit)}."
