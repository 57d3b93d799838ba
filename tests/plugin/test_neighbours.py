"""Several processes of one run: what a resource of one holds is deleted by none of the others."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from pulumi.runtime.proto import provider_pb2 as proto

from pulumi_auth0_apis._neighbours import Notes, engine_of_dynamic_resources
from pulumi_auth0_apis.emulator import Sandbox

from .conftest import EXPLICIT, ORDERS, Engine, Props, Resources, served, struct

API = {"identifier": ORDERS}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the notes, of this test alone."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def processes(engine: Engine, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Resources]]:
    """The APIs of two providers of one tenant: of an old one, and of that which came for it."""
    for name in sandbox.environment:
        monkeypatch.delenv(name)
    settings = {
        "clientId": sandbox.client_id,
        "clientSecret": sandbox.client_secret,
        "domain": sandbox.domain,
    }
    with ExitStack() as stack:
        stubs = [stack.enter_context(served(engine.address)) for _ in range(2)]
        for stub in stubs:
            stub.Configure(proto.ConfigureRequest(urn=EXPLICIT, args=struct(settings)))
        yield [Resources(stub, "ResourceServer") for stub in stubs]


def made(apis: Resources) -> tuple[str, Props]:
    return apis.create({**API, "adopt": True})


def is_there(apis: Resources, id_: str, outputs: Props) -> bool:
    return apis.read(id_, outputs, API)[0] == id_


def test_what_another_process_took_over_stays(processes: list[Resources], engine: Engine) -> None:
    """A provider that was replaced and came back adopts what its predecessor is then asked to delete."""
    old, new = processes
    id_, before = made(old)
    _, after = made(new)
    old.delete(id_, before, API)
    assert is_there(new, id_, after)
    assert "stays: another resource of this program holds it" in engine.heard[-1][2]


def test_what_another_process_lets_go_is_deleted(processes: list[Resources]) -> None:
    """One that it is about to replace, too; a process that has noted nothing holds nothing."""
    old, new = processes
    id_, before = made(old)
    new.diff(before, API, API)
    new.diff(before, API, {"identifier": f"{ORDERS}/2"})
    old.delete(id_, before, API)
    assert not is_there(new, id_, before)


def test_what_another_process_saw_to_stay_is_spared(processes: list[Resources]) -> None:
    """An entry that an earlier run left to be deleted, while this one declares the object."""
    old, new = processes
    id_, before = made(old)
    taken_over = {**before, "holder": "another"}
    new.diff(taken_over, API, API)
    old.delete(id_, before, API)
    assert is_there(new, id_, taken_over)


def test_a_process_that_has_ended_holds_nothing(folder: Path) -> None:
    """However it ended; its file goes with the next one that is written."""
    first, second = Notes(lambda: "127.0.0.1:1"), Notes(lambda: "127.0.0.1:1")
    first.write("a", is_held=True)
    assert second.is_held_by_another("a")
    assert not first.is_held_by_another("a")
    del first
    assert not second.is_held_by_another("a")
    second.write("b", is_held=True)
    (notes,) = folder.iterdir()
    assert len(list(notes.iterdir())) == 1


def test_another_run_holds_nothing(folder: Path) -> None:
    """Two stacks may manage one tenant at the same time, each by an engine of its own."""
    Notes(lambda: "127.0.0.1:1").write("a", is_held=True)
    assert not Notes(lambda: "127.0.0.1:2").is_held_by_another("a")


def test_a_folder_of_somebody_else_is_let_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is written into it, and nothing believed that it says."""
    monkeypatch.setattr("pulumi_auth0_apis._neighbours._user", lambda: "us")
    first, second = Notes(lambda: "127.0.0.1:1"), Notes(lambda: "127.0.0.1:1")
    first.write("a", is_held=True)
    owner = os.getuid() + 1
    monkeypatch.setattr(os, "getuid", lambda: owner)
    second.write("b", is_held=True)
    (notes,) = folder.iterdir()
    assert len(list(notes.iterdir())) == 1
    assert not second.is_held_by_another("a")


def test_a_run_goes_on_where_nothing_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a container that has no folder for what is temporary, say."""
    (tmp_path / "file").write_text("")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "file"))
    notes = Notes(lambda: "127.0.0.1:1")
    notes.write("a", is_held=True)
    assert not notes.is_held_by_another("a")


@pytest.mark.parametrize(
    ("argv", "engine"),
    [
        (["/site-packages/pulumi/dynamic/__main__.py", "127.0.0.1:1"], "127.0.0.1:1"),
        (["/site-packages/pulumi/dynamic/__main__.py"], ""),
        (["/site-packages/pytest/__main__.py", "tests"], ""),
        ([""], ""),
    ],
)
def test_a_process_of_dynamic_resources_is_told_its_engine(
    argv: list[str], engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As its first argument; a program and a test have no neighbours."""
    monkeypatch.setattr("sys.argv", argv)
    assert engine_of_dynamic_resources() == engine
