from __future__ import annotations

from typing import Any

import pytest

from auth0_api_policies import permissions_in_token
from pulumi_auth0_apis.testing.policies import UNKNOWN, resource_server, violations

from .declared import Declared


@pytest.mark.parametrize(
    "inputs",
    [{}, {"enforce_policies": True, "token_dialect": "access_token_authz"}, {"enforce_policies": False}],
)
def test_permissions_in_the_token_or_no_rbac_passes(declared: Declared, inputs: dict[str, Any]) -> None:
    """The rule is for APIs with RBAC."""
    assert violations(permissions_in_token, declared(resource_server(**inputs))) == []


def test_rbac_without_permissions_in_the_token_is_refused(declared: Declared) -> None:
    """Auth0's default profile carries scopes alone."""
    (violation,) = violations(permissions_in_token, declared(resource_server(enforce_policies=True)))
    assert (
        declared.told("`token_dialect` is access_token, whose tokens carry scopes alone.")
        in violation.message
    )


def test_an_unknown_value_breaks_the_rule(declared: Declared) -> None:
    """What is not known in preview does not pass."""
    (violation,) = violations(
        permissions_in_token, declared(resource_server(enforce_policies=True, token_dialect=UNKNOWN))
    )
    assert declared.told("`token_dialect` is not known during preview") in violation.message
