"""A state that holds fakes, before the real command: it reads it, and deploys nothing from it."""

from __future__ import annotations

import json
import shutil

import pytest

from ..engine.stacks import THINGS
from ..engine.test_fakes import FAKES, PASSWORD, engine
from .sides import Local, Pulumi


@pytest.fixture
def played(local: Local) -> Local:
    """A stack whose password a fake has played."""
    shutil.copy(THINGS.with_name("other.py"), local.stack.folder)
    local.stack.engine = engine(local.stack, FAKES)
    local.stack.up(PASSWORD)
    return local


@pytest.mark.parametrize("command", ["preview", "up", "refresh", "destroy"])
def test_the_command_refuses_to_deploy(played: Local, pulumi: Pulumi, command: str) -> None:
    """It never takes a fake for real: it names the resource, and leaves the state as it is."""
    before = played.stack.state()
    sure = () if command == "preview" else ("--yes", "--skip-preview")
    code, said = pulumi.cli(played.stack, command, *sure)
    assert code != 0
    assert "RandomPassword::p refers to unknown provider" in said
    assert "::default::played-by-fake-" in said
    assert played.stack.state() == before


def test_the_command_lists_and_exports(played: Local, pulumi: Pulumi) -> None:
    """The backend stays usable: stacks are listed, outputs shown, the state exported as it is."""
    code, said = pulumi.command(played.stack, "stack", "ls", "--json")
    assert (code, [each["name"] for each in json.loads(said)]) == (0, ["dev"]), said
    code, said = pulumi.cli(played.stack, "stack", "output", "--json", "--show-secrets")
    assert (code, json.loads(said)) == (0, {"p": "xxx"})
    code, said = pulumi.cli(played.stack, "stack", "export")
    assert code == 0, said
    assert "::default::played-by-fake-" in said


def test_an_import_keeps_the_mark(played: Local, pulumi: Pulumi) -> None:
    """An export is not imported without force; even with it fakes stay fakes, and go on here."""
    exported = played.stack.folder / "exported.json"
    assert pulumi.cli(played.stack, "stack", "export", "--file", str(exported))[0] == 0
    code, said = pulumi.cli(played.stack, "stack", "import", "--file", str(exported))
    assert (code != 0, "refers to unknown provider" in said) == (True, True), said
    assert pulumi.cli(played.stack, "stack", "import", "--force", "--file", str(exported))[0] == 0
    result = played.stack.engine.preview()
    assert (result.ok, result.has_changes, result.fakes) == (True, False, {"random": 1})
