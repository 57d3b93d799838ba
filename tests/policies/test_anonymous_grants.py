from __future__ import annotations

from typing import Any

import pytest

from auth0_api_policies import anonymous_grants
from pulumi_auth0_apis.testing.policies import UNKNOWN, Resource, client_grant, violations

from .declared import Declared


def grant(**inputs: Any) -> Resource:
    """Return a grant for anonymous sessions."""
    return client_grant(
        **{"audience": "https://orders.example.com", "subject_type": "anonymous_user", **inputs}
    )


@pytest.mark.parametrize(
    "resource",
    [
        grant(scopes=["read:orders"]),
        grant(scopes=[]),
        client_grant(audience="https://orders.example.com", scopes=["delete:orders"]),
        client_grant(audience="https://orders.example.com", subject_type="user", allow_all_scopes=True),
    ],
)
def test_reading_and_other_subjects_pass(declared: Declared, resource: Resource) -> None:
    """The rule is for anonymous sessions, and reading is allowed unless configured otherwise."""
    assert violations(anonymous_grants, declared(resource)) == []


def test_other_scopes_are_named(declared: Declared) -> None:
    """The message names the scopes beyond those allowed, and these are configuration."""
    found = declared(grant(scopes=["read:orders", "create:orders"]))
    (violation,) = violations(anonymous_grants, found)
    assert declared.told("`scopes` has create:orders, allowed is read:*.") in violation.message
    assert violations(anonymous_grants, found, allowed=["read:*", "create:orders"]) == []


def test_all_scopes_are_refused(declared: Declared) -> None:
    """A blanket grant gives everybody what nobody has reviewed."""
    (violation,) = violations(anonymous_grants, declared(grant(allow_all_scopes=True)))
    assert (
        declared.told("`allow_all_scopes` is on: anybody gets every permission of the API")
        in violation.message
    )


def test_the_management_api_is_not_for_everybody(declared: Declared) -> None:
    """Even reading the tenant is refused."""
    found = declared(grant(audience="https://acme.eu.auth0.com/api/v2/", scopes=["read:users"]))
    (violation,) = violations(anonymous_grants, found)
    assert declared.told("`audience` is the Management API") in violation.message


@pytest.mark.parametrize("setting", ["subject_type", "audience", "scopes"])
def test_an_unknown_value_breaks_the_rule(declared: Declared, setting: str) -> None:
    """What is not known in preview does not pass."""
    (violation,) = violations(anonymous_grants, declared(grant(**{setting: UNKNOWN})))
    assert declared.told(f"`{setting}` is not known during preview") in violation.message
