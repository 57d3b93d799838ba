"""A state that could not be kept is known before anything is changed."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from pulumi_auth0_apis.engine.files import atomic as files
from pulumi_auth0_apis.engine.model.problems import UnwritableError

from .stacks import TestStack

PLACES = ["stacks/tests", "history/tests/dev", "backups/tests/dev", "locks/organization/tests/dev"]


@pytest.fixture
def thing(stack: TestStack) -> TestStack:
    """A stack with one thing, of which the program now wants another."""
    stack.up('Thing("a")')
    stack.calls()
    return stack.program('Thing("a")\nThing("b")')


def block(folder: Path) -> None:
    """Let nothing be written below a folder, whoever writes."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.write_text("in the way")


def read_only(**_options: Any) -> Any:
    raise OSError(30, "Read-only file system")


@pytest.mark.parametrize("command", ["up", "refresh", "destroy"])
def test_a_folder_that_is_read_only(thing: TestStack, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the folder and the cause; the provider is not asked."""
    monkeypatch.setattr(files, "TemporaryFile", read_only)
    with pytest.raises(UnwritableError, match=r"stacks/tests: Read-only file system\. Nothing was changed"):
        getattr(thing.engine, command)()
    assert thing.calls() == []


@pytest.mark.parametrize("place", PLACES[1:])
def test_every_folder_that_a_run_writes_to(thing: TestStack, place: str) -> None:
    """History, copies and locks belong to a run as the state does."""
    block(thing.folder / ".pulumi" / place)
    with pytest.raises(UnwritableError, match=place):
        thing.engine.up()
    assert thing.calls() == []


def test_a_full_disk(thing: TestStack, monkeypatch: pytest.MonkeyPatch) -> None:
    """There has to be room for what a run writes."""
    usage = shutil.disk_usage(thing.folder)._replace(free=1 << 19)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage)
    with pytest.raises(UnwritableError, match="No space left on device"):
        thing.engine.up()
    assert thing.calls() == []
    assert thing.engine.preview().ok


def test_nothing_of_the_looking_stays(thing: TestStack) -> None:
    """The folders hold what they held."""
    before = {file for file in (thing.folder / ".pulumi").rglob("*") if file.is_file()}
    thing.engine.open().check_writable()
    assert {file for file in (thing.folder / ".pulumi").rglob("*") if file.is_file()} == before
