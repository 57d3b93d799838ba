"""Keeping the state on disk while steps end, without a write of its own for each of them."""

from __future__ import annotations

import asyncio

from pulumi_auth0_apis.engine.model.problems import EngineError
from pulumi_auth0_apis.engine.model.snapshot import Snapshot
from pulumi_auth0_apis.engine.store.journal_file import JournalFile
from pulumi_auth0_apis.engine.store.journal_replayer import JournalEntry
from pulumi_auth0_apis.engine.store.stack_store import StackStore


class JournalWriter:
    """Writes entries to the journal, in a thread. Those that come while it writes share the next write.

    That a resource is as it was is written with what comes after it: nothing is lost where nothing does.
    """

    def __init__(self, store: StackStore) -> None:
        self._store = store
        self._journal: JournalFile | None = None
        self._waiting: list[JournalEntry] = []
        self._running: asyncio.Task[None] | None = None
        self._next: asyncio.Task[None] | None = None

    def keep(self, entry: JournalEntry) -> asyncio.Future[None] | None:
        """Keep an entry, after all that came before it; done once it is on disk, None where that can wait."""
        self._waiting.append(entry)
        if entry.kept is not None:
            return None
        if self._next is None:
            self._next = asyncio.create_task(self._write(self._running))
        return self._next

    async def replace(self, snapshot: Snapshot) -> None:
        """Write a whole state, on which the entries from now on build."""
        await self.close()
        await asyncio.to_thread(self._store.save, snapshot)

    async def close(self) -> None:
        """Wait until everything is on disk and end the journal; the store folds it into the state."""
        if last := self._next or self._running:
            await last
        self._waiting.clear()  # nothing came after what stayed as it was
        if self._journal is not None:
            self._journal.close()
            self._journal = None

    async def _write(self, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            await before  # after a failure nothing more is written: the journal would have a gap
        self._running, self._next = self._next, None
        entries, self._waiting = self._waiting, []
        await asyncio.to_thread(self._append, entries)

    def _append(self, entries: list[JournalEntry]) -> None:
        try:
            if self._journal is None:
                self._journal = self._store.journal()
            self._journal.append(entries)
        except OSError as error:
            raise EngineError(
                f"The state of the stack {self._store.stack} cannot be written: {error.strerror}. What is "
                "done since is not recorded: free the disk or fix the permissions, then run `refresh`."
            ) from error
