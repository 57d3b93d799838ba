from __future__ import annotations

from auth0_api_policies import access_token_lifetime
from pulumi_auth0_apis.testing.policies import UNKNOWN, remediated, resource_server, violations

from .declared import Declared


def test_a_lifetime_within_the_limit_passes(declared: Declared) -> None:
    """A lifetime equal to the limit is within it."""
    api = declared(resource_server(token_lifetime=3600))
    assert violations(access_token_lifetime, api, maxSeconds=3600) == []


def test_a_longer_lifetime_is_named_with_the_limit_and_the_way_out(declared: Declared) -> None:
    """The message holds the value, the limit and what to change."""
    api = declared(resource_server(token_lifetime=86_400))
    (violation,) = violations(access_token_lifetime, api, maxSeconds=3600)
    assert declared.told("`token_lifetime` is 86400 s (1 d), the limit is 3600 s (1 h).") in violation.message
    assert declared.told("Fix: lower `token_lifetime`") in violation.message


def test_an_unset_lifetime_is_auth0s_default(declared: Declared) -> None:
    """A program that leaves the lifetime out gets a day, which the rule judges."""
    assert violations(access_token_lifetime, declared(resource_server()), maxSeconds=86_399)
    assert not violations(access_token_lifetime, declared(resource_server()), maxSeconds=86_400)


def test_an_unknown_lifetime_breaks_the_rule(declared: Declared) -> None:
    """What is not known in preview does not pass."""
    (violation,) = violations(access_token_lifetime, declared(resource_server(token_lifetime=UNKNOWN)))
    assert declared.told("`token_lifetime` is not known during preview") in violation.message
    assert violation.level == "MANDATORY"


def test_remediation_caps_the_browser_lifetime_too() -> None:
    """The browser lifetime may not be longer than the lifetime, so a cap lowers both."""
    props = remediated(access_token_lifetime, resource_server(token_lifetime=86_400), maxSeconds=3600)
    assert props == {"token_lifetime": 3600, "token_lifetime_for_web": 3600}


def test_remediation_speaks_the_resources_own_names(declared: Declared) -> None:
    """A rewritten property is the one that the program set, in either family."""
    api = declared(resource_server(token_lifetime=86_400, token_lifetime_for_web=60))
    props = remediated(access_token_lifetime, api, maxSeconds=3600)
    assert props is not None
    assert sorted(props) == sorted(api.props)


def test_remediation_leaves_a_good_lifetime_alone(declared: Declared) -> None:
    """Where nothing is wrong nothing changes."""
    assert remediated(access_token_lifetime, declared(resource_server(token_lifetime=60))) is None
