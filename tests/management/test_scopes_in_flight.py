"""Changes of several threads to one list: they share requests, and none waits for another without need."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from pulumi_auth0_apis.emulator import Sandbox
from pulumi_auth0_apis.errors import (
    BadRequestError,
    ManagementError,
)
from pulumi_auth0_apis.management.scope_batches import ScopeBatches
from pulumi_auth0_apis.management.scope_gathering import FEWEST_IN_FLIGHT, Gathering
from pulumi_auth0_apis.management.scope_lane import Lane, Scope, ScopeList
from pulumi_auth0_apis.management.session import Session

from .conftest import calls
from .scope_list import API, Tenant, refusal, scopes, write

HOUR = 3600.0
"""Longer than a test may take: a batch that is full waits for nothing."""
Jitter = Callable[[float, float], float]


@pytest.fixture
def tenant() -> Tenant:
    return Tenant()


def at_once(batches: ScopeBatches, values: list[str]) -> list[Exception | None]:
    """Write all of `values` from as many threads; returns what came of each."""
    together = threading.Barrier(len(values))

    def change(value: str) -> Exception | None:
        together.wait()
        try:
            write(batches, value)
        except ManagementError as error:
            return error
        return None

    with ThreadPoolExecutor(len(values)) as threads:
        return list(threads.map(change, values))


def test_changes_in_flight_together_are_one_patch(tenant: Tenant) -> None:
    """Four threads that change one API share one call."""
    batches = tenant.batches(gather_seconds=HOUR)
    batches.made(API, [])
    assert at_once(batches, ["a", "b", "c", "d"]) == [None] * 4
    assert sorted(tenant.values) == ["a", "b", "c", "d"]
    assert tenant.log == ["PATCH"]


def test_a_batch_stays_open_until_its_request_may_go(tenant: Tenant) -> None:
    """What comes while the rate limit holds the batch up still joins it."""
    with ThreadPoolExecutor(1) as threads:

        @contextmanager
        def turns() -> Iterator[None]:
            threads.submit(batches.apply, API, "b", {"value": "b"})
            lane = batches._lanes[API]
            with batches._gathering.changed:
                assert batches._gathering.changed.wait_for(lambda: len(lane.pending) == 2, 30)
            yield

        batches = ScopeBatches(tenant.read, tenant.write, turns, gathering=Gathering(0))
        batches.made(API, [])
        write(batches, "a")
    assert tenant.values == ["a", "b"]
    assert tenant.log == ["PATCH"]


def test_a_change_that_comes_while_the_list_is_written_goes_next(tenant: Tenant) -> None:
    """A batch takes nothing in once its request is made."""
    with ThreadPoolExecutor(1) as threads:

        def slow(identifier: str, wanted: ScopeList) -> ScopeList:
            if not tenant.log:
                threads.submit(batches.apply, API, "b", {"value": "b"})
                lane = batches._lanes[API]
                with batches._gathering.changed:
                    assert batches._gathering.changed.wait_for(
                        lambda: [each.value for each in lane.pending][-1:] == ["b"], 30
                    )
            return tenant.write(identifier, wanted)

        batches = ScopeBatches(tenant.read, slow, gathering=Gathering(0))
        batches.made(API, [])
        write(batches, "a")
    assert tenant.values == ["a", "b"]
    assert tenant.log == ["PATCH", "PATCH"]


def test_the_list_is_read_after_the_wait_for_the_rate_limit(tenant: Tenant) -> None:
    """Nothing waits between reading and writing: what others wrote while a request was held up stays."""

    @contextmanager
    def turns() -> Iterator[None]:
        tenant.pause(2)
        yield

    tenant.hands = [lambda: tenant.kept.append({"value": "theirs"})]
    batches = tenant.batches(turns=turns)
    batches.made(API, [])
    write(batches, "ours")
    assert tenant.values == ["theirs", "ours"]


def test_one_bad_permission_does_not_fail_the_others(tenant: Tenant) -> None:
    """What Auth0 refuses in a batch is found by writing one at a time, and told to its owner alone."""

    def picky(identifier: str, wanted: ScopeList) -> ScopeList:
        if any(scope["value"] == "bad" for scope in wanted):
            raise refusal(BadRequestError)
        return tenant.write(identifier, wanted)

    batches = ScopeBatches(tenant.read, picky, gathering=Gathering(HOUR))
    batches.made(API, [])
    outcomes = at_once(batches, ["a", "b", "bad", "c"])
    assert [type(outcome) for outcome in outcomes] == [type(None), type(None), BadRequestError, type(None)]
    assert sorted(tenant.values) == ["a", "b", "c"]


def test_of_two_that_go_together_the_bad_one_alone_fails(tenant: Tenant) -> None:
    """The good one is written, whoever writes the batch."""
    with ThreadPoolExecutor(1) as threads:
        waiting: list[Future[Scope | None]] = []

        @contextmanager
        def turns() -> Iterator[None]:
            if not waiting:
                waiting.append(threads.submit(write, batches, "good"))
                lane = batches._lanes[API]
                with batches._gathering.changed:
                    assert batches._gathering.changed.wait_for(lambda: len(lane.pending) == 2, 30)
            yield

        def picky(identifier: str, wanted: ScopeList) -> ScopeList:
            if any(scope["value"] == "bad" for scope in wanted):
                raise refusal(BadRequestError)
            return tenant.write(identifier, wanted)

        batches = ScopeBatches(tenant.read, picky, turns, gathering=Gathering(0))
        batches.made(API, [])
        with pytest.raises(BadRequestError):
            write(batches, "bad")
        assert waiting[0].result(30) == {"value": "good"}
    assert tenant.values == ["good"]


def test_a_change_that_got_no_turn_is_not_written_later(tenant: Tenant) -> None:
    """Who asked for it was told of the failure; the next change goes by itself."""
    failures = [ValueError("no turn")]

    @contextmanager
    def turns() -> Iterator[None]:
        if failures:
            raise failures.pop()
        yield

    batches = tenant.batches(turns=turns)
    batches.made(API, [])
    with pytest.raises(ValueError, match="no turn"):
        write(batches, "a")
    write(batches, "b")
    assert tenant.values == ["b"]


def test_apis_do_not_wait_for_each_other(tenant: Tenant) -> None:
    """While one API is written, changes of another go through."""
    entered, leave = threading.Event(), threading.Event()

    def slow(identifier: str, wanted: ScopeList) -> ScopeList:
        if identifier == "slow":
            entered.set()
            assert leave.wait(30)
        return wanted

    batches = ScopeBatches(tenant.read, slow, gathering=Gathering(0))
    batches.made("slow", [])
    batches.made("quick", [])
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(batches.apply, "slow", "a", {"value": "a"})
        assert entered.wait(30)
        assert batches.apply("quick", "a", {"value": "a"}) == {"value": "a"}
        leave.set()
        assert waiting.result(30) == {"value": "a"}


def test_a_whole_api_costs_few_calls(sandbox: Sandbox, session: Session) -> None:
    """Eight permissions from four threads are two PATCH requests, on an API made here."""
    session.resource_servers.create({"identifier": API})
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda n: session.scopes.write(API, f"read:{n}", None), range(8)))
    assert calls(sandbox)["PATCH /resource-servers/{id}"] in (2, 3)


def test_batches_that_follow_each_other_are_checked_once(tenant: Tenant) -> None:
    """The last one sees to all of them: what an older edit undid of the first is taken back."""
    batches = tenant.batches(gather_seconds=0.5)
    lane = batches._lanes[API] = Lane(API)
    waiting: list[Future[Scope | None]] = []

    def write_while_others_wait(identifier: str, wanted: ScopeList) -> ScopeList:
        if tenant.log == ["GET"]:
            waiting.extend(threads.submit(write, batches, value) for value in "efgh")
            with batches._gathering.changed:
                batches._gathering.changed.wait_for(lambda: len(lane.pending) == FEWEST_IN_FLIGHT, timeout=30)
        return Tenant.write(tenant, identifier, wanted)

    tenant.hands = [lambda: setattr(tenant, "kept", scopes("theirs"))]
    batches._write = write_while_others_wait
    with ThreadPoolExecutor(2 * FEWEST_IN_FLIGHT) as threads:
        waiting += [threads.submit(write, batches, value) for value in "abcd"]
        assert waiting[0].result()  # the others have been handed in by then
        assert all(one.result() for one in waiting)
    assert sorted(tenant.values) == ["a", "b", "c", "d", "e", "f", "g", "h", "theirs"]
    assert tenant.log == ["GET", "PATCH", "PATCH", "GET", "PATCH", "GET"]


def test_permissions_may_wait_and_other_changes_are_waited_for(tenant: Tenant) -> None:
    """A batch that counted as what is at work would wait for itself."""
    asked: list[bool] = []

    class Counting(Gathering):
        @contextmanager
        def one(self, *, may_wait: bool = False) -> Iterator[None]:
            asked.append(may_wait)
            with super().one(may_wait=may_wait):
                yield

    batches = ScopeBatches(tenant.read, tenant.write, gathering=Counting(0))
    with batches.change():
        write(batches, "a")
    assert asked == [False, True]
