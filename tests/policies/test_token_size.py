from __future__ import annotations

from typing import Any

from auth0_api_policies import token_size
from pulumi_auth0_apis.testing.policies import UNKNOWN, Resource, resource_server, violations

from .declared import Declared


def api(permissions: int, **inputs: Any) -> Resource:
    """Return an API with so many permissions of 18 characters."""
    scopes = [{"value": f"read:resource-{number:04}"} for number in range(permissions)]
    return resource_server(identifier="https://orders.example.com", scopes=scopes, **inputs)


def test_a_token_that_fits_passes(declared: Declared) -> None:
    """A few dozen permissions are no problem."""
    assert violations(token_size, declared(api(50))) == []


def test_a_token_that_does_not_fit_is_measured(declared: Declared) -> None:
    """The message tells how long the token would be, and of how many permissions."""
    (violation,) = violations(token_size, declared(api(400)))
    assert "A token with its 400 permissions takes 10" in violation.message
    assert "the limit is 8192" in violation.message


def test_permissions_in_the_token_count_twice(declared: Declared) -> None:
    """With RBAC's permissions a scope is in the token two times."""
    assert violations(token_size, declared(api(200))) == []
    assert violations(
        token_size, declared(api(200, enforce_policies=True, token_dialect="access_token_authz"))
    )


def test_an_unknown_value_breaks_the_rule(declared: Declared) -> None:
    """What is not known in preview does not pass."""
    (violation,) = violations(token_size, declared(resource_server(identifier="x", scopes=UNKNOWN)))
    assert declared.told("`scopes` is not known during preview") in violation.message
