"""An anonymous session's token works for whoever holds it: nobody has logged in whom Auth0 could lock out.

Auth0 takes lifetimes of a day to 30 days and does not say what it uses where none is set, so an API that lets
anonymous sessions in has to set one.
"""

from __future__ import annotations

from collections.abc import Iterator

from pulumi_policy import Severity

from auth0_api_policies.frame import Configuration, ResourceServer, resource_rule
from auth0_api_vocabulary import duration

DAY = 86_400


@resource_rule(
    ResourceServer,
    name="anonymous-token-lifetime",
    severity=Severity.MEDIUM,
    remedy="set `token_lifetime_for_anonymous_access_tokens` within the limit; sessions get new tokens.",
    tags=["tokens", "lifetime", "anonymous"],
    url="https://auth0.com/docs/manage-users/sessions/anonymous-sessions/configure-anonymous-sessions",
    config={
        "maxSeconds": {
            "type": "integer",
            "minimum": DAY,
            "maximum": 2_592_000,
            "default": DAY,
            "description": "The longest lifetime of an anonymous session's access token, in seconds.",
        }
    },
)
def anonymous_token_lifetime(api: ResourceServer, config: Configuration) -> Iterator[str]:
    """Access tokens of anonymous sessions expire within the allowed time."""
    limit = config.number("maxSeconds")
    lifetime = api.token_lifetime_for_anonymous_access_tokens
    if lifetime is None and api.subject_type_authorization.anonymous_user != "deny_all":
        yield f"`token_lifetime_for_anonymous_access_tokens` is not set, the limit is {duration(limit)}."
    elif lifetime is not None and lifetime > limit:
        told = duration(lifetime)
        yield f"`token_lifetime_for_anonymous_access_tokens` is {told}, the limit is {duration(limit)}."
