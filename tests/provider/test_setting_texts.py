"""What the table says of a setting to people: its limits, and what is wrong with a value, in whole."""

from __future__ import annotations

from typing import Any, Literal

import pytest

from pulumi_auth0_apis._api_settings import SETTINGS
from pulumi_auth0_apis._inputs import Setting, shape_failures


def setting(type_: Any, **more: Any) -> Setting:
    return Setting("x", type_, description="X.", **more)


@pytest.mark.parametrize(
    ("of", "limit"),
    [
        (setting(str), ""),
        (setting(Literal["a", "b"]), "`a`, `b`"),
        (setting(int, at_least=1), "at least 1"),
        (setting(int, at_most=2_000, unit="s"), "at most 2,000 s"),
        (setting(int, at_least=1, at_most=2_000, unit="s", note="whole"), "1 … 2,000 s; whole"),
    ],
)
def test_limits(of: Setting, limit: str) -> None:
    """Choices, range with unit, and note."""
    assert of.limit == limit


@pytest.mark.parametrize(
    ("inputs", "failure"),
    [
        ({}, ("identifier", "is required")),
        (
            {"identifier": "a", "token_lifetme": 1},
            ("token_lifetme", "there is no such setting; did you mean token_lifetime?"),
        ),
        ({"identifier": "a", "zzz": 1}, ("zzz", "there is no such setting")),
        (
            {"identifier": "a", "scopes": [{"value": "b", "descripton": "c"}]},
            ("scopes[0].descripton", "there is no such setting"),
        ),
        ({"identifier": "a", "scopes": [{}]}, ("scopes[0].value", "is required")),
        (
            {"identifier": "a", "token_lifetime": 0},
            (
                "token_lifetime",
                "should be greater than or equal to 1 (1 … 2,592,000 s; "
                "https://auth0.com/docs/get-started/apis/api-settings)",
            ),
        ),
        (
            {"identifier": "a", "proof_of_possession": {"mechanism": "mtls", "required": "x"}},
            ("proof_of_possession.required", "should be a valid boolean"),
        ),
    ],
)
def test_failures(inputs: dict[str, Any], failure: tuple[str, str]) -> None:
    """The path of the property, why it cannot stand, its limits and where they are from."""
    assert shape_failures(SETTINGS, inputs) == [failure]
