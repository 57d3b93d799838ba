"""The options that limit a command to some resources or force replacements, and marks in the state."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pulumi_auth0_apis.cli import app

THINGS = Path(__file__).parents[1] / "engine" / "programs" / "things.py"
PROGRAM = 'from things import Thing\nfor name in "ab": Thing(name, size={size})\n'
A = "urn:pulumi:dev::tests::pulumi-python:dynamic/things:Thing::a"

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in a project of two things."""
    (tmp_path / "Pulumi.yaml").write_text("name: tests\nruntime: python\n")
    (tmp_path / "__main__.py").write_text(PROGRAM.format(size=1))
    shutil.copy(THINGS, tmp_path)
    monkeypatch.setenv("PULUMI_BACKEND_URL", f"file://{tmp_path}")
    monkeypatch.setenv("PULUMI_CONFIG_PASSPHRASE", "test")
    monkeypatch.setenv("THINGS_CLOUD", str(tmp_path / "cloud"))
    monkeypatch.setenv("PULUMI_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("AUTH0_DOMAIN", raising=False)
    return lambda *arguments: CliRunner().invoke(app, [*arguments, "--cwd", str(tmp_path)])


def succeeded(answer: Result) -> str:
    assert answer.exit_code == 0, answer.output
    return answer.output


def test_targets_on_every_command(run: Run, tmp_path: Path) -> None:
    """Each is limited to them, preview and update alike."""
    succeeded(run("up", "--yes"))
    (tmp_path / "__main__.py").write_text(PROGRAM.format(size=2))
    assert "1 to update, 2 unchanged" in succeeded(run("preview", "--target", "**::a"))
    assert "1 updated, 2 unchanged" in succeeded(run("up", "--yes", "-t", A))
    assert "1 unchanged" in succeeded(run("refresh", "--yes", "--target", A))
    assert "1 deleted, 2 unchanged" in succeeded(
        run("destroy", "--yes", "--target", A, "--target-dependents")
    )


def test_replacements_by_name(run: Run, tmp_path: Path) -> None:
    """--replace leaves the rest to the program, --target-replace leaves it alone."""
    succeeded(run("up", "--yes"))
    (tmp_path / "__main__.py").write_text(PROGRAM.format(size=2))
    assert "1 to replace, 2 unchanged" in succeeded(run("preview", "--target-replace", A))
    assert "1 replaced, 1 updated, 1 unchanged" in succeeded(run("up", "--yes", "--replace", A))


def test_marks_in_the_state(run: Run) -> None:
    """`state taint` and `untaint` say what they have marked, and the next `up` heeds it."""
    succeeded(run("up", "--yes"))
    assert succeeded(run("state", "taint", "**Thing::*")) == f"{A}\n{A[:-1]}b\n"
    assert succeeded(run("state", "untaint", f"{A[:-1]}b")) == f"{A[:-1]}b\n"
    assert succeeded(run("state", "unprotect", A)) == f"{A}\n"
    assert "1 to replace, 2 unchanged" in succeeded(run("preview"))


@pytest.mark.parametrize("command", [("refresh",), ("destroy", "--yes"), ("state", "taint", "urn:x")])
def test_a_name_that_nothing_has_is_one_line(run: Run, command: tuple[str, ...]) -> None:
    """The command ends with 1 before it does anything."""
    succeeded(run("up", "--yes"))
    target = () if command[0] == "state" else ("--target", "urn:x")
    answer = run(*command, *target)
    assert answer.exit_code == 1
    assert answer.output.splitlines()[-1] in (
        "error: no resource named 'urn:x' found.",
        "error: No such resource 'urn:x' exists in the current state.",
    )
