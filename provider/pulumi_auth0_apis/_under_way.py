"""The changes that this process is carrying out, so that one may wait for another that it needs.

The engine orders changes by what programs say depends on what. A program that names an API by a literal, as
all do that `pulumi import` writes, says nothing: then an API, its permissions and its grants are made at the
same time, some before the API is there; and when they go, the API is still granted by what is about to go.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class ChangesUnderWay:
    """Counts the changes of one sort. Safe to use from any thread.

    `patience` is how many seconds the engine may take to send the next one when all here are waiting; None
    lets nobody wait.
    """

    def __init__(self, patience: float | None) -> None:
        self._patience = patience
        # Not an RLock: the SDK pickles providers by dill, which brings one back as held for ever.
        self._changed = threading.Condition(threading.Lock())
        self._working = 0
        self._ended = 0

    @contextmanager
    def one(self) -> Iterator[Callable[[], bool]]:
        """Carry one out. The function waits until another has ended; False where none is left to wait for."""
        with self._changed:
            self._working += 1
            seen = self._ended

        def another_ended() -> bool:
            nonlocal seen
            with self._changed:
                self._leave()
                has_ended = self._wait_for_end(seen)
                seen = self._ended
                self._working += 1
                return has_ended

        try:
            yield another_ended
        finally:
            with self._changed:
                self._ended += 1
                self._leave()

    def _leave(self) -> None:
        self._working -= 1
        self._changed.notify_all()

    def _wait_for_end(self, seen: int) -> bool:
        if self._patience is None:
            return False
        while self._ended == seen:
            if self._working:
                self._changed.wait()
            elif not self._changed.wait_for(lambda: self._working or self._ended != seen, self._patience):
                return False
        return True
