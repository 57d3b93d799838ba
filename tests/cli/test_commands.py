"""The command as a whole."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from pulumi_auth0_apis import __version__
from pulumi_auth0_apis.cli import COMMANDS, app
from pulumi_auth0_apis.cli.explained import EXPLANATIONS

HEAVY = ("uvicorn", "starlette", "pydantic", "joserfc", "httpx", "pulumi_policy", "jsonschema")

TYPES = re.compile(r"<(?!stack>|client id>)[^>]+>|TEXT|BOOLEAN|list\[")
"""As Python has them, and no person."""


def helped(*words: str) -> str:
    """What `--help` shows, without the colours that some CI servers get."""
    answer = CliRunner().invoke(app, [*words, "--help"], env={"COLUMNS": "200"})
    assert answer.exit_code == 0
    return re.sub(r"\x1b\[[0-9;]*m", "", answer.output)


def test_version() -> None:
    """--version prints the package's version."""
    assert __version__ in CliRunner().invoke(app, ["--version"]).output


@pytest.mark.parametrize("words", EXPLANATIONS)
def test_every_command_explains_itself(words: str) -> None:
    """Its help has an example that its options take, the exit codes, and types in people's words."""
    shown = helped(*words.split())
    explained = EXPLANATIONS[words]
    assert f"Example: auth0-apis {explained.example}" in shown
    assert explained.example.startswith(f"{words} ")
    assert all(f"{code}: {meaning}" in shown for code, meaning in explained.exits.items())
    assert not TYPES.search(shown)
    assert CliRunner().invoke(app, [*shlex.split(explained.example), "--help"]).exit_code == 0


def test_every_command_is_explained() -> None:
    """What is explained is what there is, and a group of commands has no types either."""

    def commands(group: typer.Typer, *words: str) -> Iterator[str]:
        for command in group.registered_commands:
            assert command.callback
            yield " ".join((*words, command.name or command.callback.__name__))
        for inner in group.registered_groups:
            assert inner.typer_instance
            yield from commands(inner.typer_instance, *words, str(inner.name))

    assert set(commands(app)) == set(EXPLANATIONS)
    for words in ([], ["stack"], ["config"], ["state"]):
        assert not TYPES.search(helped(*words))


def test_the_default_of_an_import_is_told_in_words() -> None:
    """`import --help` says where it reads from without --from, and shows no empty pair."""
    shown = helped("import")
    assert "[default: (the tenant)]" in shown
    assert "[default: ," not in shown


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
