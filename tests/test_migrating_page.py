"""docs/migrating.md: what it says is here, is here. `tests/examples` and `tests/importing` play it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

import pulumi_auth0_apis
from pulumi_auth0_apis.cli import app

PAGE = (Path(__file__).parents[1] / "docs" / "migrating.md").read_text()
ROWS = re.findall(r"^\| `[^|]+\| `(\w+)[`(]", PAGE, re.MULTILINE)
OURS = sorted({name for name in ROWS if name != "token_encryption"})


@pytest.mark.parametrize("name", OURS)
def test_what_is_here(name: str) -> None:
    """What the tables name on their right side is exported."""
    assert hasattr(pulumi_auth0_apis, name)


def test_the_tables_are_read() -> None:
    """Classes and look-ups of both tables are among them."""
    assert {"ResourceServer", "Permission", "ClientGrant", "Tenant", "get_client_grants"} <= set(OURS)


def test_the_options() -> None:
    """Each option that the page gives the import is one of the command's."""
    told = CliRunner().invoke(app, ["import", "--help"], env={"COLUMNS": "200"}).output
    options = set(re.findall(r"(--(?:from|identifier|application|inline-scopes|stack))\b", PAGE))
    assert len(options) == 5
    assert [option for option in options if option not in told] == []
