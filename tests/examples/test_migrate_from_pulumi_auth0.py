"""The migration example is what the command writes today."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from pulumi_auth0_apis._requirement import requirements_file
from pulumi_auth0_apis.cli.import_ import import_

EXAMPLE = Path(__file__).parents[2] / "examples" / "migrate_from_pulumi_auth0"


def test_the_example_is_what_the_command_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file of `after/` is written as it stands there, and the preview at the end is empty."""
    shutil.copy(EXAMPLE / "state.json", tmp_path)
    monkeypatch.chdir(tmp_path)
    for name in ("AUTH0_DOMAIN", "PULUMI_BACKEND_URL"):
        monkeypatch.delenv(name, raising=False)
    app = typer.Typer()
    app.command()(import_)
    done = CliRunner().invoke(app, ["shop", "--from", "pulumi-state", "state.json", "--engine", "local"])
    assert done.exit_code == 0 and "no changes" in done.output, done.output
    requirements = tmp_path / "shop" / "requirements.txt"
    assert requirements.read_text() == requirements_file()
    requirements.write_text("pulumi-auth0-apis\n")  # wherever it was installed from here
    for expected in (EXAMPLE / "after").iterdir():
        assert lines(tmp_path / "shop" / expected.name) == lines(expected)


def lines(file: Path) -> list[str]:
    """Without blank ones: in this repository the linter takes the package for its own, and sets it apart."""
    return [line for line in file.read_text().splitlines() if line]
