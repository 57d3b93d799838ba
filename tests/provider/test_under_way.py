"""A change that needs another one waits for it, and for nothing else."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from pulumi_auth0_apis._under_way import ChangesUnderWay

SECONDS = 30


def test_alone_there_is_nothing_to_wait_for() -> None:
    """The refusal stands at once."""
    with ChangesUnderWay(0).one() as another_ended:
        assert not another_ended()


def test_one_that_works_is_waited_for_once() -> None:
    """When it has ended there is a reason to look again, and then none."""
    removals, begun, go_on = ChangesUnderWay(0), threading.Event(), threading.Event()

    def work() -> None:
        with removals.one():
            begun.set()
            assert go_on.wait(SECONDS)

    with ThreadPoolExecutor(2) as threads, removals.one() as another_ended:
        threads.submit(work)
        assert begun.wait(SECONDS)
        waiting = threads.submit(another_ended)
        go_on.set()
        assert waiting.result(SECONDS)
        assert not another_ended()


def test_two_that_wait_do_not_wait_for_each_other() -> None:
    """Both are refused, as both would wait for ever; the end of the first lets the second look again."""
    removals, barrier = ChangesUnderWay(0), threading.Barrier(2)

    def remove() -> list[bool]:
        with removals.one() as another_ended:
            barrier.wait(SECONDS)
            asked = [another_ended()]
            while asked[-1]:
                asked.append(another_ended())
            return asked

    with ThreadPoolExecutor(2) as threads:
        asked = [threads.submit(remove) for _ in range(2)]
        assert [False] in [each.result(SECONDS) for each in asked]


def test_the_next_one_is_waited_for() -> None:
    """The engine may send what solves it a moment later."""
    removals, waits = ChangesUnderWay(SECONDS), threading.Event()

    def wait() -> bool:
        with removals.one() as another_ended:
            waits.set()
            return another_ended()

    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(wait)
        assert waits.wait(SECONDS)
        with removals.one():
            pass
        assert waiting.result(SECONDS)


def test_without_patience_nobody_waits() -> None:
    """Not for one that works either."""
    changes = ChangesUnderWay(None)
    with changes.one(), changes.one() as another_ended:
        assert not another_ended()
