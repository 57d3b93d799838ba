"""What a run writes while it goes on: what has changed at once, what has not along with it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from pulumi_auth0_apis.engine.model.snapshot import Snapshot
from pulumi_auth0_apis.engine.model.state import ResourceState
from pulumi_auth0_apis.engine.project.secrets import SecretsProvider
from pulumi_auth0_apis.engine.store.journal_file import read_journal
from pulumi_auth0_apis.engine.store.journal_replayer import JournalEntry
from pulumi_auth0_apis.engine.store.journal_writer import JournalWriter
from pulumi_auth0_apis.engine.store.stack_store import StackStore

from .stacks import TestStack

A, B = ResourceState(urn="urn:a", type="t"), ResourceState(urn="urn:b", type="t")


@pytest.fixture
def store(tmp_path: Path) -> StackStore:
    """A stack with the resources a and b."""
    store = StackStore(tmp_path, "app", "dev", SecretsProvider())
    store.create()
    store.save(Snapshot(resources=[A, B]))
    return store


def journal_of(store: StackStore) -> Path:
    return store.file.with_name("dev.json.journal")


def written(store: StackStore, *entries: JournalEntry) -> list[list[str]]:
    """What the journal says of the entries, once the last of them is on disk."""

    async def write() -> None:
        writer = JournalWriter(store)
        kept = [writer.keep(entry) for entry in entries]
        await asyncio.gather(*(each for each in kept if each is not None))
        await writer.close()

    asyncio.run(write())
    journal = journal_of(store)
    if not journal.exists():
        return []
    return [list(line) for line in read_journal(journal, store.file.read_bytes())[1:]]


def test_what_stays_as_it_is_is_not_written(store: StackStore) -> None:
    """A crash loses nothing of it: the state says the same."""
    assert written(store, JournalEntry(kept=0), JournalEntry(kept=1)) == []


def test_what_stays_is_written_before_what_comes_after_it(store: StackStore) -> None:
    """A state lists what something needs before that, after a crash as well."""
    entries = (JournalEntry(kept=1), JournalEntry(new=ResourceState(urn="urn:c", type="t")))
    assert written(store, *entries) == [["kept"], ["new"]]


def test_a_run_without_changes_leaves_the_state_untouched(stack: TestStack) -> None:
    """Outputs that are the same are no change either."""
    program = 'import pulumi\nThing("a", kind="x")\npulumi.export("one", 1)'
    stack.up(program)
    store = stack.program(program).engine.open().store
    before = store.file.stat().st_mtime_ns
    stack.up(program)
    assert store.file.stat().st_mtime_ns == before
    stack.up(program.replace("1)", "2)"))
    assert store.file.stat().st_mtime_ns > before
