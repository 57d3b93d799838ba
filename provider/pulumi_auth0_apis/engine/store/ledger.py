"""A state while a deployment changes it.

What is new comes first, in the order in which it was finished, then what is left of the old state; so
everything comes after what it depends on, at any moment.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pulumi_auth0_apis.engine.model.aliases import under_new_names
from pulumi_auth0_apis.engine.model.state import PendingOperation, ResourceState, Snapshot


@dataclass(frozen=True, kw_only=True)
class Change:
    """What the beginning or the end of one step does to a state. It can be written down and done again."""

    begun: tuple[int, PendingOperation] | None = None
    """An operation that began, by a number that is its own."""
    ended: int | None = None
    """The number of an operation that is over."""
    new: ResourceState | None = None
    """A resource as it is now; it takes the place of the new one of the same name, if there is one."""
    old: tuple[int, ResourceState | None] | None = None
    """What is left of a resource of the old state, by its position there; None when nothing is."""
    kept: int | None = None
    """The position of a resource of the old state that is new as it was."""


class Ledger:
    """The state before a deployment, and all that has happened to it since."""

    def __init__(self, base: Snapshot) -> None:
        self._base = base
        self.remaining: dict[int, ResourceState] = dict(enumerate(base.resources))
        """What is left of the old state, by position."""
        self.new: dict[str, ResourceState] = {}
        """What this deployment has finished, by URN."""
        self._pending: dict[int, PendingOperation] = {}
        self._created: set[str] = set()

    def apply(self, change: Change) -> None:
        """Take a change over. Changes of different resources may come in any order."""
        if change.begun is not None:
            number, operation = change.begun
            self._pending[number] = operation
        if change.ended is not None:
            ended = self._pending.pop(change.ended, None)
            if ended is not None and ended.type == "creating" and change.new is not None:
                self._created.add(change.new.urn)
        if change.old is not None:
            position, left = change.old
            if left is None:
                self.remaining.pop(position, None)
            else:
                self.remaining[position] = left
        new = change.new if change.kept is None else self.remaining.pop(change.kept)
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
