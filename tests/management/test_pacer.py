"""How threads wait for their turns, and what is told meanwhile. Time is simulated: nothing here waits."""

from __future__ import annotations

import math
import threading

import pytest

from pulumi_auth0_apis.management.pacing import (
    INITIAL_RATE,
    LOWEST_RATE,
    PLENTY,
    BucketEstimate,
    Pacer,
    to_stderr,
)

from .conftest import Clock


def pacer(clock: Clock, notices: list[str]) -> Pacer:
    return Pacer(clock=clock, sleep=clock.sleep, notify=notices.append)


def test_a_run_that_waits_says_so_after_three_seconds_and_then_every_ten(clock: Clock) -> None:
    """One line tells why nothing seems to happen, with how many wait; never a line for each request."""
    notices: list[str] = []
    paced = pacer(clock, notices)
    when: list[float] = []

    def notify(line: str) -> None:
        when.append(clock.now - 1000)
        notices.append(line)

    paced.notify = notify
    for _ in range(26):
        paced.answered(paced.acquire(), limit=1, remaining=0)
    assert when == [3, 13, 23]
    assert notices[0] == (
        "Waiting for Auth0's rate limit, about 1.0 requests a second: 1 operation waits, 4 requests answered "
        "so far."
    )


def test_all_that_wait_are_counted(clock: Clock) -> None:
    """A line of the run tells of more than one by their number."""
    notices: list[str] = []
    paced = limited(clock)
    paced.bucket.rate = LOWEST_RATE
    paced.notify = notices.append

    def sleep(seconds: float) -> None:
        clock.sleep(seconds)
        paced._queue.append(object())

    paced.sleep = sleep
    paced.acquire()
    assert "2 operations wait" in notices[0]


@pytest.mark.parametrize(("limit", "remaining"), [(None, 1), (2, None), (None, None)])
def test_half_an_answer_about_the_limit_is_none(
    clock: Clock, limit: int | None, remaining: int | None
) -> None:
    """A proxy that lets one of the two headers through leaves us without a limit."""
    paced = pacer(clock, [])
    paced.answered(paced.acquire(), limit=limit, remaining=remaining)
    assert not paced.bucket.limited


@pytest.mark.parametrize(
    ("limit", "remaining", "seconds"),
    [(None, None, 0.25), (1_000_000, 999_999, 0.25), (50, 49, math.inf), (1_000_000, PLENTY - 1, math.inf)],
)
def test_what_a_call_costs(clock: Clock, limit: int | None, remaining: int | None, seconds: float) -> None:
    """Its time where there are enough of them; where each one counts, no time is too long to save one."""
    paced = pacer(clock, [])
    assert paced.call_seconds == math.inf, "nothing is known yet"
    paced.answered(paced.acquire(), limit, remaining, 0.25)
    assert paced.call_seconds == seconds


def test_a_run_that_does_not_wait_says_nothing(clock: Clock) -> None:
    """Within the limit there is nothing to tell, however long the run."""
    notices: list[str] = []
    paced = pacer(clock, notices)
    for _ in range(100):
        paced.answered(paced.acquire(), limit=10, remaining=9)
        clock.sleep(1)
    assert notices == []


def test_a_short_wait_is_forgotten(clock: Clock) -> None:
    """Waits that do not follow each other do not add up to a notice."""
    notices: list[str] = []
    paced = pacer(clock, notices)
    for _ in range(20):
        paced.answered(paced.acquire(), limit=2, remaining=0)
        paced.answered(paced.acquire(), limit=2, remaining=1)
        paced.answered(paced.acquire(), limit=2, remaining=1)
    assert notices == []


def test_a_refusal_is_spread(clock: Clock) -> None:
    """Processes that were refused together do not come back together."""
    paced = Pacer(clock=clock, sleep=clock.sleep, spread=lambda low, high: (low + high) / 2)
    paced.rate_limited(paced.acquire(), delay=8)
    assert paced.bucket.delay(clock.now) == 9


def test_an_answer_that_never_came_is_given_back(clock: Clock) -> None:
    """The pacer counts a lost request out of what is under way."""
    paced = pacer(clock, [])
    paced.acquire()
    paced.unanswered()
    assert paced.bucket.in_flight == 0


def test_notices_go_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    """Pulumi shows what a provider writes there."""
    to_stderr("Waiting")
    assert capsys.readouterr().err == "Waiting\n"


def limited(clock: Clock, share: float = 1.0) -> Pacer:
    """A pacer that knows its tenant: a bucket of two, empty now."""
    paced = Pacer(BucketEstimate(share), clock, clock.sleep, notify=lambda _: None)
    paced.answered(paced.acquire(), limit=2, remaining=1)
    paced.answered(paced.acquire(), limit=2, remaining=0)
    return paced


def test_turns_that_belong_together_are_waited_for_once(clock: Clock) -> None:
    """Two requests of one block go right after each other; a third waits for itself."""
    paced, start = limited(clock), clock.now
    with paced.turns(2):
        assert clock.now - start == pytest.approx(2 / INITIAL_RATE)
        paced.answered(paced.acquire(), limit=2, remaining=1)
        paced.answered(paced.acquire(), limit=2, remaining=0)
        assert clock.now - start == pytest.approx(2 / INITIAL_RATE)
        paced.acquire()
    assert clock.now - start == pytest.approx(3 / INITIAL_RATE)


@pytest.mark.parametrize("share", [1.0, 0.99])
def test_a_turn_that_was_not_needed_is_given_back(clock: Clock, share: float) -> None:
    """What a block does not use is there for the next request, our own share of the limit included."""
    paced = limited(clock, share)
    with paced.turns(2):
        paced.answered(paced.acquire(), limit=2, remaining=1)
    assert paced.bucket.in_flight == 0
    assert paced.bucket.delay(clock.now) == pytest.approx(2 * (1 - share) / (share * INITIAL_RATE))


def test_a_small_share_lets_no_more_together_than_it_has(clock: Clock) -> None:
    """Two turns are two requests, also where our share of the bucket is one."""
    paced = limited(clock, share=0.5)
    with paced.turns(2):
        assert paced.bucket.delay(clock.now) > 0


def test_threads_go_in_the_order_in_which_they_came(clock: Clock) -> None:
    """One that waits for two turns is not overtaken by one that needs a single turn."""
    paced, order = limited(clock), []
    came, looked = threading.Event(), threading.Event()

    def sleep(_: float) -> None:
        """Time passes by one turn after another, and each time the second thread has a look."""
        if threading.current_thread() is second:
            looked.set()
            return
        came.set()
        clock.sleep(1 / INITIAL_RATE)
        for _ in range(2):  # the first look may have begun before
            looked.clear()
            assert looked.wait(30)

    def overtake() -> None:
        assert came.wait(30)
        paced.acquire()
        order.append("second")
        looked.set()

    paced.sleep = sleep
    second = threading.Thread(target=overtake)
    second.start()
    with paced.turns(2):
        order.append("first")
    second.join(30)
    assert order == ["first", "second"]
