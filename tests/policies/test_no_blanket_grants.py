from __future__ import annotations

from typing import Any

import pytest

from auth0_api_policies import no_blanket_grants
from pulumi_auth0_apis.testing.policies import UNKNOWN, client_grant, violations

from .declared import Declared


def test_named_scopes_pass(declared: Declared) -> None:
    """A grant of named scopes to a named application passes."""
    assert (
        violations(no_blanket_grants, declared(client_grant(client_id="billing", scopes=["read:orders"])))
        == []
    )


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        ({"audience": "https://a", "allow_all_scopes": True}, "it covers every scope of the API"),
        ({"default_for": "third_party_clients"}, "`default_for` is third_party_clients"),
    ],
)
def test_a_grant_of_everything_or_to_anyone_is_refused(
    declared: Declared, inputs: dict[str, Any], message: str
) -> None:
    """All scopes, or all third-party applications, is more than anyone reviewed."""
    (violation,) = violations(no_blanket_grants, declared(client_grant(**inputs)))
    assert declared.told(message) in violation.message


def test_an_unknown_value_breaks_the_rule(declared: Declared) -> None:
    """What is not known in preview does not pass."""
    (violation,) = violations(no_blanket_grants, declared(client_grant(allow_all_scopes=UNKNOWN)))
    assert declared.told("`allow_all_scopes` is not known during preview") in violation.message
