from __future__ import annotations

from typing import Any

import pytest

from auth0_api_policies import token_encryption
from pulumi_auth0_apis.testing.policies import UNKNOWN, resource_server, violations

from .declared import Declared

ENCRYPTION = {
    "format": "compact-nested-jwe",
    "encryption_key": {"alg": "RSA-OAEP-256", "pem": "a-public-key"},
}


def test_encrypted_tokens_pass(declared: Declared) -> None:
    """An API with an encryption key passes."""
    assert violations(token_encryption, declared(resource_server(token_encryption=ENCRYPTION))) == []


@pytest.mark.parametrize("inputs", [{}, {"token_encryption": {"disable": True}}])
def test_readable_tokens_are_refused(declared: Declared, inputs: dict[str, Any]) -> None:
    """Encryption is off where the program leaves it out, or disables it as pulumi-auth0 does."""
    (violation,) = violations(token_encryption, declared(resource_server(**inputs)))
    assert declared.told("`token_encryption` is off") in violation.message


def test_the_rule_is_for_the_named_apis(declared: Declared) -> None:
    """`only` limits a rule to some resources."""
    assert violations(token_encryption, declared(resource_server("orders")), only=["*::payments"]) == []
    assert violations(token_encryption, declared(resource_server("payments")), only=["*::payments"])


def test_an_unknown_value_breaks_the_rule(declared: Declared) -> None:
    """What is not known in preview does not pass."""
    (violation,) = violations(token_encryption, declared(resource_server(token_encryption=UNKNOWN)))
    assert declared.told("`token_encryption` is not known during preview") in violation.message
