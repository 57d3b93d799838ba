"""The command as a whole."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pulumi_auth0_apis import __version__
from pulumi_auth0_apis.cli import COMMANDS, app

HEAVY = ("uvicorn", "starlette", "pydantic", "joserfc", "httpx", "pulumi_policy", "jsonschema")


def test_version() -> None:
    """--version prints the package's version."""
    assert __version__ in CliRunner().invoke(app, ["--version"]).output


@pytest.mark.parametrize("command", [command.__name__.rstrip("_") for command in COMMANDS])
def test_every_command_explains_itself(command: str) -> None:
    """Every command has a help text of its own."""
    answer = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "200"})
    assert answer.exit_code == 0
    assert "--help" in answer.output


def test_the_default_of_an_import_is_told_in_words() -> None:
    """`import --help` says where it reads from without --from, and shows no empty pair."""
    answer = CliRunner().invoke(app, ["import", "--help"], env={"COLUMNS": "200"})
    assert "[default: (the tenant)]" in answer.output
    assert "[default: ," not in answer.output


def test_every_command_is_listed() -> None:
    """Each file of the room that defines a command of its own name is registered."""
    room = Path(__file__).parents[2] / "provider" / "pulumi_auth0_apis" / "cli"
    texts = {file.stem: file.read_text() for file in room.glob("*.py")}
    commands = {
        name: text for name, text in texts.items() if re.search("import typer|deploying import", text)
    }
    named = {name for name, text in commands.items() if re.search(rf"^def {name}\(", text, re.MULTILINE)}
    assert named == {command.__name__ for command in COMMANDS}


def test_help_loads_nothing_heavy() -> None:
    """A command loads what it needs when it runs, not before."""
    program = f"import sys; import pulumi_auth0_apis.cli; print([m for m in {HEAVY!r} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
