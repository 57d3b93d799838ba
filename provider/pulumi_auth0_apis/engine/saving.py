"""Keeping the state on disk while steps end, faster than one write for each of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from .stack_store import StackStore
from .state import Snapshot


class Saver:
    """Writes the state in a thread. Steps that end while it is being written share the next write."""

    def __init__(self, store: StackStore) -> None:
        self._store = store
        self._running: asyncio.Task[None] | None = None
        self._next: asyncio.Task[None] | None = None

    async def __call__(self, snapshot: Callable[[], Snapshot]) -> None:
        """Save the state; returns once it is on disk, with all that has happened until now."""
        if self._next is None:
            self._next = asyncio.create_task(self._write(self._running, snapshot))
        await asyncio.shield(self._next)

    async def _write(self, before: asyncio.Task[None] | None, snapshot: Callable[[], Snapshot]) -> None:
        if before is not None:
            await asyncio.wait([before])
        self._running, self._next = self._next, None
        await asyncio.to_thread(self._store.save, snapshot())
