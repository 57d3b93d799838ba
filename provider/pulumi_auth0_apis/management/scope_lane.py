"""The permissions of one API: what is known of its list, and what this process has made of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import Any

Scope = dict[str, Any]
ScopeList = list[Scope]


@dataclass
class ScopeChange:
    """One permission as it should be; `scope` None is its removal. `kept` is what came of it."""

    value: str
    scope: Scope | None
    was: Scope | None = None
    """What the list held before."""
    compared: bool = False
    batch: int = 0
    """Which of our writes it was a part of."""
    again: bool = False
    """Whether somebody has undone it once already."""
    done: bool = False
    kept: Scope | None = None
    error: Exception | None = None


@dataclass(eq=False)
class Lane:
    """What is known of the permissions of one API, and the changes that wait for the next PATCH."""

    identifier: str
    made_here: bool = False
    shared: bool = False
    known: ScopeList | None = None
    known_at: float = 0.0
    pending: list[ScopeChange] = field(default_factory=list)
    writing: bool = False
    ours: dict[str, ScopeChange] = field(default_factory=dict)
    """The last change that this process has made to each permission."""
    batches: int = 0
    unseen: bool = False
    """Whether nobody has looked what became of the list since we wrote it last."""

    def learn(self, scopes: ScopeList, at: float) -> None:
        """Remember an answer to a request that was sent at that time."""
        self.known, self.known_at = scopes, at

    def compare(self, scopes: ScopeList) -> None:
        """Notice a list that is not as we left it: somebody else writes it too."""
        self.shared |= self.known is not None and by_value(scopes) != by_value(self.known)

    def note(self, changes: Iterable[ScopeChange], found: ScopeList) -> None:
        """Remember what the list held before `changes`, the first time that it is read for them."""
        before = by_value(found)
        for change in changes:
            if not change.compared:
                change.was, change.compared = before.get(change.value), True

    def settle(self, changes: Iterable[ScopeChange], kept: ScopeList) -> None:
        """Remember what came of changes that were written together."""
        self.batches += 1
        found = by_value(kept)
        for change in changes:
            change.kept, change.batch = found.get(change.value), self.batches
            self.ours[change.value] = change

    def undone(self, scopes: ScopeList) -> list[ScopeChange]:
        """The changes of ours that a list lacks because somebody wrote it who had read it before.

        Such a list lacks our last changes, all from some moment on, and has what was there before them. One
        that has a later change of ours is by somebody who has seen the earlier ones, and meant it. A removal
        is undone once: somebody may want the permission after all.
        """
        found = by_value(scopes)
        undone: list[ScopeChange] = []
        newest_first = sorted(self.ours.values(), key=attrgetter("batch"), reverse=True)
        for _, batch in groupby(newest_first, attrgetter("batch")):
            changes = [change for change in batch if change.was != change.scope]
            if any(found.get(change.value) != change.was for change in changes):
                break
            undone[:0] = changes
        return [each for each in undone if each.scope is not None or not each.again]

    @property
    def is_ours_alone(self) -> bool:
        """Whether nobody else is known to write the list: this process has made the API."""
        return self.made_here and not self.shared

    def to_be_checked(self) -> bool:
        """Whether what was just written is to be read again; where more changes wait, they see to it."""
        return not self.is_ours_alone and not self.pending


def merged(found: ScopeList, changes: Iterable[ScopeChange]) -> ScopeList:
    """`found` with `changes` in their order; everything else stays where and as it is."""
    scopes = by_value(found)
    for change in changes:
        if change.scope is None:
            scopes.pop(change.value, None)
        else:
            scopes[change.value] = change.scope
    return list(scopes.values())


def by_value(scopes: ScopeList) -> dict[str, Scope]:
    """Scopes by their values."""
    return {scope["value"]: scope for scope in scopes}
