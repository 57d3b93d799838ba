"""Writing single permissions into the one list that an API keeps of them.

The Management API replaces the list whole and has no conditional write, so whoever reads, changes and writes
it back overwrites what others wrote in between. Three things keep every permission:

- Changes of one API that are in flight together become one PATCH, so threads of this process never compete.
- A PATCH is merged into a list read just before; it is never repeated blindly, and the rate limit never comes
  between the reading and the writing.
- Where another hand may write as well, the list is read again after a pause in which any write that was based
  on an older list has landed, and what got lost is merged again, a bounded number of times.

The last is spared for an API that this process made itself, and for mere removals, until the list changes
without us. An edit by somebody who does not look again afterwards is safe unless it falls between our reading
and our writing.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any

from pulumi_auth0_apis.errors import (
    BadRequestError,
    ConflictError,
    ConnectionFailedError,
    ManagementError,
    RateLimitError,
    ServerError,
    UnexpectedAnswerError,
)

Scope = dict[str, Any]
Scopes = list[Scope]

FRESH_SECONDS = 0.5
"""A list of this age or less is written back without reading it again."""

SETTLE_SECONDS = 0.75
"""After so long a write based on an older list has landed: it was sent within FRESH_SECONDS, plus the way."""

FULL = 4
"""Changes that can be in flight together: the SDK's provider process has four threads."""

GATHER_SECONDS = 0.2
"""How long a batch waits for the next change: between two, the engine may write its state."""

MOST_ROUNDS = 8
"""How often a batch is merged and written before it gives up against another writer."""


@dataclass
class Change:
    """One permission as it should be; `scope` None is its removal. `kept` is what came of it."""

    value: str
    scope: Scope | None
    done: bool = False
    kept: Scope | None = None
    error: Exception | None = None


@dataclass
class Lane:
    """What is known of the permissions of one API, and the changes that wait for the next PATCH."""

    identifier: str
    made_here: bool = False
    shared: bool = False
    known: Scopes | None = None
    known_at: float = 0.0
    pending: list[Change] = field(default_factory=list)
    writing: bool = False
    changed: threading.Condition = field(default_factory=threading.Condition)

    def learn(self, scopes: Scopes, at: float) -> None:
        """Remember an answer to a request that was sent at that time."""
        self.known, self.known_at = scopes, at

    def compare(self, scopes: Scopes) -> None:
        """Notice a list that is not as we left it: somebody else writes it too."""
        self.shared |= self.known is not None and _by_value(scopes) != _by_value(self.known)

    def gather(self, seconds: float) -> None:
        """Wait until the batch is full, or nothing has joined it for so long."""
        waiting = 0
        while waiting < len(self.pending) < FULL:
            waiting = len(self.pending)
            self.changed.wait(seconds)

    def close(self, batch: list[Change]) -> None:
        """Let nothing join `batch` any more."""
        with self.changed:
            if self.pending is batch:
                self.pending = []

    def to_be_checked(self, changes: Iterable[Change]) -> bool:
        """Whether a write of `changes` may be lost to another writer."""
        adds = any(change.scope is not None for change in changes)
        return self.shared or (adds and not self.made_here)


class ScopeBatches:
    """Turns changes from any thread into as few PATCH requests as can be.

    `read` and `write` take an identifier and return its list of permissions as the tenant answers; `turns`
    waits until the tenant's rate limit lets a reading and a writing go right after each other.
    """

    def __init__(
        self,
        read: Callable[[str], Scopes],
        write: Callable[[str, Scopes], Scopes],
        turns: Callable[[], AbstractContextManager[None]] = nullcontext,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        jitter: Callable[[float, float], float] = random.uniform,
        gather_seconds: float | None = None,
    ) -> None:
        self._read = read
        self._write = write
        self._turns = turns
        self._clock = clock
        self._sleep = sleep
        self._jitter = jitter
        self._gather_seconds = GATHER_SECONDS if gather_seconds is None else gather_seconds
        self._lanes: dict[str, Lane] = {}
        self._lock = threading.Lock()

    def made(self, identifier: str, scopes: Scopes) -> None:
        """An API was created by this process."""
        lane = self._lanes[identifier] = Lane(identifier, made_here=True)
        lane.learn(scopes, self._clock())

    def apply(self, identifier: str, value: str, scope: Scope | None) -> Scope | None:
        """Bring one permission to `scope`, or remove it; returns it as the tenant keeps it.

        Raises what the API refuses, and a ConflictError where another writer undoes it again and again.
        """
        with self._lock:
            lane = self._lanes.setdefault(identifier, Lane(identifier))
        change = Change(value, scope)
        if batch := self._batch_to_write(lane, change):
            try:
                self._commit(lane, batch)
            finally:
                with lane.changed:
                    lane.writing = False
                    lane.changed.notify_all()
        if change.error is not None:
            raise change.error
        return change.kept

    def _batch_to_write(self, lane: Lane, change: Change) -> list[Change]:
        """Hand in `change`: the batch, for this thread to close and write, or nothing once another has."""
        with lane.changed:
            lane.pending.append(change)
            lane.changed.notify_all()
            lane.changed.wait_for(lambda: change.done or not lane.writing)
            if change.done:
                return []
            lane.writing = True
            lane.gather(self._gather_seconds)
            return lane.pending

    def _commit(self, lane: Lane, changes: list[Change]) -> None:
        """Write `changes` and settle each of them. One that Auth0 finds bad does not fail the others."""
        try:
            try:
                kept = _by_value(self._merge(lane, changes))
            finally:
                lane.close(changes)
        except BadRequestError as error:
            if len(changes) > 1:
                for change in changes:
                    self._commit(lane, [change])
                return
            changes[0].error = error
        except Exception as error:  # whatever it is, every thread that waits for it must hear of it
            for change in changes:
                change.error = error
        else:
            for change in changes:
                change.kept = kept.get(change.value)
        for change in changes:
            change.done = True

    def _merge(self, lane: Lane, changes: list[Change]) -> Scopes:
        """Read, merge and write until the list holds `changes`; returns the list."""
        failure: ManagementError | ConnectionFailedError | None = None
        for _ in range(MOST_ROUNDS):
            try:
                with self._turns():
                    lane.close(changes)
                    if self._is_done(lane, changes):
                        return lane.known or []
            except (RateLimitError, ServerError, UnexpectedAnswerError, ConnectionFailedError) as error:
                failure = error
            lane.known_at = float("-inf")
            self._sleep(SETTLE_SECONDS * self._jitter(1, 1.5))
        raise failure or _contended(lane.identifier, changes)

    def _is_done(self, lane: Lane, changes: list[Change]) -> bool:
        """Write `changes` if the list lacks them; whether they are there, and there to stay."""
        found = self._current(lane)
        wanted = merged(found, changes)
        if wanted == found:
            return True
        sent_at = self._clock()
        kept = self._write(lane.identifier, wanted)
        lane.learn(kept, sent_at)
        return merged(kept, changes) == kept and not lane.to_be_checked(changes)

    def _current(self, lane: Lane) -> Scopes:
        now = self._clock()
        if not lane.shared and lane.known is not None and now - lane.known_at <= FRESH_SECONDS:
            return lane.known
        found = self._read(lane.identifier)
        lane.compare(found)
        lane.learn(found, now)
        return found


def merged(found: Scopes, changes: Iterable[Change]) -> Scopes:
    """`found` with `changes` in their order; everything else stays where and as it is."""
    scopes = _by_value(found)
    for change in changes:
        if change.scope is None:
            scopes.pop(change.value, None)
        else:
            scopes[change.value] = change.scope
    return list(scopes.values())


def _by_value(scopes: Scopes) -> dict[str, Scope]:
    return {scope["value"]: scope for scope in scopes}


def _contended(identifier: str, changes: Iterable[Change]) -> ConflictError:
    path = f"/api/v2/resource-servers/{identifier}"
    values = ", ".join(change.value for change in changes)
    return ConflictError(
        f'Could not change the permissions {values} of the API "{identifier}": somebody else writes the '
        f"list of its permissions at the same time, and undid the change {MOST_ROUNDS} times. Let one run "
        "end before the other starts, and run again.",
        status=409,
        method="PATCH",
        path=path,
    )
