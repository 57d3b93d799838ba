"""How requests are held to the tenant's rate limit. Time is simulated: nothing here waits."""

from __future__ import annotations

import heapq
import math
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import pytest

from pulumi_auth0_apis.management.pacing import (
    CLEAN_ANSWERS,
    INITIAL_RATE,
    LOWEST_RATE,
    POLL_SECONDS,
    BucketEstimate,
)

THREADS = 4
WAY_SECONDS = 0.025

PLANS = {"free": (2, 2.0), "self-service": (10, 2.5), "enterprise-dev": (10, 2.0), "enterprise": (50, 16.0)}
"""Bucket size and refill a second (Auth0 docs, "Rate Limit Configurations")."""


@dataclass
class Tenant:
    """Auth0's bucket."""

    size: int
    per_second: float
    content: float = field(init=False)
    at: float = 0.0
    granted: int = 0
    refused: int = 0

    def __post_init__(self) -> None:
        self.content = self.size

    def take(self, now: float) -> bool:
        self.content = min(self.size, self.content + self.per_second * (now - self.at))
        self.at = now
        allowed = self.content >= 1
        self.content -= allowed
        self.granted += allowed
        self.refused += not allowed
        return allowed

    def reset(self, now: float) -> float:
        return math.ceil(now + (self.size - self.content) / self.per_second) - now


@dataclass
class Simulation:
    """Processes of four threads with `requests` to make on one tenant. Answers overtake each other."""

    tenant: Tenant
    requests: int
    buckets: list[BucketEstimate]
    events: list[tuple[float, int, Callable[[float], None]]] = field(default_factory=list)
    chance: random.Random = field(default_factory=lambda: random.Random(1))
    ended_at: float = 0.0
    _order: int = 0

    def run(self) -> None:
        for process, bucket in enumerate(self.buckets):
            for _ in range(THREADS):
                self._at(process * 0.1, partial(self._try, bucket))
        while self.events:
            now, _, happen = heapq.heappop(self.events)
            happen(now)

    def _at(self, when: float, happen: Callable[[float], None]) -> None:
        self._order += 1
        heapq.heappush(self.events, (when, self._order, happen))

    def _on_its_way(self) -> float:
        return WAY_SECONDS * self.chance.uniform(0.5, 1.5)

    def _try(self, bucket: BucketEstimate, now: float) -> None:
        if self.requests <= 0:
            return
        delay = bucket.delay(now)
        if delay > 0:
            self._at(now + delay, lambda later: self._try(bucket, later))
            return
        self.requests -= 1
        ticket = bucket.take(now)
        self._at(now + self._on_its_way(), lambda later: self._arrive(bucket, ticket, later))

    def _arrive(self, bucket: BucketEstimate, ticket: int, now: float) -> None:
        allowed, left = self.tenant.take(now), int(self.tenant.content)
        reset = self.tenant.reset(now)
        self._at(
            now + self._on_its_way(), lambda later: self._answer(bucket, ticket, later, left, allowed, reset)
        )

    def _answer(
        self, bucket: BucketEstimate, ticket: int, now: float, left: int, allowed: bool, reset: float
    ) -> None:
        self.ended_at = now
        if allowed:
            bucket.report(ticket, now, self.tenant.size, left)
        else:
            self.requests += 1
            bucket.rate_limited(ticket, now, self.chance.uniform(reset, reset * 1.25))
        self._try(bucket, now)


def simulate(plan: str, requests: int, processes: int = 1, share: float = 1.0) -> Simulation:
    simulation = Simulation(
        Tenant(*PLANS[plan]), requests, [BucketEstimate(share=share) for _ in range(processes)]
    )
    simulation.run()
    assert simulation.tenant.granted == requests
    return simulation


def floor(plan: str, requests: int) -> float:
    """Seconds in which a tenant of this plan can answer so many requests at best."""
    size, per_second = PLANS[plan]
    return (requests - size) / per_second


@pytest.mark.parametrize("plan", PLANS)
def test_a_run_is_as_fast_as_the_limit_and_hardly_ever_refused(plan: str) -> None:
    """Not knowing the plan, a run takes what its tenant gives, with under 2 % of its requests refused."""
    run = simulate(plan, 200)
    assert run.tenant.refused <= 0.02 * 200
    assert run.ended_at <= 1.1 * floor(plan, 200) + 1


@pytest.mark.parametrize("plan", PLANS)
def test_processes_that_share_a_tenant_make_room_for_each_other(plan: str) -> None:
    """Two runs at once both end, in reasonable time, and few of their requests are refused."""
    run = simulate(plan, 400, processes=2)
    assert run.tenant.refused <= 0.06 * 400
    assert run.ended_at <= 2 * floor(plan, 400) + 1


@pytest.mark.parametrize("plan", PLANS)
def test_a_share_is_not_exceeded(plan: str) -> None:
    """With half of the limit a run takes at least twice as long, and nothing is refused."""
    run = simulate(plan, 200, share=0.5)
    size, per_second = PLANS[plan]
    assert run.ended_at >= (200 - max(1, size / 2)) / (per_second / 2)
    assert run.tenant.refused == 0


def test_the_first_request_finds_out_for_all() -> None:
    """Until one answer has told the limit only one request is under way."""
    bucket = BucketEstimate()
    assert bucket.delay(0) == 0
    ticket = bucket.take(0)
    assert bucket.delay(0) == POLL_SECONDS
    bucket.report(ticket, 0, limit=10, remaining=9)
    assert bucket.delay(0) == 0


def test_a_tenant_without_a_limit_is_not_paced() -> None:
    """Where answers say nothing of a limit requests go as they come."""
    bucket = BucketEstimate()
    bucket.take(0)
    bucket.unlimited()
    for _ in range(100):
        bucket.take(0)
    assert bucket.delay(0) == 0


def test_one_answer_without_headers_does_not_lift_the_limit() -> None:
    """An error page of a proxy in between says nothing about the tenant's limit."""
    bucket = BucketEstimate()
    bucket.report(bucket.take(0), 0, limit=2, remaining=0)
    bucket.take(0)
    bucket.unlimited()
    assert bucket.delay(0) == pytest.approx(1 / INITIAL_RATE)


def test_a_request_without_an_answer_leaves_nothing_behind() -> None:
    """After a lost connection the next request is not held up by the one that was lost."""
    bucket = BucketEstimate()
    bucket.take(0)
    bucket.unanswered()
    assert bucket.delay(0) == 0


def test_answers_that_overtake_each_other_leave_the_lowest_remainder() -> None:
    """The older answer of the two counts where it knows of less, and not where it knows of more."""
    bucket = BucketEstimate()
    first, second, third = bucket.take(0), bucket.take(0), bucket.take(0)
    bucket.report(second, 0, limit=10, remaining=2)
    bucket.report(first, 0, limit=10, remaining=5)
    bucket.report(third, 0, limit=10, remaining=2)
    granted = [bucket.take(0) for _ in range(5) if bucket.delay(0) == 0]
    assert len(granted) == 2


def test_an_older_answer_with_the_same_remainder_says_nothing_new() -> None:
    """What comes back is reckoned from the newer answer on."""
    bucket = BucketEstimate()
    first, second = bucket.take(0), bucket.take(0)
    bucket.report(second, 0, limit=10, remaining=0)
    bucket.report(first, 0.5, limit=10, remaining=0)
    assert bucket.delay(0.5) == pytest.approx(0.5 / INITIAL_RATE)


def test_where_an_answer_is_under_way_one_looks_again_soon() -> None:
    """It may tell of more than what is reckoned with."""
    bucket = BucketEstimate()
    bucket.report(bucket.take(0), 0, limit=2, remaining=0)
    bucket.take(0)
    assert bucket.delay(0) == POLL_SECONDS


def test_a_share_comes_back_as_fast_as_its_part_of_the_rate() -> None:
    """Half of a bucket of four is two requests, and half of four a second is two a second."""
    bucket = BucketEstimate(share=0.5, rate=4.0)
    bucket.report(bucket.take(0), 0, limit=4, remaining=3)
    bucket.take(0)
    assert bucket.delay(0) == pytest.approx(0.5)
    assert bucket.delay(0.25) == pytest.approx(0.25)


def test_a_rate_is_learned_from_what_came_back_in_a_second() -> None:
    """Four tokens may be three, as answers tell whole ones; what was sent before is counted already."""
    bucket = BucketEstimate()
    first, second = bucket.take(0), bucket.take(0)
    bucket.report(first, 0, limit=10, remaining=5)
    bucket.report(second, 1, limit=10, remaining=9)
    assert bucket.rate == 3


@pytest.mark.parametrize(("remainders", "rate"), [([8, 8], LOWEST_RATE), ([9, 9, 5], 5.0)])
def test_a_bucket_that_was_full_does_not_slow_us_down(remainders: list[int], rate: float) -> None:
    """It does not show what it gains; one that has room for more than the last request does, after 10 s."""
    bucket = BucketEstimate(rate=5.0)
    for number, remaining in enumerate(remainders):
        seconds = 10 * number / (len(remainders) - 1)
        bucket.report(bucket.take(seconds), seconds, limit=10, remaining=remaining)
    assert bucket.rate == rate


def test_others_on_the_tenant_slow_us_down() -> None:
    """What others take lowers the rate that we reckon with, down to a floor."""
    bucket = BucketEstimate(rate=10.0)
    for second in range(60):
        bucket.report(bucket.take(second), second, limit=100, remaining=50 - second // 2)
    assert bucket.rate < 1
    for second in range(60, 100):
        bucket.report(bucket.take(second), second, limit=100, remaining=max(0, 20 - second))
    assert bucket.rate >= LOWEST_RATE


def test_after_a_refusal_everybody_waits_and_then_keeps_a_distance() -> None:
    """A 429 stops all until the reset; the distance kept afterwards goes once answers are clean again."""
    bucket = BucketEstimate()
    bucket.report(bucket.take(0), 0, limit=10, remaining=0)
    bucket.rate_limited(bucket.take(1), 1, delay=1)
    assert bucket.delay(1.5) == 0.5
    assert bucket.delay(2.9) > 0  # one has come back, but is left to whoever else is there
    for _ in range(CLEAN_ANSWERS):
        bucket.report(bucket.take(100), 100, limit=10, remaining=1)
    assert bucket.delay(100) == 0


def distance(bucket: BucketEstimate, now: float) -> float:
    """How many requests more than one have to be there before one goes; one is there."""
    return round(bucket.delay(now) * bucket.rate, 6)


def test_the_distance_shrinks_by_one_after_many_clean_answers() -> None:
    """After two refusals it takes twice as many, counted from the last refusal on."""
    bucket, distances = BucketEstimate(), []
    bucket.report(bucket.take(0), 0, limit=10, remaining=1)
    for _ in range(2):
        bucket.rate_limited(bucket.take(0), 0, delay=0)
    for _ in range(2 * CLEAN_ANSWERS):
        bucket.report(bucket.take(100), 100, limit=10, remaining=1)
        distances.append(distance(bucket, 100))
    assert distances == [*[2] * (CLEAN_ANSWERS - 1), *[1] * CLEAN_ANSWERS, 0]


@pytest.mark.parametrize(("limit", "at_most"), [(1, 0), (2, 0.5), (10, 4.5)])
def test_the_distance_has_an_end(limit: int, at_most: float) -> None:
    """However many refusals: half of what the bucket holds beyond one request."""
    bucket = BucketEstimate()
    bucket.report(bucket.take(0), 0, limit=limit, remaining=1)
    for _ in range(20):
        bucket.rate_limited(bucket.take(0), 0, delay=0)
    bucket.report(bucket.take(100), 100, limit=limit, remaining=1)
    assert distance(bucket, 100) == at_most


def test_no_distance_is_kept_in_a_bucket_of_unknown_size() -> None:
    """A refusal that comes before any other answer makes nobody wait beyond its delay."""
    bucket = BucketEstimate()
    bucket.rate_limited(bucket.take(0), 0, delay=1)
    bucket.report(bucket.take(1), 1, limit=10, remaining=1)
    assert bucket.delay(1) == 0
