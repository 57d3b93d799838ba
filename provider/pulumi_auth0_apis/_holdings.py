"""Who holds what: which resources of a run stand for which objects of the tenant.

To the engine a renamed resource is a new one: it is made, and then the old one is deleted. The SDK tells a
provider no URN, so the resource that goes and the one that came look alike: both name one object. What tells
them apart is a marker, `holder`, that every creation writes into the outputs and every update carries on.

One update is one process of the provider, and so is one `Holdings`: what its checks, diffs and creations have
seen by the time a deletion comes. A preview, a `destroy` and the next update each begin with nothing.
"""

from __future__ import annotations

import threading
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pulumi_auth0_apis._under_way import ChangesUnderWay

ObjectKey = tuple[Any, ...]
"""What identifies an object before it has an id: the name of its kind, and the values of its key."""

UNMARKED = ""
"""The holder of every entry of the state from before there were markers."""


def new_holder() -> str:
    """A marker that no other entry of any state has."""
    return uuid.uuid4().hex


@dataclass(frozen=True)
class StateEntry:
    """A resource in the state of the last run."""

    key: ObjectKey
    id: str
    holder: str


@dataclass(frozen=True)
class Replacement:
    """The resource that replaces an entry; a value that is not known yet is unknown here too."""

    provider: Any
    """The `ObjectProvider` of its kind, which stands on this module."""
    key: ObjectKey | None
    inputs: Mapping[str, Any]


class Holdings:
    """Everything that one process of the provider knows of its run. Safe to use from any thread."""

    def __init__(self, patience: float | None = None) -> None:
        """`patience` is that of `ChangesUnderWay`. Without it nothing is waited for to be made.

        A Python program of ours names its APIs by their outputs, so the engine has made them before.
        """
        self.domain = ""
        """The tenant, once this process is told of one."""
        self._lock = threading.Lock()
        self.creations = ChangesUnderWay(patience)
        self.removals = ChangesUnderWay(patience or 0)
        self._turns: defaultdict[ObjectKey, threading.Lock] = defaultdict(threading.Lock)
        self._live: defaultdict[ObjectKey, set[str]] = defaultdict(set)
        self._wanted: set[ObjectKey] = set()
        self._made: set[ObjectKey] = set()
        self._deleted: set[ObjectKey] = set()
        self._handed_over: set[ObjectKey] = set()
        self._may_take: set[ObjectKey] = set()
        self._looked_up: set[ObjectKey] = set()
        self._replacements: dict[StateEntry, Replacement] = {}
        self._listed: dict[str, frozenset[str]] = {}
        self._released: dict[str, frozenset[str]] = {}
        self._told: set[str] = set()

    def is_news(self, text: str) -> bool:
        """Whether this run has not told it yet; from now on it has."""
        with self._lock:
            known = text in self._told
            self._told.add(text)
            return not known

    @contextmanager
    def turn(self, key: ObjectKey) -> Iterator[None]:
        """Let one creation or deletion of the object of `key` be under way at a time.

        Otherwise one thread could find the object and take it over while another is about to delete it.
        """
        with self._lock:
            turn = self._turns[key]
        with turn:
            yield

    # What check, diff and creation see

    def may_take(self, key: ObjectKey | None) -> None:
        """Note that a resource is to take the object of `key` over where it is there (`adopt=True`)."""
        with self._lock:
            self._may_take.add(key or ())

    def stays(self, entry: StateEntry) -> None:
        """Note that the program still declares what an entry of the state holds."""
        with self._lock:
            self._live[entry.key].add(entry.holder)
            self._replacements.pop(entry, None)

    def leaves(self, entry: StateEntry, replacement: Replacement) -> None:
        """Note that an entry gives its object up, for another or for the same one made anew."""
        with self._lock:
            self._live[entry.key].discard(entry.holder)
            self._replacements[entry] = replacement

    def begin(self, key: ObjectKey) -> bool:
        """Note that an object is about to be made or taken over; False where this run has done so already."""
        with self._lock:
            if key in self._wanted | self._made:
                return False
            self._wanted.add(key)
            return True

    def hold(self, key: ObjectKey, holder: str) -> None:
        """Note that a resource of this run holds the object of `key` from now on."""
        with self._lock:
            self._wanted.discard(key)
            self._made.add(key)
            self._live[key].add(holder)

    def look_up(self, key: ObjectKey) -> None:
        """Note that the program reads the object of `key`, which something else manages."""
        with self._lock:
            self._looked_up.add(key)

    # What a creation asks

    def takes(self, key: ObjectKey | None) -> bool:
        """Whether a resource of this run may take the object of `key` over, whatever it is like."""
        with self._lock:
            return key in self._may_take or key in self._handed_over

    def is_live(self, key: ObjectKey | None) -> bool:
        """Whether an entry of the state stands for the object of `key`, which the program still declares.

        If one is to be made all the same, it is that entry, made anew: a run that was refused between its
        two halves has left it so (the engine's `pendingReplacement`), and the object may never have gone.
        """
        with self._lock:
            return key is not None and bool(self._live.get(key))

    def is_handed_over(self, key: ObjectKey | None) -> bool:
        """Whether the object of `key` was spared for what may be its own replacement."""
        with self._lock:
            return key in self._handed_over

    def was_deleted(self, key: ObjectKey | None) -> bool:
        """Whether this run has deleted the object of `key`."""
        with self._lock:
            return key in self._deleted

    # What a deletion asks

    def let_go(self, entry: StateEntry) -> bool:
        """Take `entry` off its object; whether no other entry that this run has seen holds it.

        Entries without a marker cannot be told from each other. Where one of them was seen alive, the object
        is spared; should it have been this very one, its replacement may take the object over.
        """
        with self._lock:
            holders = self._live[entry.key]
            if entry.holder == UNMARKED and UNMARKED in holders:
                self._handed_over.add(entry.key)
                return False
            holders.discard(entry.holder)
            return not holders

    def is_wanted(self, key: ObjectKey) -> bool:
        """Whether a resource of this run asked for the object of `key` and did not get it."""
        with self._lock:
            return key in self._wanted

    def is_looked_up(self, key: ObjectKey) -> bool:
        """Whether the program reads the object of `key`."""
        with self._lock:
            return key in self._looked_up

    def is_made(self, key: ObjectKey | None) -> bool:
        """Whether this run has made, or taken over, the object of `key`."""
        with self._lock:
            return key in self._made

    def replacements_of(self, key: ObjectKey | None) -> list[Replacement]:
        """Return the replacements of the entries that held the object of `key`."""
        with self._lock:
            return [each for entry, each in self._replacements.items() if entry.key == key]

    def leaving(self) -> set[str]:
        """The ids of all entries that are to be replaced."""
        with self._lock:
            return {entry.id for entry in self._replacements}

    def deleted(self, key: ObjectKey) -> None:
        """Note that the object of `key` is gone."""
        with self._lock:
            self._deleted.add(key)
            self._made.discard(key)

    # The permissions of an API: in its own list, or each a resource of its own

    def list_scopes(self, identifier: str, values: Iterable[str]) -> None:
        """Note that the API itself lists these permissions."""
        with self._lock:
            self._listed[identifier] = frozenset(values)
            self._released.pop(identifier, None)

    def lists(self, identifier: str, scope: str) -> bool:
        """Whether the API itself lists a permission."""
        with self._lock:
            return scope in self._listed.get(identifier, ())

    def holds_scope(self, identifier: str, scope: str) -> bool:
        """Whether the API itself, or a resource that this run has seen, holds a permission."""
        return self.lists(identifier, scope) or bool(self._live.get(("permission", identifier, scope)))

    def release_scopes(self, identifier: str, values: Iterable[str]) -> None:
        """Note that the API listed these permissions until now: a resource may take each of them over."""
        with self._lock:
            self._released[identifier] = frozenset(values)
            self._listed.pop(identifier, None)

    def released(self, identifier: str) -> frozenset[str]:
        """The permissions that the API listed until now."""
        with self._lock:
            return self._released.get(identifier, frozenset())
