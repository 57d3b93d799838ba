"""Objects that one resource gives up and another takes in the same run: renames, moves and swaps.

To the engine a resource of another name is another resource: it is created, and the old one deleted. What it
would create is in the tenant already, so `up` refuses it, unless the new resource says `adopt=True`: then it
takes the object over, and the old resource's delete is spared.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from auth0_api_vocabulary import DEFAULTS, OURS, name_of
from auth0_api_vocabulary.marks import MASK
from pulumi_auth0_apis.report.declared_access import kind_of
from pulumi_auth0_apis.report.log import LoggedRun, Place, ResourceChange
from pulumi_auth0_apis.report.redaction import LATER

OPTIONS = {"adopt", "force"}
"""Inputs that steer the provider and are no settings of the object."""
DEFAULT_PROVIDER = re.compile(r"default(_[0-9_]+)?")

MoveKey = tuple[str, ...]


@dataclass(frozen=True)
class Move:
    """One object of the tenant, the resource that gives it up and the one that takes it."""

    source: ResourceChange
    target: ResourceChange
    equal_is_taken: bool = False
    """Whether the run takes what is there already where it is equal."""

    @property
    def ours(self) -> bool:
        """Whether both are resources of this package, which knows what they hold."""
        return {self.source.type, self.target.type} <= OURS.keys()

    @property
    def renamed(self) -> bool:
        """Whether an alias can say that both are one: the engine looks a URN that is there up first."""
        if (self.source.operation, self.target.operation) != ("delete", "create"):
            return False
        return self.source.type == self.target.type or (
            self.ours and kind_of(self.source) is kind_of(self.target)
        )

    @property
    def fixed(self) -> bool:
        """Whether the target asks for an algorithm that an existing API cannot change to."""
        was = (self.source.old or {}).get("signing_alg", DEFAULTS["signing_alg"])
        return (self.target.new or {}).get("signing_alg", was) not in (was, LATER)

    @property
    def taken_over(self) -> bool:
        """Whether `up` lets the target take the object over from the source."""
        if not self.ours or self.fixed:
            return False
        adopt = (self.target.new or {}).get("adopt", False)
        if adopt is True:
            return True
        return (adopt == self.source.was.id or self.equal_is_taken) and self._equal

    @property
    def _equal(self) -> bool:
        """Whether nothing of the object changes, as far as the log tells."""
        old, new = self.source.old or {}, self.target.new or {}
        return all(new[name] in (old.get(name), LATER) for name in new.keys() - OPTIONS)


def moves(run: LoggedRun, *, equal_is_taken: bool = False) -> list[Move]:
    """Return every move that a preview foresees, in the order of the targets' URNs.

    What the log does not tell, since it is secret or known later, is in no move. Of a run that has been
    carried out nothing is foreseen.
    """
    if not run.preview:
        return []
    changes = [change for change in run.changes.values() if not change.refreshed]
    given_up: defaultdict[MoveKey | None, list[ResourceChange]] = defaultdict(list)
    for change in changes:
        if change.operation in ("delete", "replace"):
            given_up[_key(change, change.old, change.was)].append(change)
    found = []
    for target in changes:
        key = _key(target, target.new, target.will_be) if target.operation in ("create", "replace") else None
        sources = given_up.get(key, []) if key else []
        if sources and target not in sources:
            found.append(Move(min(sources, key=_deleted_first), target, equal_is_taken))
    return found


def by_object(changes: Iterable[ResourceChange], moves: Iterable[Move]) -> list[ResourceChange]:
    """Return what happens to each object, where the engine tells what happens to each resource.

    The object of a move is its target's before the run, too. So one that is renamed shows what else changes.
    """
    within = [move for move in moves if move.ours]
    taken = {move.target.urn: move.source.old for move in within}
    given = {move.source.urn for move in within}
    return [
        part
        for change in changes
        for part in _parts(change, taken.get(change.urn), given_up=change.urn in given)
    ]


def _parts(
    change: ResourceChange, taken: Mapping[str, Any] | None, *, given_up: bool
) -> list[ResourceChange]:
    """Return what becomes of the object that a resource has from now on, and of the one that it had."""
    if taken is None and not given_up:
        return [change]
    had = None if given_up else change.old
    has = replace(change, old=taken, replaced=False, keys=set())
    return [part for part in (has, replace(change, old=had, new=None)) if part.old or part.new]


def _key(change: ResourceChange, inputs: Mapping[str, Any] | None, place: Place) -> MoveKey | None:
    """Return what tells an object from all others, None where a part of it is not known."""
    kind = kind_of(change)
    if kind is None or not kind.key or inputs is None:
        return None
    values = [str(inputs.get(name) or kind.key_defaults.get(name, "")) for name in kind.key]
    if any(value.startswith(MASK) or value == LATER for value in values):
        return None
    return (kind.word, _tenant(place.provider), *values)


def _tenant(provider: str) -> str:
    """Return the name of the explicit provider of a reference to one; a program's others have one tenant."""
    name = name_of(provider).rpartition("::")[0]
    return "" if DEFAULT_PROVIDER.fullmatch(name) else name


def _deleted_first(change: ResourceChange) -> tuple[bool, str]:
    return change.operation != "delete", change.urn
