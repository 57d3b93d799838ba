"""Requests whose answer never came: no object is made twice, and none is taken for another."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_auth0_apis._adoption import create_or_find, duplicate
from pulumi_auth0_apis.errors import ConflictError, ConnectionFailedError
from pulumi_auth0_apis.resources.resource_server import PROVIDER

FOUND = {"id": "there"}


def lost(ambiguous: bool) -> ConnectionFailedError:
    return ConnectionFailedError("no answer", method="POST", path="/x", ambiguous=ambiguous)


def conflict() -> ConflictError:
    return ConflictError("is there", status=409, method="POST", path="/x")


def failing(error: Exception) -> Any:
    def create() -> dict[str, Any]:
        raise error

    return create


@pytest.mark.parametrize("error", [lost(ambiguous=True), conflict()])
def test_what_may_have_been_made_is_looked_up(error: Exception) -> None:
    """After a conflict, or an answer that never came, the object is looked up; only then it may be ours."""
    assert create_or_find(failing(error), lambda: FOUND) == (
        FOUND,
        False,
        isinstance(error, ConnectionFailedError),
    )


@pytest.mark.parametrize("error", [lost(ambiguous=True), conflict()])
def test_nothing_found_is_the_first_error(error: Exception) -> None:
    """When the look-up finds nothing, the user hears why the creation failed."""
    with pytest.raises(type(error), match=str(error)):
        create_or_find(failing(error), lambda: None)


def test_what_was_never_sent_is_not_looked_up() -> None:
    """A request that never reached the tenant made nothing, so an object that is there is not its."""
    with pytest.raises(ConnectionFailedError):
        create_or_find(failing(lost(ambiguous=False)), lambda: pytest.fail("looked up"))


def test_a_second_resource_for_one_object_is_told() -> None:
    """By the object, as the provider knows no other name; and with what to do."""
    error = duplicate(PROVIDER, {"identifier": "https://x.example.com"})
    assert error.problem == (
        "The API https://x.example.com is declared twice: another resource of this program stands for it "
        "already."
    )
    assert error.next_step == "Remove one of the two."
