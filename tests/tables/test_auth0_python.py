"""Our tables have every setting, key and choice that Auth0's own Python client has, and no other."""

from __future__ import annotations

import pytest

from .reference import TABLES


@pytest.mark.parametrize("resource", TABLES)
def test_nothing_of_auth0s_is_missing(resource: str) -> None:
    """What auth0-python sends and answers is in the table, or an exception with its reason."""
    assert sorted(TABLES[resource].missing) == []


@pytest.mark.parametrize("resource", TABLES)
def test_nothing_is_ours_alone(resource: str) -> None:
    """What auth0-python does not know stands in the table by an exception with its reason."""
    table = TABLES[resource]
    assert sorted(table.ours - table.theirs - table.exceptions.keys()) == []


@pytest.mark.parametrize("resource", TABLES)
def test_no_exception_is_stale(resource: str) -> None:
    """An exception goes when both sides have the setting, or neither does."""
    assert sorted(TABLES[resource].stale) == []
