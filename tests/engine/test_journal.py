"""The journal keeps what a crash would lose, at a cost that does not grow with the state."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from pulumi_auth0_apis.engine.model.snapshot import Snapshot
from pulumi_auth0_apis.engine.model.state import PendingOperation, ResourceState
from pulumi_auth0_apis.engine.model.values import Secret
from pulumi_auth0_apis.engine.project.secrets import SecretsError, SecretsProvider
from pulumi_auth0_apis.engine.store import stack_store
from pulumi_auth0_apis.engine.store.journal_file import JournalError, read_journal
from pulumi_auth0_apis.engine.store.journal_replayer import JournalEntry, JournalReplayer
from pulumi_auth0_apis.engine.store.stack_store import StackStore

PASSPHRASE = {"PULUMI_CONFIG_PASSPHRASE": "test"}


def thing(name: str, **outputs: object) -> ResourceState:
    return ResourceState(urn=f"urn:{name}", type="t", outputs=outputs)


A, B, C = thing("a"), thing("b"), thing("c")
CREATING_C = PendingOperation(C, "creating")
STEPS = [
    JournalEntry(kept=0),
    JournalEntry(begun=(1, CREATING_C)),
    JournalEntry(new=C, ended=1),
    JournalEntry(old=(1, thing("b", marked=True))),
    JournalEntry(new=thing("a", changed=Secret("hush"))),
    JournalEntry(begun=(2, PendingOperation(B, "deleting"))),
]


@pytest.fixture
def store(tmp_path: Path) -> StackStore:
    """A stack with the resources a and b."""
    store = open_store(tmp_path)
    store.create()
    store.save(Snapshot(resources=[A, B]))
    return store


def open_store(folder: Path, environment: dict[str, str] = PASSPHRASE) -> StackStore:
    return StackStore(folder, "app", "dev", SecretsProvider(environment=environment))


def crash_after(store: StackStore, changes: Iterable[JournalEntry]) -> Path:
    """Write a journal and end as a crash would; returns its file."""
    journal = store.journal()
    journal.append(changes)
    journal.close()
    return store.file.with_name("dev.json.journal")


def test_a_replay_is_right_at_any_moment() -> None:
    """What is new comes first, then what is left of the old state, each as its last change has it."""
    replayer = JournalReplayer(Snapshot(resources=[A, B]))
    for change in STEPS:
        replayer.apply(change)
    snapshot = replayer.snapshot()
    assert snapshot.resources == [thing("a", changed=Secret("hush")), C, thing("b", marked=True)]
    assert snapshot.pending_operations == [PendingOperation(B, "deleting")]


@pytest.mark.parametrize("done", range(len(STEPS) + 1))
def test_a_crash_loses_nothing(store: StackStore, tmp_path: Path, done: int) -> None:
    """After any number of changes, the next run sees exactly what was done."""
    replayer = JournalReplayer(store.load())
    for change in STEPS[:done]:
        replayer.apply(change)
    crash_after(store, STEPS[:done])
    loaded = open_store(tmp_path).load()
    assert loaded.resources == replayer.snapshot().resources
    assert loaded.pending_operations == replayer.snapshot().pending_operations


def test_the_next_run_folds_it_into_the_state(store: StackStore, tmp_path: Path) -> None:
    """Then the state alone says all, for the `pulumi` command as well, and the journal is gone."""
    journal = crash_after(store, STEPS)
    before = store.load()
    open_store(tmp_path).settle()
    assert not journal.exists()
    assert open_store(tmp_path).load().resources == before.resources


def test_a_change_that_was_cut_short_is_none(store: StackStore) -> None:
    """A line without its end was never acknowledged."""
    journal = crash_after(store, [JournalEntry(new=C)])
    journal.write_bytes(journal.read_bytes() + b'{"new":{"urn":"urn:d"')
    assert store.load().resources == [C, A, B]


def test_a_crash_at_the_very_beginning(store: StackStore) -> None:
    """A journal without its first line holds nothing."""
    crash_after(store, []).write_bytes(b'{"sta')
    assert store.load().resources == [A, B]


def test_a_crash_while_folding(store: StackStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """A state that has been written already is not changed twice."""
    journal = crash_after(store, [JournalEntry(new=C)])
    with monkeypatch.context() as crash:
        crash.setattr(Path, "unlink", lambda *_args, **_options: None)
        store.settle()
    assert journal.exists()
    assert store.load().resources == [C, A, B]


def test_somebody_else_was_at_it_since(store: StackStore) -> None:
    """A journal of another state is not done again; the message says what to do, and nothing is lost."""
    journal = crash_after(store, [JournalEntry(new=C)])
    content = journal.read_bytes()
    store.file.write_bytes(store.file.read_bytes() + b" ")
    with pytest.raises(JournalError, match=r"dev\.json\.journal, but another command has changed the state"):
        store.load()
    assert journal.read_bytes() == content


def test_a_deployment_runs_while_we_read(
    store: StackStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A preview that reads the state just before it is written anew, and the journal after, reads again."""
    crash_after(store, [JournalEntry(new=C)])

    def read_late(file: Path, state: bytes) -> list[dict[str, Any]]:
        monkeypatch.undo()
        other = open_store(tmp_path)
        other.settle()
        crash_after(other, [JournalEntry(new=thing("d"))])
        return read_journal(file, state)

    monkeypatch.setattr(stack_store, "read_journal", read_late)
    assert store.load().resources == [thing("d"), C, A, B]


def test_a_damaged_journal(store: StackStore) -> None:
    """It is named, and left as it is."""
    journal = crash_after(store, [JournalEntry(new=C)])
    journal.write_bytes(journal.read_bytes() + b"what\n")
    with pytest.raises(JournalError, match=r"dev\.json\.journal, .* is damaged"):
        store.load()


def test_secrets_are_never_in_clear(store: StackStore, tmp_path: Path) -> None:
    """Not in the journal either; the salt that they need is in it."""
    journal = crash_after(store, [JournalEntry(new=thing("s", key=Secret("hush")))])
    assert b"hush" not in journal.read_bytes()
    assert open_store(tmp_path).load().resources[0].outputs == {"key": Secret("hush")}
    with pytest.raises(SecretsError):
        open_store(tmp_path, {}).load()


def test_a_secret_without_a_passphrase_is_not_kept(tmp_path: Path) -> None:
    """Nothing of the change is written."""
    store = open_store(tmp_path, {})
    store.create()
    journal = store.journal()
    with pytest.raises(SecretsError):
        journal.append([JournalEntry(new=thing("s", key=Secret("hush")))])
    journal.close()
    assert store.load() == open_store(tmp_path, {}).load()
    assert store.load().resources == []


def test_a_change_costs_the_same_however_big_the_state_is(tmp_path: Path) -> None:
    """Not quadratic: as many bytes for a step on 5,000 resources as on one."""
    written = []
    for size in (1, 5000):
        store = open_store(tmp_path / str(size))
        store.create()
        store.save(Snapshot(resources=[thing(str(number)) for number in range(size)]))
        written.append(crash_after(store, [JournalEntry(new=C, old=(0, None))] * 10).stat().st_size)
    assert written[0] == written[1]


def test_a_run_that_changed_nothing_writes_nothing(store: StackStore) -> None:
    """The state file stays as it is, to the byte and to the second."""
    before = store.file.stat()
    journal = crash_after(store, [JournalEntry(kept=0), JournalEntry(kept=1)])
    store.settle()
    assert not journal.exists()
    assert store.file.stat().st_mtime_ns == before.st_mtime_ns
