"""A state while a deployment changes it: entries of the journal, replayed on the state before.

What is new comes first, in the order in which it was finished, then what is left of the old state; so
everything comes after what it depends on, at any moment.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pulumi_auth0_apis.engine.model.aliases import under_new_names
from pulumi_auth0_apis.engine.model.snapshot import Snapshot
from pulumi_auth0_apis.engine.model.state import PendingOperation, ResourceState


@dataclass(frozen=True, kw_only=True)
class JournalEntry:
    """The change that the beginning or the end of one step makes to a state."""

    begun: tuple[int, PendingOperation] | None = None
    """An operation that began, by a number that is its own."""
    ended: int | None = None
    """The number of an operation that is over."""
    new: ResourceState | None = None
    """A resource as it is now; it takes the place of the new one of the same name, if there is one."""
    old: tuple[int, ResourceState | None] | None = None
    """A resource of the old state, by its position there, as it is left; None when nothing of it is."""
    kept: int | None = None
    """The position of a resource of the old state that is new as it was."""


class JournalReplayer:
    """Replays entries on the state before a deployment, while it runs as after a crash."""

    def __init__(self, base: Snapshot) -> None:
        self._base = base
        self.remaining: dict[int, ResourceState] = dict(enumerate(base.resources))
        """The resources of the old state that are left, by position."""
        self.new: dict[str, ResourceState] = {}
        """The resources that this deployment has finished, by URN."""
        self._pending: dict[int, PendingOperation] = {}
        self._created: set[str] = set()

    def apply(self, entry: JournalEntry) -> None:
        """Replay one entry. Those of different resources may come in any order."""
        if entry.begun is not None:
            number, operation = entry.begun
            self._pending[number] = operation
        if entry.ended is not None:
            ended = self._pending.pop(entry.ended, None)
            if ended is not None and ended.type == "creating" and entry.new is not None:
                self._created.add(entry.new.urn)
        if entry.old is not None:
            position, left = entry.old
            if left is None:
                self.remaining.pop(position, None)
            else:
                self.remaining[position] = left
        new = entry.new if entry.kept is None else self.remaining.pop(entry.kept)
        if new is not None:
            self.new[new.urn] = new

    def snapshot(self) -> Snapshot:
        """The state as of now. What was created is no longer pending, in whichever run that began."""
        before = [each for each in self._base.pending_operations if each.resource.urn not in self._created]
        return replace(
            self._base,
            resources=under_new_names(self.new.values(), self.remaining.values()),
            pending_operations=[*before, *self._pending.values()],
        )
