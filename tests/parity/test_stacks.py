"""`auth0-apis stack` and `config` beside the CLI's own, on the same backend."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from pulumi_auth0_apis.cli import app

from .sides import Pulumi

EXPORTS = (
    'pulumi.export("a", "text")\npulumi.export("b", {"k": [1, pulumi.Output.secret("psst")]})\n'
    'pulumi.export("c", pulumi.Output.secret(2.5))\npulumi.export("d", True)\n'
)


def ours(folder: Path, *arguments: str) -> tuple[int, str]:
    """What our command does in a stack's folder."""
    environment = {"PULUMI_BACKEND_URL": f"file://{folder}", "PULUMI_CONFIG_PASSPHRASE": "test"}
    done = CliRunner().invoke(app, [*arguments, "--cwd", str(folder)], env=environment)
    return done.exit_code, done.output


def test_outputs(pulumi: Pulumi) -> None:
    """The same table, the same text of one, the same JSON, in clear or masked; blanks at line ends aside."""
    pulumi.stack.program(EXPORTS)
    assert pulumi.run("up").exit_code == 0
    for arguments in ([], ["a"], ["b"], ["c"], ["d"], ["c", "--show-secrets"], ["b", "--show-secrets"]):
        code, said = pulumi.cli(pulumi.stack, "stack", "output", *arguments)
        assert (code, [line.rstrip() for line in said.splitlines()]) == (
            0,
            ours(pulumi.stack.folder, "stack", "output", *arguments)[1].splitlines(),
        )
    for arguments in ([], ["b"], ["--show-secrets"]):
        _, said = pulumi.cli(pulumi.stack, "stack", "output", "--json", *arguments)
        told = ours(pulumi.stack.folder, "stack", "output", "--json", *arguments)[1]
        assert json.loads(said) == json.loads(told)


@pytest.mark.parametrize("arguments", [["output", "x"], ["output", "--stack", "nope"]])
def test_what_is_not_there(pulumi: Pulumi, arguments: list[str]) -> None:
    """The same words where an output or a stack is missing."""
    named = ["--stack", "dev"] if "--stack" not in arguments else []
    theirs = pulumi.command(pulumi.stack, "stack", *arguments, *named)[1].splitlines()
    assert ours(pulumi.stack.folder, "stack", *arguments)[1].splitlines()[0] in theirs


def test_lists(pulumi: Pulumi) -> None:
    """The same stacks, with the same counts and the same times."""
    pulumi.stack.up('Thing("a")')
    _, said = pulumi.command(pulumi.stack, "stack", "ls", "--json")
    (theirs,) = json.loads(said)
    (mine,) = json.loads(ours(pulumi.stack.folder, "stack", "ls", "--json")[1])
    assert mine == {**theirs, "current": True}  # what is meant where nothing is selected


def test_settings(pulumi: Pulumi) -> None:
    """Either writes what the other one would, and reads the other one's secrets."""
    file = pulumi.stack.folder / "Pulumi.dev.yaml"
    for key, value in (("n", "3600"), ("things:yes", "true"), ("o", '{"a": 1}'), ("empty", "")):
        assert pulumi.cli(pulumi.stack, "config", "set", key, value)[0] == 0
    theirs = yaml.safe_load(file.read_text())["config"]
    file.write_text("\n".join(line for line in file.read_text().splitlines() if "encryptionsalt" in line))
    for key, value in (("n", "3600"), ("things:yes", "true"), ("o", '{"a": 1}'), ("empty", "")):
        assert ours(pulumi.stack.folder, "config", "set", key, value)[0] == 0
    assert yaml.safe_load(file.read_text())["config"] == theirs
    looks = ("config", "set", "apiToken", "1415fc1f4eaeb5e096ee58c1480016638fff29bf")
    for code, said in (pulumi.cli(pulumi.stack, *looks), ours(pulumi.stack.folder, *looks)):
        assert code != 0
        assert "looks like a secret; rerun with --secret" in " ".join(said.split())
    assert ours(pulumi.stack.folder, "config", "set", "--secret", "s", "psst")[0] == 0
    assert pulumi.cli(pulumi.stack, "config", "get", "s") == (0, "psst\n")


def test_removal(pulumi: Pulumi) -> None:
    """What ours removes is gone for the CLI."""
    pulumi.stack.up('Thing("a")')
    assert "still has resources" in pulumi.command(pulumi.stack, "stack", "rm", "dev", "--yes")[1]
    assert "still has resources" in ours(pulumi.stack.folder, "stack", "rm", "dev", "--yes")[1]
    assert ours(pulumi.stack.folder, "stack", "rm", "dev", "--yes", "--force")[0] == 0
    assert json.loads(pulumi.command(pulumi.stack, "stack", "ls", "--json")[1]) == []
