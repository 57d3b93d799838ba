"""When a batch of changes is written, and with which of them. No test waits for time to pass."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager

import pytest

from pulumi_auth0_apis.management.scope_batches import ScopeBatches
from pulumi_auth0_apis.management.scope_gathering import (
    ANSWERS,
    FEWEST_IN_FLIGHT,
    GATHER_SECONDS,
    LONGEST_REST,
    MOST_OVERTAKING,
    Gathering,
)
from pulumi_auth0_apis.management.scope_lane import Lane, Scope, ScopeChange, ScopeList

from .conftest import Clock

HOUR = 3600.0
"""Longer than a test may take: what ends earlier has not waited for the time to pass."""


class Lists:
    """The permissions of two APIs that this process has made; `written` is how many each PATCH has added."""

    def __init__(self, gathering: Gathering) -> None:
        self.kept: dict[str, ScopeList] = {"a": [], "b": []}
        self.written: list[tuple[str, int]] = []
        self.gathering = gathering
        self.batches = ScopeBatches(self._read, self._write, gathering=gathering)
        for identifier in self.kept:
            self.batches.made(identifier, [])
        self.threads = ThreadPoolExecutor(16)

    def _read(self, identifier: str) -> ScopeList:
        return list(self.kept[identifier])

    def _write(self, identifier: str, wanted: ScopeList) -> ScopeList:
        self.written.append((identifier, len(wanted) - len(self.kept[identifier])))
        self.kept[identifier] = wanted
        return list(wanted)

    def add(self, identifier: str, *values: str) -> list[Future[Scope | None]]:
        """Hand in as many changes, and wait until each waits in a batch or has been written."""
        added = [
            self.threads.submit(self.batches.apply, identifier, value, {"value": value}) for value in values
        ]
        lane = self.batches._lanes[identifier]
        with self.gathering.changed:
            assert self.gathering.changed.wait_for(
                lambda: all(
                    one.done() or any(change.value == value for change in lane.pending)
                    for one, value in zip(added, values, strict=True)
                ),
                30,
            )
        return added


@contextmanager
def lists(gathering: Gathering) -> Iterator[Lists]:
    made = Lists(gathering)
    with made.threads:
        yield made


def lane(identifier: str, pending: int) -> Lane:
    """An API made here, for which so many changes wait."""
    return Lane(identifier, made_here=True, pending=[ScopeChange(str(n), {}) for n in range(pending)])


def test_a_batch_waits_while_something_else_is_under_way() -> None:
    """Three permissions and a grant fill four threads; the thread that the grant had brings the fourth."""
    with lists(Gathering(HOUR)) as tenant:
        with tenant.batches.change():
            added = tenant.add("a", "1", "2", "3")
            assert (tenant.written, tenant.gathering._at_work) == ([], 1)
        added += tenant.add("a", "4")
        assert [one.result(30) for one in added] == [{"value": value} for value in "1234"]
    assert tenant.written == [("a", 4)]


def test_the_largest_batch_goes_first() -> None:
    """What waits for another API gets the changes that come into the room that it makes."""
    with lists(Gathering(HOUR)) as tenant:
        tenant.add("b", "1")
        for one in tenant.add("a", "1", "2", "3"):
            one.result(30)
        assert tenant.written == [("a", 3)]
        for one in tenant.add("b", "2", "3", "4"):
            one.result(30)
    assert tenant.written == [("a", 3), ("b", 4)]


def test_a_batch_is_not_overtaken_for_ever() -> None:
    """However many other changes there are, one that depends on a permission gets its turn."""
    with lists(Gathering(HOUR)) as tenant:
        for _ in range(FEWEST_IN_FLIGHT):
            with tenant.batches.change():
                pass
        (added,) = tenant.add("a", "1")
        for _ in range(MOST_OVERTAKING * FEWEST_IN_FLIGHT - 1):
            with tenant.batches.change():
                pass
        assert not added.done()
        with tenant.batches.change():
            pass
        assert added.result(30) == {"value": "1"}


def test_a_batch_is_written_once_nothing_comes_any_more() -> None:
    """A single permission waits for a moment, and not for others that may never come."""
    with lists(Gathering(0.001)) as tenant:
        (added,) = tenant.add("a", "1")
        assert added.result(30) == {"value": "1"}
    assert tenant.gathering._waiting == []


def test_a_list_that_others_may_write_waits_for_nothing_else() -> None:
    """Changes of it gather while it is looked at again after each write: holding it longer costs more."""
    gathering = Gathering(0.001, clock=Clock())  # on which nothing ever rests
    tenant = Lists(gathering)
    tenant.batches._lanes["a"].made_here = False
    tenant.batches._sleep = lambda _: None
    with tenant.threads, tenant.batches.change():
        (added,) = tenant.add("a", "1")
        assert added.result(30) == {"value": "1"}


def test_a_full_batch_of_a_list_that_others_may_write_waits_for_nothing() -> None:
    """As many as were ever in flight together are all that can join it."""
    tenant = Lists(Gathering(HOUR))
    tenant.batches._lanes["a"].made_here = False
    tenant.batches._sleep = lambda _: None
    with tenant.threads:
        for one in tenant.add("a", "1", "2", "3", "4"):
            one.result(30)
    assert tenant.written == [("a", FEWEST_IN_FLIGHT)]


def test_one_may_say_how_long_a_batch_waits() -> None:
    """Otherwise it is as long as the engine may take between two changes."""
    assert (Gathering(0.5).seconds, Gathering().seconds) == (0.5, GATHER_SECONDS)


def test_more_at_a_time_are_found_out(clock: Clock) -> None:
    """A batch that began when fewer were in flight does not know yet how many there can be."""
    gathering = Gathering(1.0, clock=clock)
    waiting = lane("a", FEWEST_IN_FLIGHT + 1)
    gathering._waiting = [waiting]
    with ExitStack() as changes:
        for _ in waiting.pending:
            changes.enter_context(gathering.one(may_wait=True))
        most = len(waiting.pending)
        assert gathering._seconds_left(waiting, 1.0, most - 1) == 1.0
        assert gathering._seconds_left(waiting, 1.0, most) == 0.0
        smaller = lane("b", most - 1)
        assert gathering._seconds_left(smaller, 1.0, most) == 1.0, "another one is larger"
        clock.now += 0.25
        assert gathering._seconds_left(smaller, 1.0, most - 1) == 0.75


@pytest.mark.parametrize(
    ("answered", "times"), [(0, 1), (ANSWERS, 2), (2 * ANSWERS, 3), (100 * ANSWERS, LONGEST_REST)]
)
def test_the_engine_has_time_to_write_its_state(clock: Clock, answered: int, times: int) -> None:
    """It does so for each answer before it sends the next change."""
    gathering = Gathering(1.0, clock=clock)
    waiting = lane("a", 1)
    gathering._waiting = [waiting]
    with gathering.one(may_wait=True):
        with ExitStack() as others:
            for _ in range(answered):
                others.enter_context(gathering.one(may_wait=True))
        clock.now += 0.25
        assert gathering._seconds_left(waiting, 1.0, 0) == times - 0.25
        with gathering.one(may_wait=True):
            assert gathering._seconds_left(waiting, 1.0, 0) == 1.0, "it has sent one"


def test_a_call_that_takes_long_holds_nothing_up(clock: Clock) -> None:
    """A batch waits while another call is under way, but not until that has failed for the last time."""
    gathering = Gathering(1.0, clock=clock)
    waiting = lane("a", 1)
    gathering._waiting = [waiting]
    with gathering.one():
        assert gathering._seconds_left(waiting, 1.0, 0) == LONGEST_REST
        clock.now += LONGEST_REST
        assert gathering._seconds_left(waiting, 1.0, 0) == 0
    assert gathering._seconds_left(waiting, 1.0, 0) == 1 + 1 / ANSWERS


@pytest.mark.parametrize(
    ("call_seconds", "waited"),
    [(0.0, 0.0), (0.001, 0.016), (0.05, GATHER_SECONDS), (math.inf, GATHER_SECONDS)],
)
@pytest.mark.parametrize(
    ("made_here", "way"), [(True, "_wait_for_rest"), (False, "_wait_for_joining")], ids=["ours", "others'"]
)
def test_a_batch_waits_no_longer_than_a_call_is_worth(
    monkeypatch: pytest.MonkeyPatch, made_here: bool, way: str, call_seconds: float, waited: float
) -> None:
    """On a sandbox, whose calls cost nothing but their milliseconds, a test is not held up."""
    waits: list[float] = []
    monkeypatch.setattr(Gathering, way, lambda _self, _lane, seconds: waits.append(seconds))
    gathering = Gathering(call_seconds=lambda: call_seconds)
    change = ScopeChange("read", {"value": "read"})
    assert gathering.batch_to_write(Lane("a", made_here=made_here), change) == [change]
    assert waits == [waited]


def test_a_failure_is_counted_as_an_answer() -> None:
    """A change that failed is in flight no more."""
    gathering = Gathering(HOUR)
    with pytest.raises(ValueError, match="no"), gathering.one():
        raise ValueError("no")
    assert (gathering._in_flight, gathering._at_work, gathering._answered) == (0, 0, 1)


def test_one_writes_at_a_time() -> None:
    """Whoever takes back what was undone waits for the batch that is being written."""
    gathering, busy, order = Gathering(0), Lane("a"), list[str]()
    entered = threading.Event()

    def write() -> None:
        entered.set()
        with gathering.writing(busy):
            order.append("second")

    with ThreadPoolExecutor(1) as threads:
        with gathering.writing(busy):
            waiting = threads.submit(write)
            assert entered.wait(30)
            order.append("first")
        waiting.result(30)
    assert order == ["first", "second"]
    assert not busy.writing
