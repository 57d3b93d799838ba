"""Property values keep their meaning in a checkpoint."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings

from pulumi_auth0_apis.engine.model.problems import EngineError, UnsupportedError
from pulumi_auth0_apis.engine.model.values import (
    SECRET,
    SIGNATURE,
    OutputValue,
    Properties,
    Secret,
    Unknown,
    contains,
    from_checkpoint,
    to_checkpoint,
    unwrapped,
)

from .property_values import PROPERTIES


def reverse(text: str) -> str:
    """A cipher good enough to see what was encrypted."""
    return text[::-1]


@settings(deadline=None)
@given(PROPERTIES)
def test_checkpoint_round_trip(properties: Properties) -> None:
    """Whatever a checkpoint holds comes back the same, through real JSON text."""
    written = json.loads(json.dumps(to_checkpoint(properties, reverse)))
    assert from_checkpoint(written, reverse) == properties


def test_secrets_in_a_checkpoint() -> None:
    """A secret is encrypted as a whole, as JSON; what is secret inside it is marked."""
    value = Secret({"a": Secret("x")})
    inner = json.dumps({"a": {SIGNATURE: SECRET, "ciphertext": '"x"'}}, separators=(",", ":"))
    assert to_checkpoint(value, reverse) == {SIGNATURE: SECRET, "ciphertext": inner[::-1]}
    assert to_checkpoint(value, None) == {SIGNATURE: SECRET, "plaintext": inner}


def test_an_unchanged_secret_keeps_its_ciphertext() -> None:
    """What was read is written as it was, not encrypted again."""
    written = {SIGNATURE: SECRET, "ciphertext": '"terces"'}
    secret = from_checkpoint(written, reverse)
    assert secret == Secret("secret")

    def refuse(_text: str) -> str:
        raise AssertionError("encrypted again")

    assert to_checkpoint(secret, refuse) == written


def test_a_secret_is_never_shown() -> None:
    """Not even in a traceback."""
    assert "hush" not in repr({"a": Secret("hush", "v1:hush")})


@pytest.mark.parametrize("value", [{SIGNATURE: "what"}, {SIGNATURE: SECRET}])
def test_malformed_values(value: Any) -> None:
    """A signature nobody knows, or a secret without a value, is named."""
    with pytest.raises(EngineError, match="A property value is malformed"):
        from_checkpoint({"a": value}, reverse)


def test_numbers_that_json_has_not() -> None:
    """An infinite number cannot be kept."""
    with pytest.raises(UnsupportedError, match="infinite"):
        to_checkpoint({"a": float("inf")}, reverse)


def test_looking_into_values() -> None:
    """Secrets and unknowns are found and unwrapped at any depth."""
    value = {"a": [Secret({"b": OutputValue(known=False)})]}
    assert contains(value, Secret)
    assert contains(value, Unknown)
    assert not contains({"a": ["b"]}, Secret)
    assert unwrapped(value) == {"a": [{"b": Unknown()}]}
