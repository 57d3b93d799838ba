from __future__ import annotations

from typing import Any

import pytest

from auth0_api_policies import management_api_grants
from pulumi_auth0_apis.testing.policies import UNKNOWN, client_grant, violations

from .declared import Declared

MANAGEMENT = "https://acme.eu.auth0.com/api/v2/"


@pytest.mark.parametrize(
    "inputs",
    [
        {"audience": MANAGEMENT, "scopes": ["read:users"]},
        {"audience": "https://orders.example.com", "scopes": ["delete:everything"]},
    ],
)
def test_reading_and_other_apis_pass(declared: Declared, inputs: dict[str, Any]) -> None:
    """The rule is for the Management API, and reading is allowed unless configured otherwise."""
    assert violations(management_api_grants, declared(client_grant(**inputs))) == []


def test_scopes_that_change_the_tenant_are_named(declared: Declared) -> None:
    """The message names the scopes beyond those allowed."""
    grant = declared(client_grant(audience=MANAGEMENT, scopes=["read:users", "update:users", "delete:users"]))
    (violation,) = violations(management_api_grants, grant)
    assert declared.told("`scopes` has update:users, delete:users, allowed is read:*.") in violation.message


def test_all_scopes_are_refused(declared: Declared) -> None:
    """A blanket grant on the Management API is the tenant itself."""
    (violation,) = violations(
        management_api_grants, declared(client_grant(audience=MANAGEMENT, allow_all_scopes=True))
    )
    assert "the application controls the whole tenant" in violation.message


def test_an_unknown_value_breaks_the_rule(declared: Declared) -> None:
    """What is not known in preview does not pass."""
    (violation,) = violations(management_api_grants, declared(client_grant(audience=UNKNOWN)))
    assert declared.told("`audience` is not known during preview") in violation.message
