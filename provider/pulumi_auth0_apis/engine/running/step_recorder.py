"""The steps of a deployment as entries of the journal, so that the state is right at any moment."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from typing import Any

from pulumi_auth0_apis.engine.model.decisions import DELETIONS, Op
from pulumi_auth0_apis.engine.model.snapshot import Snapshot
from pulumi_auth0_apis.engine.model.state import OperationType, PendingOperation, ResourceState
from pulumi_auth0_apis.engine.model.steps import Step
from pulumi_auth0_apis.engine.store.journal_replayer import JournalEntry, JournalReplayer

Save = Callable[[JournalEntry], "asyncio.Future[None] | None"]
"""Keeps an entry of the journal. What it returns is done once the entry will outlast a crash."""

_OPERATIONS: dict[Op, OperationType] = {
    Op.CREATE: "creating",
    Op.CREATE_REPLACEMENT: "creating",
    Op.UPDATE: "updating",
    Op.READ: "reading",
    Op.READ_REPLACEMENT: "reading",
    **dict.fromkeys(DELETIONS, "deleting"),
}


class StepRecorder:
    """Notes when steps begin and end, and knows the state that they leave. A preview saves nothing."""

    def __init__(self, base: Snapshot, save: Save | None = None) -> None:
        self._save = save
        self._replayer = JournalReplayer(base)
        self._positions = {id(state): at for at, state in self._replayer.remaining.items()}
        self._numbers = count()

    @property
    def remaining(self) -> dict[int, ResourceState]:
        """The resources of the old state that are left, by position, as this run has marked them."""
        return self._replayer.remaining

    @property
    def new(self) -> dict[str, ResourceState]:
        """The resources that this run has finished, by URN."""
        return self._replayer.new

    def snapshot(self) -> Snapshot:
        """The state as of now."""
        return self._replayer.snapshot()

    def current(self, old: ResourceState) -> ResourceState:
        """A resource of the old state as this run has marked it."""
        position = self._positions.get(id(old))
        return old if position is None else self.remaining.get(position, old)

    async def begin(self, step: Step) -> int | None:
        """Note that a step begins; returns its number once a crash would tell, None if there is no need."""
        kind = _OPERATIONS.get(step.op)
        if kind is None:
            return None
        number = next(self._numbers)
        await self._commit(JournalEntry(begun=(number, PendingOperation(step.state, kind))))
        return number

    async def fail(self, number: int | None) -> None:
        """Note that a step failed: the state is as before it."""
        if number is not None:
            await self._commit(JournalEntry(ended=number))

    async def succeed(self, number: int | None, step: Step) -> None:
        """Take over what a step has done; returns once it is saved."""
        if step.op is not Op.REPLACE and not step.skipped:
            await self._commit(replace(self._entry(step), ended=number))

    async def set_outputs(self, state: ResourceState) -> None:
        """Take over outputs that a component has registered for itself."""
        if self.new.get(state.urn) != state:
            await self._commit(JournalEntry(new=state))

    def _entry(self, step: Step) -> JournalEntry:
        old, new = step.old, step.new
        if old is None:
            return JournalEntry(new=new)
        position = self._positions[id(old)]
        left = self.remaining.get(position)
        if left is not None and step.op in (Op.CREATE_REPLACEMENT, Op.READ_REPLACEMENT):
            rest = None if left.pending_replacement else self._marked(position, delete=True)
            return JournalEntry(new=new, old=(position, rest))
        if step.op in DELETIONS and step.recreated:
            return JournalEntry(new=new, old=(position, self._marked(position, pending_replacement=True)))
        if left is not None and new == left:  # what is to be deleted stays behind what has its name
            return JournalEntry() if left.delete else JournalEntry(kept=position)
        return JournalEntry(new=new, old=(position, None))

    def _marked(self, position: int, **marks: Any) -> ResourceState:
        marked = replace(self.remaining[position], **marks)
        self._positions[id(marked)] = position
        return marked

    async def _commit(self, entry: JournalEntry) -> None:
        self._replayer.apply(entry)
        if self._save is not None:
            written = self._save(entry)
            if written is not None:
                await asyncio.shield(written)
