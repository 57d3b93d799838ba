"""The errors that users read."""

from __future__ import annotations

import re
import traceback

import pytest

from pulumi_auth0_apis import errors
from pulumi_auth0_apis.errors import (
    Auth0ApisError,
    ForbiddenError,
    ManagementError,
    ServerError,
    SettingsError,
    UnexpectedAnswerError,
    WrongTenantError,
    abridged,
)

CLASSES = [
    error for error in vars(errors).values() if isinstance(error, type) and issubclass(error, Exception)
]


def refusal(kind: type[ManagementError], reason: str = "", method: str = "GET") -> ManagementError:
    return kind("message", status=400, method=method, path="/api/v2/x", error_code="code", reason=reason)


@pytest.mark.parametrize("error", CLASSES, ids=lambda error: error.__name__)
def test_the_docstring_draws_the_whole_tree(error: type[Exception]) -> None:
    """No class of errors is missing in the tree at the top of the module."""
    assert f" {error.__name__} " in f"{errors.__doc__} ".replace("\n", " ")


@pytest.mark.parametrize("error", CLASSES, ids=lambda error: error.__name__)
def test_python_shows_an_error_by_its_bare_name(error: type[Exception]) -> None:
    """The SDK formats exceptions as Python does; users read a class name, not a dotted path."""
    shown = traceback.format_exception_only(error, error.__new__(error))
    assert shown[0].startswith(error.__name__)


def test_every_refusal_says_what_to_do() -> None:
    """Each class of refusals has a next step of its own."""
    refusals = [error for error in CLASSES if issubclass(error, ManagementError)]
    assert len({error.usual_step for error in refusals}) == len(refusals)


def test_a_restated_refusal_keeps_its_facts() -> None:
    """Other words change neither the class nor what a program may look at."""
    restated = refusal(ForbiddenError, reason="why").restated("Other words.", "Do this.")
    assert isinstance(restated, ForbiddenError)
    assert (restated.problem, restated.next_step) == ("Other words.", "Do this.")
    assert (str(restated), restated.status, restated.reason) == ("Other words. Do this.", 400, "why")
    assert (restated.error_code, restated.method, restated.path) == ("code", "GET", "/api/v2/x")


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH", "DELETE"])
@pytest.mark.parametrize("kind", [error for error in CLASSES if issubclass(error, ManagementError)])
def test_a_write_of_unknown_outcome_is_ambiguous(kind: type[ManagementError], method: str) -> None:
    """A write may have been carried out after a 5xx or an answer nobody documents; no other refusal leaves
    that open, and a read changes nothing."""
    leaves_open = kind in (ServerError, UnexpectedAnswerError)
    assert refusal(kind, method=method).ambiguous is (leaves_open and method != "GET")
    assert refusal(kind, method=method).restated("other words").ambiguous is (leaves_open and method != "GET")


def test_what_is_no_answer_of_the_tenant_is_not_ambiguous() -> None:
    """Every error of ours says whether a write may have been carried out, and most know that it was not."""
    assert not Auth0ApisError("…").ambiguous
    assert not SettingsError("The API", []).ambiguous


@pytest.mark.parametrize(
    ("reason", "scopes"),
    [
        ("Insufficient scope, expected any of: read:clients", ("read:clients",)),
        ("Insufficient scope, expected any of: read:a,read:b", ("read:a", "read:b")),
        ("This feature is not enabled", ()),
    ],
)
def test_a_forbidden_request_names_the_scopes_it_lacks(reason: str, scopes: tuple[str, ...]) -> None:
    """The scopes are those of Auth0's sentence (recorded); there are none where scopes are not the cause."""
    error = refusal(ForbiddenError, reason)
    assert isinstance(error, ForbiddenError)
    assert error.missing_scopes == scopes


def test_settings_errors_list_every_failure() -> None:
    """One message has all that is wrong, each with its property path."""
    error = SettingsError("The API orders", [("token_lifetime", "is 0"), ("", "is odd")])
    assert str(error) == "The API orders is not valid: token_lifetime: is 0; is odd."
    assert error.failures == (("token_lifetime", "is 0"), ("", "is odd"))


def test_the_wrong_tenant_is_named_beside_the_right_one() -> None:
    """The guard's message has both domains, and says that nothing has happened."""
    error = WrongTenantError("The API orders", recorded="a.auth0.com", configured="b.auth0.com")
    assert isinstance(error, Auth0ApisError)
    assert "a.auth0.com" in str(error)
    assert "b.auth0.com" in str(error)
    assert "Nothing was called" in str(error)


def test_a_sandbox_that_came_back_elsewhere_says_how_to_go_on() -> None:
    """A sandbox at another port is told how to be what it was, or how to begin anew."""
    error = WrongTenantError("The API o", recorded="127.0.0.1:1", configured="127.0.0.1:2", of_sandboxes=True)
    assert "--port" in error.next_step
    assert "auth0-apis stack rm" in error.next_step
    assert "auth0:domain" not in error.next_step


LONG = ["a" * 100_000, "é" * 100_000, "\U0001f600" * 100_000, "\ud800" * 100_000]


@pytest.mark.parametrize("text", LONG, ids=ascii)
def test_a_long_message_is_cut_in_its_middle(text: str) -> None:
    """What an error says begins and ends as it was said, and fits the 16 KB of gRPC's metadata, where a byte
    that is not ASCII takes three."""
    said = str(Auth0ApisError(f"Could not do it: {text} Run again."))
    assert said.startswith("Could not do it: ")
    assert said.endswith(" Run again.")
    assert re.search(r" \[… [\d,]+ bytes left out …\] ", said)
    assert len(said.encode()) <= 4096


def test_a_message_of_usual_length_stays_as_it_is() -> None:
    """Nothing is cut that fits."""
    assert str(Auth0ApisError("ü" * 2048)) == "ü" * 2048


def test_a_message_can_always_be_sent() -> None:
    """Half of a surrogate pair, which no UTF-8 text holds, is told by its escape."""
    assert str(Auth0ApisError("\ud800")) == r"\ud800"


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a, b"),
        (["a" * 900, "b" * 900, "c" * 900], f"{'a' * 900}, {'b' * 900} and 1 more"),
        (["a" * 9_000] + ["b"] * 4_320, f"{'a' * 9_000} and 4,320 more"),
    ],
)
def test_a_long_list_is_cut_with_a_count(items: list[str], said: str) -> None:
    """The items that do not fit are counted."""
    assert abridged(items) == said


def test_failures_beyond_a_page_are_counted() -> None:
    """An error of four hundred settings names the first ones, and has all of them for programs."""
    failures = [
        (f"scopes[{n}].value", "should be at least one character, and no white space") for n in range(420)
    ]
    error = SettingsError("The API orders", failures)
    assert re.fullmatch(
        r"The API orders is not valid: scopes\[0\].value: should .* and 3\d\d more\.", str(error)
    )
    assert error.failures == tuple(failures)
