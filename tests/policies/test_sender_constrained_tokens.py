from __future__ import annotations

from typing import Any

import pytest

from auth0_api_policies import sender_constrained_tokens
from pulumi_auth0_apis.testing.policies import UNKNOWN, resource_server, violations

from .declared import Declared


def test_a_required_proof_passes(declared: Declared) -> None:
    """DPoP and mTLS both bind a token."""
    api = declared(resource_server(proof_of_possession={"mechanism": "dpop", "required": True}))
    assert violations(sender_constrained_tokens, api) == []


@pytest.mark.parametrize("inputs", [{}, {"proof_of_possession": {"mechanism": "mtls", "required": False}}])
def test_bearer_tokens_are_refused(declared: Declared, inputs: dict[str, Any]) -> None:
    """A proof that is not required binds nothing."""
    (violation,) = violations(sender_constrained_tokens, declared(resource_server(**inputs)))
    assert declared.told("`proof_of_possession` is not required") in violation.message


def test_another_mechanism_is_refused(declared: Declared) -> None:
    """A stack may insist on one mechanism."""
    api = declared(resource_server(proof_of_possession={"mechanism": "dpop", "required": True}))
    (violation,) = violations(sender_constrained_tokens, api, mechanisms=["mtls"])
    assert declared.told("`proof_of_possession` uses dpop, allowed is mtls.") in violation.message


def test_an_unknown_value_breaks_the_rule(declared: Declared) -> None:
    """What is not known in preview does not pass."""
    (violation,) = violations(
        sender_constrained_tokens,
        declared(resource_server(proof_of_possession={"mechanism": "dpop", "required": UNKNOWN})),
    )
    assert declared.told("`proof_of_possession` is not known during preview") in violation.message
