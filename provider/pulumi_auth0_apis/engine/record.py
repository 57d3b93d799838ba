"""The state of a stack while a deployment changes it.

What is new comes first, in the order in which it was finished, then what is left of the old state; so
everything comes after what it depends on, at any moment.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from .planned_step import Step
from .state import OperationType, PendingOperation, ResourceState, Snapshot
from .steps import DELETIONS, Op

Save = Callable[[Callable[[], Snapshot]], Awaitable[None]]
"""Keeps the state; it is asked for when it is written."""

_OPERATIONS: dict[Op, OperationType] = {
    Op.CREATE: "creating",
    Op.CREATE_REPLACEMENT: "creating",
    Op.UPDATE: "updating",
    Op.READ: "reading",
    Op.READ_REPLACEMENT: "reading",
    **dict.fromkeys(DELETIONS, "deleting"),
}


@dataclass(eq=False)
class Entry:
    """A step that has begun and not ended."""

    operation: PendingOperation | None


class Record:
    """Keeps the state up to date, step by step."""

    def __init__(self, base: Snapshot, save: Save | None = None) -> None:
        self._base = base
        self._save = save
        self.remaining: dict[int, ResourceState] = dict(enumerate(base.resources))
        """What is left of the old state, by position, as this run has marked it."""
        self.new: dict[str, ResourceState] = {}
        self._positions = {id(state): at for at, state in self.remaining.items()}
        self._pending: dict[Entry, PendingOperation] = {}

    def snapshot(self) -> Snapshot:
        """The state as of now."""
        return replace(
            self._base,
            resources=[*self.new.values(), *self.remaining.values()],
            pending_operations=[*self._base.pending_operations, *self._pending.values()],
        )

    def begin(self, step: Step) -> Entry:
        """Note that a step begins."""
        kind = _OPERATIONS.get(step.op)
        entry = Entry(PendingOperation(step.state, kind) if kind else None)
        if entry.operation is not None:
            self._pending[entry] = entry.operation
        return entry

    async def fail(self, entry: Entry) -> None:
        """Note that a step failed: the state is as before it."""
        if self._pending.pop(entry, None) is not None:
            await self._commit()

    async def succeed(self, entry: Entry, step: Step) -> None:
        """Take over what a step has done; returns once it is saved."""
        self._pending.pop(entry, None)
        if step.op is Op.REPLACE:
            return
        self._take_over(step)
        await self._commit()

    async def set_outputs(self, state: ResourceState) -> None:
        """Take over outputs that a component has registered for itself."""
        self.new[state.urn] = state
        await self._commit()

    def _take_over(self, step: Step) -> None:
        if step.op in (Op.CREATE_REPLACEMENT, Op.READ_REPLACEMENT):
            assert step.old is not None
            if self._current(step.old).pending_replacement:
                self._drop(step.old)
            else:
                self._mark(step.old, delete=True)
        elif step.op in DELETIONS and step.recreated:
            assert step.old is not None
            self._mark(step.old, pending_replacement=True)
        elif step.old is not None:
            self._drop(step.old)
        if step.new is not None:
            self.new[step.urn] = step.new

    def _current(self, old: ResourceState) -> ResourceState:
        return self.remaining[self._positions[id(old)]]

    def _mark(self, old: ResourceState, *, delete: bool = False, pending_replacement: bool = False) -> None:
        position = self._positions[id(old)]
        marked = replace(
            self.remaining[position],
            delete=delete or self.remaining[position].delete,
            pending_replacement=pending_replacement,
        )
        self.remaining[position] = marked
        self._positions[id(marked)] = position

    def _drop(self, old: ResourceState) -> None:
        self.remaining.pop(self._positions[id(old)], None)

    async def _commit(self) -> None:
        if self._save is not None:
            await self._save(self.snapshot)
