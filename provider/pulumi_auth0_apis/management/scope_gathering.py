"""When a batch of changes to one list is written: once nothing is under way that may still add to it.

The engine sends as many changes at a time as it has workers, of permissions and of everything else, and one
that waits in a batch keeps its worker. Nobody tells how many workers there are, so what was in flight
together is counted. A batch is written as soon as that many wait; or when nothing has come or gone for a
while, because between two changes the engine may write its state. Of several that wait the largest goes
first: its changes make room for others, which may join the rest.

Where others may write the list as well it is looked at again after every write. More changes gather meanwhile
than by waiting before it, so there a batch waits for what joins it, and for nothing else.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pulumi_auth0_apis.management.scope_lane import Lane, ScopeChange

GATHER_SECONDS = 0.2
"""How long nothing may have come or gone before a batch is written, where no other call is under way."""

CALLS_TO_GATHER = 16
"""How many calls' time that is at most, where a call costs nothing but its time. One to Auth0 takes some
50 ms, which changes nothing; to a sandbox, two or three."""

ANSWERS = 4
"""After so many answers it is as long again: the engine writes its state for each, and then sends more."""

LONGEST_REST = 5
"""It is so many times as long at most, and where other calls are under way."""

MOST_OVERTAKING = 4
"""How many times the changes that were ever in flight together may come while a batch waits: it keeps workers
of the engine, and what depends on it waits too."""

FEWEST_IN_FLIGHT = 4
"""Changes that can be expected together: the SDK's provider process has four threads, the plugin more."""


class Gathering:
    """Counts the changes of this process, and holds the batches that wait. Safe to use from any thread.

    `call_seconds` is what a call costs: its time, or no number of seconds where few are left.
    """

    def __init__(
        self,
        seconds: float | None = None,
        call_seconds: Callable[[], float] = lambda: math.inf,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.seconds = GATHER_SECONDS if seconds is None else seconds
        self.changed = threading.Condition()
        """Held while the changes of a lane are touched, and notified of every change that comes or goes."""
        self._call_seconds = call_seconds
        self._clock = clock
        self._waiting: list[Lane] = []
        self._in_flight = 0
        self._most_in_flight = FEWEST_IN_FLIGHT
        self._at_work = 0
        self._came = 0
        self._answered = 0
        """Since one came last."""
        self._moved_at = -math.inf

    @contextmanager
    def one(self, *, may_wait: bool = False) -> Iterator[None]:
        """Count a change as in flight: of a permission, which may wait in a batch, or of anything else."""
        with self.changed:
            self._came += 1
            self._in_flight += 1
            self._most_in_flight = max(self._most_in_flight, self._in_flight)
            self._at_work += not may_wait
            self._answered = 0
            self._move()
        try:
            yield
        finally:
            with self.changed:
                self._in_flight -= 1
                self._at_work -= not may_wait
                self._answered += 1
                self._move()

    def _move(self) -> None:
        self._moved_at = self._clock()
        self.changed.notify_all()

    def batch_to_write(self, lane: Lane, change: ScopeChange) -> list[ScopeChange]:
        """Hand in `change`: the batch, for this thread to close and write, or nothing once another has."""
        with self.changed:
            lane.pending.append(change)
            self.changed.notify_all()
            self.changed.wait_for(lambda: change.done or not lane.writing)
            if change.done:
                return []
            lane.writing = True
            seconds = min(self.seconds, CALLS_TO_GATHER * self._call_seconds())
            if lane.is_ours_alone:
                self._wait_for_rest(lane, seconds)
            else:
                self._wait_for_joining(lane, seconds)
            return lane.pending

    def _wait_for_joining(self, lane: Lane, seconds: float) -> None:
        """Wait until the batch has as many changes as can come, or nothing has joined it for so long."""
        seen = 0

        def has_grown() -> bool:
            return len(lane.pending) > seen

        while has_grown() and len(lane.pending) < self._most_in_flight:
            seen = len(lane.pending)
            self.changed.wait_for(has_grown, seconds)

    def _wait_for_rest(self, lane: Lane, seconds: float) -> None:
        """Wait until nothing more is to be expected, and the batch is the largest that waits."""
        came, most = self._came, self._most_in_flight
        self._waiting.append(lane)
        while self._came - came < MOST_OVERTAKING * self._most_in_flight:
            left = self._seconds_left(lane, seconds, most)
            if left <= 0:
                break
            self.changed.wait(left)
        self._waiting.remove(lane)
        self._move()

    def _seconds_left(self, lane: Lane, seconds: float, most: int) -> float:
        """How long a batch has to wait unless something comes or goes meanwhile.

        `most` were in flight together before it began to: as many as wait by then are all that can come.
        """
        sizes = [len(each.pending) for each in self._waiting]
        if sum(sizes) >= self._most_in_flight == most:
            left = 0.0
        else:
            times = LONGEST_REST if self._at_work else min(1 + self._answered / ANSWERS, LONGEST_REST)
            left = self._moved_at + times * seconds - self._clock()
        is_largest = len(lane.pending) == max(sizes)
        return left if is_largest or left > 0 else seconds

    def close(self, lane: Lane, batch: list[ScopeChange]) -> None:
        """Let nothing join `batch` any more."""
        with self.changed:
            if lane.pending is batch:
                lane.pending = []

    @contextmanager
    def writing(self, lane: Lane) -> Iterator[None]:
        """Write to the list of `lane`, once nobody else of this process does."""
        with self.changed:
            self.changed.wait_for(lambda: not lane.writing)
            lane.writing = True
        try:
            yield
        finally:
            self.release(lane)

    def release(self, lane: Lane) -> None:
        """Let the next batch of `lane` be written."""
        with self.changed:
            lane.writing = False
            self.changed.notify_all()
