"""Time as the tenant sees it; a test gives its own, so that nothing ever sleeps."""

from __future__ import annotations

from collections.abc import Callable

Clock = Callable[[], float]
"""Seconds since the epoch."""


class ManualClock:
    """A clock that moves only when told to.

    >>> clock = ManualClock(1_000)
    >>> clock.advance(30)
    >>> clock()
    1030.0
    """

    def __init__(self, now: float = 1_800_000_000) -> None:
        self._now = float(now)

    def __call__(self) -> float:
        return self._now

    def advance(self, seconds: float) -> None:
        """Let this many seconds pass."""
        self._now += seconds
