"""Writing single permissions into the one list that an API keeps of them.

The Management API replaces the list whole and has no conditional write, so whoever reads, changes and writes
it back overwrites what others wrote in between. Three things keep every permission:

- Changes of one API that are in flight together become one PATCH, so threads of this process never compete.
  When it is written `scope_gathering` says.
- A PATCH is merged into a list read just before; it is never repeated blindly, and the rate limit never comes
  between the reading and the writing.
- Where another hand may write as well, the list is read again after a pause in which any write that was based
  on an older list has landed, and what got lost is merged again, a bounded number of times.

The pause is left out where more changes of the list wait, which see to it, and for an API that this process
made itself, until its list changes without us. Instead, whenever this process reads a list for a later change
it takes back what was undone; and now and then, at the price of one call in WRITES_PER_LOOK, a later write
looks at all lists that nobody has seen since. What nobody looks at any more, because the run has ended, can
be undone by an edit that began before.

An edit by somebody who does not look again afterwards is safe unless it falls between our reading and our
writing.
"""

from __future__ import annotations

import math
import random
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress

from pulumi_auth0_apis.errors import (
    Auth0ApisError,
    BadRequestError,
    ConnectionFailedError,
    ContendedError,
    ManagementError,
    RateLimitError,
    ServerError,
    UnexpectedAnswerError,
)
from pulumi_auth0_apis.management.scope_gathering import Gathering
from pulumi_auth0_apis.management.scope_lane import Lane, Scope, ScopeChange, ScopeList, merged

FRESH_SECONDS = 0.5
"""A list of this age or less is written back without reading it again."""

SETTLE_SECONDS = 0.75
"""After so long a write based on an older list has landed: it was sent within FRESH_SECONDS, plus the way."""

MOST_ROUNDS = 8
"""How often a batch is merged and written before it gives up against another writer."""

WRITES_PER_LOOK = 50
"""Writes of this process that are worth a call which looks at lists that were written long enough ago."""


class ScopeBatches:
    """Turns changes from any thread into as few PATCH requests as can be.

    `read` and `write` take an identifier and return its list of permissions as the tenant answers; `turns`
    waits until the tenant's rate limit lets a reading and a writing go right after each other; `look` yields
    the lists of APIs as they are now, one call after the other, and `tell` says something to people.
    `gathering` knows what else is under way.
    """

    def __init__(
        self,
        read: Callable[[str], ScopeList],
        write: Callable[[str, ScopeList], ScopeList],
        turns: Callable[[], AbstractContextManager[None]] = nullcontext,
        look: Callable[[AbstractSet[str]], Iterable[Mapping[str, ScopeList]]] = lambda _: (),
        tell: Callable[[str], None] = lambda _: None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        jitter: Callable[[float, float], float] = random.uniform,
        gathering: Gathering | None = None,
    ) -> None:
        self._read = read
        self._write = write
        self._turns = turns
        self._look = look
        self._tell = tell
        self._clock = clock
        self._sleep = sleep
        self._jitter = jitter
        self._gathering = gathering or Gathering()
        self._lanes: dict[str, Lane] = {}
        self._lock = threading.Lock()
        self._writes = 0
        self._looks = 0

    def made(self, identifier: str, scopes: ScopeList) -> None:
        """An API was created by this process."""
        self.listed(identifier, scopes)
        self._lanes[identifier].made_here = True

    def listed(self, identifier: str, scopes: ScopeList) -> None:
        """The whole list of an API was written by this process."""
        with self._lock:
            lane = self._lanes[identifier] = Lane(identifier, unseen=bool(scopes))
        lane.settle([ScopeChange(scope["value"], scope) for scope in scopes], scopes)
        lane.learn(scopes, self._clock())

    def look_after(self) -> None:
        """Before a write: take back what somebody undid of earlier ones, where that may be worth a look."""
        due = {lane.identifier: lane for lane in self._due()}
        with suppress(ManagementError, ConnectionFailedError):  # nobody has asked for it
            for lists in self._look(due.keys()) if due else ():
                self._count_look()
                for identifier in due.keys() & lists.keys():
                    lane = due.pop(identifier)
                    if lane.undone(lists[identifier]):
                        self._take_back(lane)
                if not due:
                    return

    def _count_look(self) -> None:
        with self._lock:
            self._looks += 1

    def _due(self) -> list[Lane]:
        """The lists to be looked at now, marked as seen; none as long as that would cost too many calls."""
        with self._lock:
            self._writes += 1
            if self._looks * WRITES_PER_LOOK > self._writes:
                return []
            settled = self._clock() - SETTLE_SECONDS
            lanes = self._lanes.values()
            due = [each for each in lanes if each.unseen and not each.writing and each.known_at <= settled]
            for lane in due:
                lane.unseen = False
            return due

    def _take_back(self, lane: Lane) -> None:
        """Write again what is undone in the list as it is now."""
        try:
            with self._gathering.writing(lane):
                lane.shared = True
                self._merge(lane, [])
        except Auth0ApisError as error:
            self._tell(
                f"Somebody else wrote an older list of permissions to the API {lane.identifier}, without "
                f"what this run has changed, and that could not be changed again: {error}"
            )

    @contextmanager
    def change(self) -> Iterator[None]:
        """Around a change of whatever kind: look after earlier ones, and let batches wait for it."""
        self.look_after()
        with self._gathering.one():
            yield

    def apply(self, identifier: str, value: str, scope: Scope | None) -> Scope | None:
        """Bring one permission to `scope`, or remove it; returns it as the tenant keeps it.

        Raises what the API refuses, and a ContendedError where another writer undoes it again and again.
        """
        change = ScopeChange(value, scope)
        with self._gathering.one(may_wait=True):
            with self._lock:
                lane = self._lanes.setdefault(identifier, Lane(identifier))
            if batch := self._gathering.batch_to_write(lane, change):
                try:
                    self._commit(lane, batch)
                finally:
                    self._gathering.release(lane)
        if change.error is not None:
            raise change.error
        return change.kept

    def _commit(self, lane: Lane, changes: list[ScopeChange]) -> None:
        """Write `changes` and settle each of them. One that Auth0 finds bad does not fail the others."""
        try:
            try:
                self.look_after()
                kept = self._merge(lane, changes)
            finally:
                self._gathering.close(lane, changes)
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
            lane.settle(changes, kept)
        for change in changes:
            change.done = True

    def _merge(self, lane: Lane, changes: list[ScopeChange]) -> ScopeList:
        """Read, merge and write until the list holds `changes`; returns the list."""
        failure: ManagementError | ConnectionFailedError | None = None
        for _ in range(MOST_ROUNDS):
            try:
                with self._turns():
                    self._gathering.close(lane, changes)
                    if self._is_done(lane, changes):
                        return lane.known or []
            except (RateLimitError, ServerError, UnexpectedAnswerError, ConnectionFailedError) as error:
                failure = error
            lane.known_at = -math.inf
            self._sleep(SETTLE_SECONDS * self._jitter(1, 1.5))
        raise failure or _contended(lane.identifier, changes)

    def _is_done(self, lane: Lane, changes: list[ScopeChange]) -> bool:
        """Write `changes` if the list lacks them; whether they are there, and there to stay."""
        found = self._current(lane)
        lane.note(changes, found)
        undone = lane.undone(found)
        wanted = merged(found, [*undone, *changes])
        if wanted == found:
            return True
        sent_at = self._clock()
        kept = self._write(lane.identifier, wanted)
        lane.learn(kept, sent_at)
        lane.unseen = True
        self._insist(lane, undone)
        return merged(kept, changes) == kept and not lane.to_be_checked()

    def _insist(self, lane: Lane, undone: list[ScopeChange]) -> None:
        """Say what was undone, and remember that it was."""
        for change in undone:
            change.again = True
        if undone:
            self._tell(
                f"Somebody else wrote an older list of permissions to the API {lane.identifier}, without "
                f"what this run has changed; changed again: {', '.join(each.value for each in undone)}."
            )

    def _current(self, lane: Lane) -> ScopeList:
        now = self._clock()
        if not lane.shared and lane.known is not None and now - lane.known_at <= FRESH_SECONDS:
            return lane.known
        found = self._read(lane.identifier)
        lane.compare(found)
        lane.unseen &= now - lane.known_at < SETTLE_SECONDS
        lane.learn(found, now)
        return found


def _contended(identifier: str, changes: Iterable[ScopeChange]) -> ContendedError:
    values = ", ".join(change.value for change in changes)
    return ContendedError(
        f'Could not change the permissions {values} of the API "{identifier}": somebody else writes the '
        f"list of its permissions at the same time, and undid the change {MOST_ROUNDS} times.",
        "Let one run end before the other starts, and run again.",
    )
