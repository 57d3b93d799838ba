from __future__ import annotations

from typing import Any

import pytest

from auth0_api_policies import anonymous_token_lifetime
from pulumi_auth0_apis.testing.policies import UNKNOWN, resource_server, violations

from .declared import Declared

LIFETIME = "token_lifetime_for_anonymous_access_tokens"


def access(policy: Any) -> dict[str, Any]:
    """Return the setting for the tokens of anonymous sessions."""
    return {"subject_type_authorization": {"anonymous_user": {"policy": policy}}}


@pytest.mark.parametrize(
    "inputs",
    [{}, access("deny_all"), {LIFETIME: 86_400}, {LIFETIME: 86_400, **access("require_client_grant")}],
)
def test_a_day_passes_and_so_does_no_anonymous_access(declared: Declared, inputs: dict[str, Any]) -> None:
    """The shortest lifetime that Auth0 takes is allowed, and none is needed where nobody gets a token."""
    assert violations(anonymous_token_lifetime, declared(resource_server(**inputs))) == []


def test_a_longer_lifetime_is_named_with_the_limit(declared: Declared) -> None:
    """The message holds the value and the limit, and the limit is configuration."""
    api = declared(resource_server(token_lifetime_for_anonymous_access_tokens=172_800))
    (violation,) = violations(anonymous_token_lifetime, api)
    assert declared.told(f"`{LIFETIME}` is 172800 s (2 d), the limit is 86400 s (1 d).") in violation.message
    assert violations(anonymous_token_lifetime, api, maxSeconds=172_800) == []


def test_an_unset_lifetime_is_refused_where_anonymous_sessions_come_in(declared: Declared) -> None:
    """Nobody knows what Auth0 uses then."""
    api = declared(resource_server(**access("require_client_grant")))
    (violation,) = violations(anonymous_token_lifetime, api)
    assert declared.told(f"`{LIFETIME}` is not set, the limit is 86400 s (1 d).") in violation.message


@pytest.mark.parametrize("inputs", [{LIFETIME: UNKNOWN}, access(UNKNOWN)])
def test_an_unknown_value_breaks_the_rule(declared: Declared, inputs: dict[str, Any]) -> None:
    """What is not known in preview does not pass."""
    (violation,) = violations(anonymous_token_lifetime, declared(resource_server(**inputs)))
    assert declared.told(f"`{next(iter(inputs))}` is not known during preview") in violation.message
