from __future__ import annotations

from typing import Any

import pytest

from auth0_api_policies import signing_algorithm
from pulumi_auth0_apis.testing.policies import UNKNOWN, resource_server, violations

from .declared import Declared


@pytest.mark.parametrize("inputs", [{}, *({"signing_alg": alg} for alg in ("RS256", "PS256", "RS512"))])
def test_asymmetric_algorithms_pass(declared: Declared, inputs: dict[str, Any]) -> None:
    """RS256, which is Auth0's default, PS256 and RS512 are allowed."""
    assert violations(signing_algorithm, declared(resource_server(**inputs))) == []


def test_a_shared_secret_is_refused(declared: Declared) -> None:
    """HS256 is named together with what is allowed."""
    (violation,) = violations(signing_algorithm, declared(resource_server(signing_alg="HS256")))
    assert declared.told("`signing_alg` is HS256, allowed is RS256 or PS256 or RS512.") in violation.message


def test_a_stack_may_allow_it(declared: Declared) -> None:
    """What is allowed is configuration."""
    api = declared(resource_server(signing_alg="HS256"))
    assert violations(signing_algorithm, api, allowed=["HS256"]) == []


def test_an_unknown_algorithm_breaks_the_rule(declared: Declared) -> None:
    """What is not known in preview does not pass."""
    (violation,) = violations(signing_algorithm, declared(resource_server(signing_alg=UNKNOWN)))
    assert declared.told("`signing_alg` is not known during preview") in violation.message
