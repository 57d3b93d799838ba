from __future__ import annotations

from auth0_api_policies import offline_access
from pulumi_auth0_apis.testing.policies import UNKNOWN, resource_server, violations

from .declared import Declared


def test_an_api_without_refresh_tokens_passes(declared: Declared) -> None:
    """Auth0's default is off."""
    assert violations(offline_access, declared(resource_server())) == []


def test_refresh_tokens_are_refused(declared: Declared) -> None:
    """The message names the switch."""
    (violation,) = violations(offline_access, declared(resource_server(allow_offline_access=True)))
    assert declared.told("`allow_offline_access` is on") in violation.message


def test_an_unknown_value_breaks_the_rule(declared: Declared) -> None:
    """What is not known in preview does not pass."""
    (violation,) = violations(offline_access, declared(resource_server(allow_offline_access=UNKNOWN)))
    assert declared.told("`allow_offline_access` is not known during preview") in violation.message
