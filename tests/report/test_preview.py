"""`auth0-apis preview` says before an update what a report says of its pull request."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from typer.testing import CliRunner, Result

from pulumi_auth0_apis.cli import app
from pulumi_auth0_apis.engine import Engine

Preview = Callable[..., Result]


@pytest.fixture
def preview(moving: Engine, monkeypatch: pytest.MonkeyPatch) -> Preview:
    """Run the command on the stack of `moves`, which moves so."""

    def preview(move: str, *options: str) -> Result:
        folder = moving._cwd
        monkeypatch.setenv("MOVE", move)
        monkeypatch.setenv("PULUMI_BACKEND_URL", f"file://{folder.parent}")
        monkeypatch.setenv("PULUMI_CONFIG_PASSPHRASE", "test")
        monkeypatch.delenv("AUTH0_DOMAIN", raising=False)
        return CliRunner().invoke(app, ["preview", "--cwd", str(folder), "--stack", "moves", *options])

    return preview


def test_a_move_that_up_refuses_fails_the_preview(preview: Preview) -> None:
    """Each rename has its line of code; all swaps share a paragraph; the tree of changes stands before."""
    told = preview("moved")
    assert told.exit_code == 1
    assert "Resources: " in told.stdout
    paragraphs = [line for line in told.stderr.splitlines() if line.startswith("error: ")]
    assert len(paragraphs) == 4
    code = 'opts=pulumi.ResourceOptions(aliases=[pulumi.Alias(name="stock")])'
    assert sum(line.endswith(code) for line in paragraphs) == 1
    assert sum("No alias helps here" in line for line in paragraphs) == 1


def test_a_machine_reads_the_same_document(preview: Preview) -> None:
    """With --json the paragraphs are on standard error, and the document is whole."""
    told = preview("moved", "--json")
    assert told.exit_code == 1
    assert json.loads(told.stdout)["steps"]
    assert "gives up in the same run" in told.stderr


@pytest.mark.parametrize("by", ["adopt", "equal"])
def test_a_move_that_was_asked_for_is_information(
    preview: Preview, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    """adopt=True, or AUTH0_ADOPT=equal for resources that change nothing else, makes the preview pass."""
    if by == "equal":
        monkeypatch.setenv("AUTH0_ADOPT", "equal")
    told = preview("adopting" if by == "adopt" else "moved")
    assert told.exit_code == 0
    assert told.stderr.count("info: ") == 9
    assert ("since adopt is set" in told.stderr) is (by == "adopt")


def test_a_preview_without_moves_is_as_before(preview: Preview) -> None:
    """Replacements, deletes and creates of other objects say nothing more."""
    told = preview("replaced")
    assert (told.exit_code, told.stderr) == (0, "")
