from __future__ import annotations

from auth0_api_policies import browser_token_lifetime
from pulumi_auth0_apis.testing.policies import UNKNOWN, remediated, resource_server, violations

from .declared import Declared


def test_a_lifetime_within_the_limit_passes(declared: Declared) -> None:
    """A browser lifetime equal to the limit is within it."""
    api = declared(resource_server(token_lifetime_for_web=900))
    assert violations(browser_token_lifetime, api, maxSeconds=900) == []


def test_a_longer_lifetime_is_named_with_the_limit(declared: Declared) -> None:
    """The message holds the value and the limit."""
    api = declared(resource_server(token_lifetime_for_web=901))
    (violation,) = violations(browser_token_lifetime, api, maxSeconds=900)
    assert (
        declared.told("`token_lifetime_for_web` is 901 s (15 min 1 s), the limit is 900 s (15 min).")
        in violation.message
    )


def test_an_unknown_lifetime_breaks_the_rule(declared: Declared) -> None:
    """What is not known in preview does not pass."""
    (violation,) = violations(
        browser_token_lifetime, declared(resource_server(token_lifetime_for_web=UNKNOWN))
    )
    assert declared.told("`token_lifetime_for_web` is not known during preview") in violation.message


def test_remediation_caps_the_lifetime() -> None:
    """The rewritten lifetime is the limit; one that the program left out is added."""
    assert remediated(browser_token_lifetime, resource_server(), maxSeconds=900) == {
        "token_lifetime_for_web": 900
    }
