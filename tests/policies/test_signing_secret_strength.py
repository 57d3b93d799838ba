from __future__ import annotations

from typing import Any

import pytest
from pulumi_policy import Secret

from auth0_api_policies import signing_secret_strength
from pulumi_auth0_apis.testing.policies import UNKNOWN, resource_server, violations

from .declared import Declared

STRONG = "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY-z_AbCdEfGhI"


@pytest.mark.parametrize(
    "inputs",
    [
        {},
        {"signing_alg": "HS256"},
        {"signing_secret": "short-but-not-used"},
        {"signing_alg": "HS256", "signing_secret": "[secret]"},
    ],
)
def test_what_auth0_generates_or_does_not_use_or_nobody_can_read_passes(
    declared: Declared, inputs: dict[str, Any]
) -> None:
    """A secret matters where the program sets it, the algorithm uses it, and an audit's file shows it."""
    assert violations(signing_secret_strength, declared(resource_server(**inputs))) == []


def test_a_long_random_secret_passes(declared: Declared) -> None:
    """A secret of 256 bits passes."""
    api = declared(resource_server(signing_alg="HS256", signing_secret=Secret(STRONG)))
    assert violations(signing_secret_strength, api) == []


@pytest.mark.parametrize(
    ("secret", "reason"),
    [("hunter2hunter2hunter2", "shorter than 43"), ("ab" * 30, "repeats few characters")],
)
def test_a_weak_secret_is_refused_and_not_shown(declared: Declared, secret: str, reason: str) -> None:
    """The message tells what is weak about the secret, and nothing of the secret."""
    api = declared(resource_server(signing_alg="HS256", signing_secret=Secret(secret)))
    (violation,) = violations(signing_secret_strength, api)
    assert reason in violation.message
    assert secret not in violation.message


def test_an_unknown_value_breaks_the_rule(declared: Declared) -> None:
    """What is not known in preview does not pass."""
    (violation,) = violations(
        signing_secret_strength, declared(resource_server(signing_alg="HS256", signing_secret=UNKNOWN))
    )
    assert declared.told("`signing_secret` is not known during preview") in violation.message
