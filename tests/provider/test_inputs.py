"""Inputs in the one form in which they are compared, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import Any, Literal, NotRequired, TypedDict, Union

import pulumi
import pytest
from pulumi.output import UNKNOWN

from pulumi_auth0_apis._inputs import (
    Setting,
    canonical,
    duplicates,
    is_unknown,
    known,
    model,
    shape_failures,
)
from pulumi_auth0_apis._texts import MEANT

SOURCE = "https://auth0.com/docs/api/management/v2"


class Key(TypedDict):
    kid: str
    alg: NotRequired[pulumi.Input[Literal["RSA", "EC"]]]
    tags: NotRequired[Sequence[pulumi.Input[str]]]


class Encryption(TypedDict):
    key: pulumi.Input[Key]


def setting(name: str, type_: Any, **more: Any) -> Setting:
    return Setting(name, type_, description="X.", **more)


SETTINGS = (
    setting("name", str, required=True, at_least=2, at_most=4),
    setting("seconds", int, at_least=1, at_most=5),
    setting("scopes", list[Key], unordered=True, at_most=2),
    setting("order", list[str]),
    setting("encryption", Encryption),
    setting("either", Union[Awaitable[str], pulumi.Output[str], str]),  # noqa: UP007
)


def failures(**inputs: Any) -> list[tuple[str, str]]:
    return shape_failures(SETTINGS, {"name": "abc", **inputs})


@pytest.mark.parametrize(
    ("given", "compared"),
    [
        ({"seconds": 3.0}, {"seconds": 3}),
        ({"seconds": 3.5}, {"seconds": 3.5}),
        (
            {"name": None, "encryption": {"key": {"kid": "a", "alg": None}}},
            {"encryption": {"key": {"kid": "a"}}},
        ),
        ({"order": ("b", 1.0, "a")}, {"order": ["b", 1, "a"]}),
        ({"scopes": [{"value": "b"}, {"value": "a"}]}, {"scopes": [{"value": "a"}, {"value": "b"}]}),
        (
            {"scopes": [{"description": "B", "value": "b"}, {"value": "a"}]},
            {"scopes": [{"value": "a"}, {"description": "B", "value": "b"}]},
        ),
        ({"scopes": ["b", "a"]}, {"scopes": ["a", "b"]}),
        ({"scopes": [10, 9]}, {"scopes": [10, 9]}),
        ({"scopes": "b"}, {"scopes": "b"}),
        ({"scopes": ["b", UNKNOWN, "a"]}, {"scopes": ["b", UNKNOWN, "a"]}),
    ],
)
def test_inputs_are_compared_in_one_form(given: dict[str, Any], compared: dict[str, Any]) -> None:
    """Whole numbers, no nulls, lists as lists; and sorted by text where order means nothing."""
    result = canonical(SETTINGS, given)
    assert result == compared
    assert [type(each) for each in result.values()] == [type(each) for each in compared.values()]


@pytest.mark.parametrize(
    ("names", "is_known"),
    [
        (["plain"], True),
        (["plain", "list"], True),
        (["plain", "absent"], False),
        (["plain", "unknown"], False),
        (["within", "plain"], False),
        ([], True),
    ],
)
def test_what_a_rule_may_compare(names: list[str], is_known: bool) -> None:
    """All of it is given, and nothing of it unknown, however deep."""
    inputs = {"plain": 1, "list": ["a"], "unknown": UNKNOWN, "within": [{"value": UNKNOWN}]}
    assert known(inputs, *names) is is_known


def test_what_is_right_passes() -> None:
    """Every setting at both its ends, and nested objects with and without their optional keys."""
    keys = [{"kid": "a"}, {"kid": "a", "alg": "EC", "tags": ["x"]}]
    assert failures(name="ab", seconds=1, scopes=keys, order=[], either="a") == []
    assert failures(name="abcd", seconds=5, encryption={"key": keys[1]}) == []


@pytest.mark.parametrize(
    ("inputs", "failure"),
    [
        ({"name": "a"}, ("name", f"should have at least 2 characters (2 … 4; {SOURCE})")),
        ({"name": "abcde"}, ("name", f"should have at most 4 characters (2 … 4; {SOURCE})")),
        ({"seconds": 0}, ("seconds", f"should be greater than or equal to 1 (1 … 5; {SOURCE})")),
        ({"seconds": 6}, ("seconds", f"should be less than or equal to 5 (1 … 5; {SOURCE})")),
        ({"seconds": "3"}, ("seconds", f"should be a valid integer (1 … 5; {SOURCE})")),
        (
            {"scopes": [{"kid": "a"}] * 3},
            ("scopes", f"should have at most 2 items after validation, not 3 (at most 2; {SOURCE})"),
        ),
        ({"order": "a"}, ("order", "should be a valid list")),
        ({"order": ["a", 1]}, ("order[1]", "should be a valid string")),
        ({"scopes": [{"alg": "EC"}]}, ("scopes[0].kid", "is required")),
        ({"scopes": [{"kid": "a", "kidd": "b"}]}, ("scopes[0].kidd", "there is no such setting")),
        ({"scopes": [{"kid": "a", "nam": "b"}]}, ("scopes[0].nam", "there is no such setting")),
        ({"scopes": [{"kid": "a", "alg": "X"}]}, ("scopes[0].alg", "should be 'RSA' or 'EC'")),
        ({"scopes": [{"kid": "a", "tags": [1]}]}, ("scopes[0].tags[0]", "should be a valid string")),
        ({"encryption": {"key": {"kid": 1}}}, ("encryption.key.kid", "should be a valid string")),
        ({"encryption": {}}, ("encryption.key", "is required")),
        ({"either": 1}, ("either", "should be a valid string")),
        ({"nam": "a"}, ("nam", "there is no such setting; did you mean name?")),
        ({"x": "a"}, ("x", "there is no such setting")),
    ],
)
def test_what_is_wrong_is_told(inputs: dict[str, Any], failure: tuple[str, str]) -> None:
    """Where, why, and at the top the limits with their source; a name that is near only there."""
    assert failures(**inputs) == [failure]


def test_a_path_fails_once() -> None:
    """A text that has no value is told as that, and not as one that is too long."""
    assert failures(name="Calling __str__ on an Output[T] is not supported.", seconds=9) == [
        ("name", MEANT),
        ("seconds", f"should be less than or equal to 5 (1 … 5; {SOURCE})"),
    ]


@pytest.mark.parametrize(
    "inputs",
    [
        {"name": UNKNOWN},
        {"seconds": UNKNOWN},
        {"order": ["a", UNKNOWN]},
        {"scopes": UNKNOWN},
        {"scopes": [UNKNOWN, {"kid": UNKNOWN, "tags": [UNKNOWN]}]},
        {"encryption": {"key": UNKNOWN}},
        {"either": UNKNOWN},
    ],
)
def test_what_a_preview_cannot_know_is_not_wrong(inputs: dict[str, Any]) -> None:
    """It passes at the top and within."""
    assert failures(**inputs) == []


def test_a_model_is_made_once() -> None:
    """Every operation of a process checks with the same one."""
    assert model(SETTINGS) is model(SETTINGS)


def test_what_stands_twice_is_found_where_it_stands_again() -> None:
    """Unknown items are no copies of each other, and end nothing."""
    assert list(duplicates(["a", UNKNOWN, "b", UNKNOWN, "a", "a"])) == [(4, "a"), (5, "a")]
    assert is_unknown(UNKNOWN)
    assert not is_unknown("a")
