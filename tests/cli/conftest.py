"""A project, and the commands that run in it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pulumi_auth0_apis.cli import app

THINGS = Path(__file__).parents[1] / "engine" / "programs" / "things.py"
PROGRAM = 'from things import Thing\nThing("a", kind="{}")\n'

Run = Callable[..., Result]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one thing, in a backend of its own."""
    (tmp_path / "Pulumi.yaml").write_text("name: tests\nruntime: python\n")
    (tmp_path / "__main__.py").write_text(PROGRAM.format("x"))
    shutil.copy(THINGS, tmp_path)
    monkeypatch.setenv("PULUMI_BACKEND_URL", f"file://{tmp_path}")
    monkeypatch.setenv("PULUMI_CONFIG_PASSPHRASE", "test")
    monkeypatch.setenv("THINGS_CLOUD", str(tmp_path / "cloud"))
    monkeypatch.setenv("PULUMI_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("PULUMI_CONFIG_PASSPHRASE_FILE", raising=False)
    monkeypatch.delenv("AUTH0_DOMAIN", raising=False)
    return tmp_path


@pytest.fixture
def run(project: Path) -> Run:
    """Run a command in the project; `input` is what is typed."""

    def run(*arguments: str, input: str = "") -> Result:  # noqa: A002 - as the runner names it
        return CliRunner().invoke(app, [*arguments, "--cwd", str(project)], input=input)

    return run


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody sits at a terminal and types the input."""
    monkeypatch.setattr(
        "typer.testing._NamedTextIOWrapper.isatty", lambda self: self.name == "<stdin>", raising=False
    )
