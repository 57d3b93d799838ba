"""Staying inside the tenant's rate limit, which all threads of this process share.

Auth0 limits by a token bucket: `x-ratelimit-limit` is its size and `x-ratelimit-remaining` what is left, but
nothing tells how fast it fills (2 a second on a free tenant, 50 on a private cloud; Auth0 docs, "Rate Limit
Configurations"). So the rate is learned: what came back between two answers, over the time between them. The
estimate is a lower bound, and may be: a surplus shows in the next answer's `remaining` and is used at once.
"""

from __future__ import annotations

import math
import random
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

INITIAL_RATE = 1.0
"""Requests a second, until answers tell more: no plan has less."""

LOWEST_RATE = 0.2
LEARN_AFTER_SECONDS = 1.0
RELEARN_AFTER_SECONDS = 10.0
"""An estimate may rise after a second of watching, and fall after ten, when others use the tenant too."""

POLL_SECONDS = 0.02
"""How soon to look again when an answer under way may change what is known."""

ROUNDING_SECONDS = 1e-6

CLEAN_ANSWERS = 100
"""After so many answers without a refusal the distance kept from other users of the tenant shrinks again."""

PLENTY = 100
"""Requests left. Most plans never have as many (Auth0 docs); a sandbox without a plan has a million."""

NOTICE_AFTER_SECONDS = 3.0
NOTICE_EVERY_SECONDS = 10.0


@dataclass
class BucketEstimate:
    """What we know of the tenant's bucket. It has no lock and no clock: every method is told the time."""

    share: float = 1.0
    rate: float = INITIAL_RATE
    limit: int | None = None
    limited: bool = True
    in_flight: int = 0
    blocked_until: float = 0.0
    _sent: int = 0
    _newest: int = 0
    _content: float = 0.0
    _content_at: float = 0.0
    _allowance: float = 1.0
    _allowance_at: float = 0.0
    _distance: float = 0.0
    _clean: int = 0
    _window: _Window | None = None

    def delay(self, now: float, turns: int = 1) -> float:
        """Seconds until so many requests may go right after each other; 0 is now."""
        if now < self.blocked_until:
            return self.blocked_until - now
        if not self.limited:
            return 0.0
        if self.limit is None:  # the first request finds out how much there is, and the others wait for it
            return POLL_SECONDS if self.in_flight else 0.0
        content = min(self.limit, self._content + self.rate * (now - self._content_at)) - self.in_flight
        delay = max(0.0, (min(turns + self._distance, self.limit) - content) / self.rate)
        own = max(0.0, (min(turns, self._own_limit) - self._allowed(now)) / (self.share * self.rate))
        longest = max(own, min(delay, POLL_SECONDS) if self.in_flight else delay)
        return longest if longest > ROUNDING_SECONDS else 0.0

    def take(self, now: float) -> int:
        """Count a request out; returns its ticket."""
        self._allowance, self._allowance_at = self._allowed(now) - 1, now
        self.in_flight += 1
        self._sent += 1
        return self._sent

    def report(self, ticket: int, now: float, limit: int, remaining: int) -> None:
        """Count a granted request back in. Where answers overtake each other the lowest remainder holds."""
        self.in_flight -= 1
        if self.limit is None:
            self._allowance, self._allowance_at = self.share * limit - 1, now
        self.limit = limit
        self._relax()
        if ticket > self._newest or remaining < self._content:
            self._content, self._content_at = remaining, now
        if ticket > self._newest:
            self._newest = ticket
            self._learn(ticket, now, limit, remaining)
        elif self._window:
            self._window.count(ticket)

    def rate_limited(self, ticket: int, now: float, delay: float) -> None:
        """Count a 429 back in: nothing goes out for `delay` seconds, and then with more distance."""
        self.in_flight -= 1
        self._newest = max(self._newest, ticket)
        self._content, self._content_at = 0.0, now
        self.blocked_until = max(self.blocked_until, now + delay)
        self.rate = max(LOWEST_RATE, self.rate * 0.8)
        self._distance = min(self._distance + 1, ((self.limit or 1) - 1) / 2)
        self._clean, self._window = 0, None

    def unanswered(self) -> None:
        """Count a request back in of which no answer came."""
        self.in_flight -= 1

    def unlimited(self) -> None:
        """Count a request back in whose answer says nothing of a limit."""
        self.in_flight -= 1
        self.limited = self.limit is not None

    def give_back(self, now: float) -> None:
        """Count a request back in that was not sent after all."""
        self._allowance, self._allowance_at = self._allowed(now) + 1, now
        self.in_flight -= 1

    @property
    def is_plentiful(self) -> bool:
        """Whether a request more or less makes no difference."""
        return not self.limited or (self.limit is not None and self._content - self.in_flight >= PLENTY)

    @property
    def _own_limit(self) -> float:
        """The size of our own share of the bucket, which lets one request through at least."""
        return max(1.0, self.share * (self.limit or 1))

    def _allowed(self, now: float) -> float:
        """How much of our own share is unused; without end where we may take everything."""
        if self.limit is None or self.share >= 1:
            return math.inf
        grown = self._allowance + self.share * self.rate * (now - self._allowance_at)
        return min(self._own_limit, grown)

    def _relax(self) -> None:
        self._clean += 1
        if self._distance and self._clean >= CLEAN_ANSWERS:
            self._distance, self._clean = max(0.0, self._distance - 1), 0

    def _learn(self, ticket: int, now: float, limit: int, remaining: int) -> None:
        window = self._window
        if window is None:
            self._window = _Window(self._sent, now, remaining)
            return
        window.count(ticket)
        window.was_full |= remaining >= limit - 1
        seconds = now - window.since
        if seconds < LEARN_AFTER_SECONDS:
            return
        # The bucket tells whole tokens, so that the difference of two readings may be one too high: we rather
        # learn a rate that is too low than one that earns a 429.
        rate = (remaining - window.remaining + window.granted - 1) / seconds
        over = seconds >= RELEARN_AFTER_SECONDS
        if rate > self.rate or (over and not window.was_full):  # a full bucket does not show what it gains
            self.rate = max(rate, LOWEST_RATE)
        if over:
            self._window = _Window(self._sent, now, remaining)


@dataclass
class _Window:
    """From one answer on: how much was left then, and how many requests sent since were granted.

    Those under way at that moment are not counted: the answer may have counted them already.
    """

    ticket: int
    since: float
    remaining: int
    granted: int = 0
    was_full: bool = False

    def count(self, ticket: int) -> None:
        self.granted += ticket > self.ticket


def to_stderr(line: str) -> None:
    """Pulumi shows what a provider writes there as information, under the stack's diagnostics."""
    print(line, file=sys.stderr)


@dataclass
class Pacer:
    """Lets the threads of a process go in the order in which they come, as the bucket allows.

    It says so when that takes long.
    """

    bucket: BucketEstimate = field(default_factory=BucketEstimate)
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    notify: Callable[[str], None] = to_stderr
    spread: Callable[[float, float], float] = random.uniform
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _queue: deque[object] = field(default_factory=deque)
    _held: threading.local = field(default_factory=threading.local)
    _answered: int = 0
    _seconds: float = math.inf
    _held_up_since: float | None = None
    _notice_at: float = 0.0

    def acquire(self) -> int:
        """Wait for a turn, unless this thread holds one; returns the ticket to report back with."""
        held: list[int] = getattr(self._held, "tickets", [])
        return held.pop() if held else self._wait(1)[0]

    @contextmanager
    def turns(self, count: int) -> Iterator[None]:
        """Wait for `count` turns: so many requests of this thread inside the block go without waiting again.

        Turns that the block does not use are given back.
        """
        held = self._held.tickets = self._wait(count)
        try:
            yield
        finally:
            self._held.tickets = []
            with self._lock:
                for _ in held:
                    self.bucket.give_back(self.clock())

    def _wait(self, count: int) -> list[int]:
        place, waited = object(), False
        self._queue.append(place)
        try:
            while True:
                with self._lock:
                    now = self.clock()
                    delay = self.bucket.delay(now, count) if self._queue[0] is place else POLL_SECONDS
                    if delay <= 0:
                        if not waited and len(self._queue) == 1:
                            self._held_up_since = None
                        return [self.bucket.take(now) for _ in range(count)]
                    self._tell(now)
                waited = True
                self.sleep(min(delay, NOTICE_AFTER_SECONDS))
        finally:
            self._queue.remove(place)

    @property
    def call_seconds(self) -> float:
        """What a call costs: the seconds that the last one took, or no number of them where few are left."""
        with self._lock:
            return self._seconds if self.bucket.is_plentiful else math.inf

    def answered(
        self, ticket: int, limit: int | None, remaining: int | None, seconds: float = math.inf
    ) -> None:
        """Report an answer that was not a 429, what its headers say, and how long it took."""
        with self._lock:
            self._answered += 1
            self._seconds = seconds
            if limit is None or remaining is None:
                self.bucket.unlimited()
            else:
                self.bucket.report(ticket, self.clock(), limit, remaining)

    def rate_limited(self, ticket: int, delay: float) -> None:
        """Report a 429 that asks for `delay` seconds of quiet. Other processes were told the same."""
        with self._lock:
            self.bucket.rate_limited(ticket, self.clock(), self.spread(delay, delay * 1.25))

    def unanswered(self) -> None:
        """Report that no answer came."""
        with self._lock:
            self.bucket.unanswered()

    def _tell(self, now: float) -> None:
        """Say that the run is held up, once it has been for a while: no request went without waiting."""
        if self._held_up_since is None:
            self._held_up_since, self._notice_at = now, now + NOTICE_AFTER_SECONDS
        if now >= self._notice_at:
            self._notice_at = now + NOTICE_EVERY_SECONDS
            self.notify(
                f"Waiting for Auth0's rate limit, about {self.bucket.rate:.1f} requests a second: "
                f"{_counted(len(self._queue))}, {self._answered} requests answered so far."
            )


def _counted(waiting: int) -> str:
    return "1 operation waits" if waiting == 1 else f"{waiting} operations wait"
