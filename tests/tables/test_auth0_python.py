"""Our tables have every setting, key and choice that Auth0's own Python client has, and no other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.tables import new_settings
from tests.tables.reference import TABLES


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


def test_what_a_newer_client_knows_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A setting or choice that a table lacks fails `make new-settings`, and so does a stale exception."""
    table = TABLES["ResourceServer"]
    older = tuple(each for each in table.settings if each.name not in ("signing_alg", "name"))
    exceptions = {**table.exceptions, "name": "for this test", "identifier": "both have it"}
    table = replace(table, settings=older, exceptions=exceptions)
    monkeypatch.setattr("tests.tables.reference.TABLES", {"ResourceServer": table})
    assert new_settings.installed() == 1
    assert capsys.readouterr().out.splitlines()[1:] == [
        "ResourceServer: signing_alg",
        *(f"ResourceServer: signing_alg = {choice}" for choice in ("HS256", "PS256", "RS256", "RS512")),
        "ResourceServer: identifier is no exception any more",
    ]
