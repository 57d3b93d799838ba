"""Names that a person would choose."""

from __future__ import annotations

import keyword

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulumi_auth0_apis.importing.naming import UniqueNames, api_names, shown, variable

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A machine with other work to do is no failure."""


@pytest.mark.parametrize(
    ("identifier", "name"),
    [
        ("https://orders.example.com", "orders"),
        ("https://orders.example.com/v1", "orders-v1"),
        ("https://api.example.com/orders", "orders"),
        ("https://example.com", "example"),
        ("http://localhost:3010/api", "localhost"),
        ("urn:auth0:express", "auth0-express"),
        ("my-api", "my-api"),
        ("Café", "cafe"),
        ("https://[not-a-host", "not-a-host"),
        ("…", "api"),
        (f"https://x.example.com/{'a' * 400}", f"x-{'a' * 78}"),
    ],
)
def test_an_api_is_named_by_what_its_identifier_says(identifier: str, name: str) -> None:
    """The scheme, the domain and words such as `api` say nothing, so they are left out."""
    assert api_names([identifier]) == {identifier: name}


def test_two_apis_with_the_same_short_name_get_their_long_ones() -> None:
    """A name that two APIs have a claim to goes to neither."""
    names = api_names(
        ["https://orders.example.com", "https://orders.example.org", "https://users.example.com"]
    )
    assert sorted(names.values()) == ["orders-example-com", "orders-example-org", "users"]


@unhurried
@given(st.lists(st.text(), unique=True))
def test_names_of_apis_are_unique(identifiers: list[str]) -> None:
    """Whatever the identifiers, no two APIs share a name, and no name holds a slash."""
    names = list(api_names(identifiers).values())
    assert len(set(names)) == len(identifiers)
    assert not any("/" in name for name in names)


def test_a_name_is_handed_out_once() -> None:
    """The second to ask gets a number, and never one that somebody else has."""
    names = UniqueNames(["orders", "orders-2"])
    assert [names.take("orders"), names.take("orders"), names.take("users")] == [
        "orders-3",
        "orders-4",
        "users",
    ]


@unhurried
@given(st.text())
def test_a_variable_is_a_python_name_and_shadows_nothing(name: str) -> None:
    """A variable is an identifier, and neither a keyword nor a built-in."""
    word = variable(name)
    assert word.isidentifier() and not keyword.iskeyword(word) and word not in dir(__builtins__)


def test_a_name_in_a_comment_stays_in_the_comment() -> None:
    """A line break in an application's name ends no comment."""
    assert shown("Billing\nimport os\u2028x\x00") == "Billing import os x"
