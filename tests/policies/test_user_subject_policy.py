from __future__ import annotations

from typing import Any

import pytest

from auth0_api_policies import user_subject_policy
from pulumi_auth0_apis.testing.policies import UNKNOWN, resource_server, violations

from .declared import Declared


def policy(value: str) -> dict[str, Any]:
    """Return the setting for users' tokens."""
    return {"subject_type_authorization": {"user": {"policy": value}}}


@pytest.mark.parametrize("value", ["require_client_grant", "deny_all"])
def test_applications_that_need_a_grant_pass(declared: Declared, value: str) -> None:
    """Only applications with a grant, or none at all, may ask for users' tokens."""
    assert violations(user_subject_policy, declared(resource_server(**policy(value)))) == []


@pytest.mark.parametrize("inputs", [{}, policy("allow_all"), {"subject_type_authorization": {"client": {}}}])
def test_every_application_is_refused(declared: Declared, inputs: dict[str, Any]) -> None:
    """Auth0's default lets every application ask."""
    (violation,) = violations(user_subject_policy, declared(resource_server(**inputs)))
    assert declared.told("`subject_type_authorization.user.policy` is allow_all") in violation.message


def test_an_unknown_value_breaks_the_rule(declared: Declared) -> None:
    """What is not known in preview does not pass."""
    (violation,) = violations(user_subject_policy, declared(resource_server(**policy(UNKNOWN))))
    assert declared.told("`subject_type_authorization` is not known during preview") in violation.message
