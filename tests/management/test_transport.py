"""When a request is sent again, and when not."""

from __future__ import annotations

import json
from collections.abc import Callable

import httpx
import pytest

from pulumi_auth0_apis.errors import ConnectionFailedError, RateLimitError, ServerError
from pulumi_auth0_apis.management.client import ManagementClient
from pulumi_auth0_apis.management.transport import (
    LONGEST_BACK_OFF_SECONDS,
    LONGEST_WAIT_SECONDS,
    MOST_FAILURES,
    MOST_WAITS,
)

from .conftest import NONE, Clock, Script, X, answer, done, patient, refused, settings

MakeClient = Callable[..., ManagementClient]
REPEATABLE = ["GET", "PATCH", "DELETE"]


def too_many(**headers: str) -> httpx.Response:
    return refused(429, "Global limit has been reached", "too_many_requests", **headers)


def unavailable() -> httpx.Response:
    return refused(503, "Service Unavailable", "unavailable")


@pytest.mark.parametrize("method", REPEATABLE)
@pytest.mark.parametrize("outcome", [httpx.ReadTimeout("slow"), httpx.RemoteProtocolError("gone"), 500, 503])
def test_a_failure_is_tried_again(client: MakeClient, method: str, outcome: Exception | int) -> None:
    """A request that may be carried out twice is repeated after a 5xx and after a lost connection."""
    failed = refused(outcome, "…", "…") if isinstance(outcome, int) else outcome
    script = Script([failed, done(method)])
    assert client(script).request(method, "resource-servers/x", "…") == (None if method == "DELETE" else X)
    assert script.methods == [method, method]


@pytest.mark.parametrize("outcome", [httpx.ReadTimeout("slow"), httpx.WriteError("gone"), unavailable()])
def test_a_post_that_may_have_arrived_is_not_sent_again(
    client: MakeClient, outcome: Exception | httpx.Response
) -> None:
    """A retry never makes an object twice."""
    script = Script([outcome])
    with pytest.raises((ConnectionFailedError, ServerError)):
        client(script).request("POST", "resource-servers", "…", json={})
    assert script.methods == ["POST"]


@pytest.mark.parametrize("outcome", [httpx.ConnectError("no"), httpx.ConnectTimeout("no"), too_many()])
def test_a_post_that_did_nothing_is_sent_again(
    client: MakeClient, outcome: Exception | httpx.Response
) -> None:
    """Before it was sent, and where it was turned away, even a POST is repeated."""
    script = Script([outcome, done("POST")])
    assert client(script).request("POST", "resource-servers", "…", json={"a": 1}) == X
    assert [json.loads(request.content) for request in script.requests] == [{"a": 1}, {"a": 1}]


def test_failures_are_tried_a_bounded_number_of_times(client: MakeClient, clock: Clock) -> None:
    """A tenant that stays down is told after a few tries, with growing pauses between them."""
    script = Script([unavailable() for _ in range(MOST_FAILURES + 1)])
    with pytest.raises(ServerError):
        client(script).request("GET", "resource-servers", "…")
    assert clock.slept == sorted(clock.slept)
    assert len(clock.slept) == MOST_FAILURES
    assert max(clock.slept) <= LONGEST_BACK_OFF_SECONDS


def test_refusals_are_waited_for_a_bounded_number_of_times(client: MakeClient, clock: Clock) -> None:
    """A tenant whose limit others use up for good ends in RateLimitError, not in an endless run."""
    script = Script([too_many(retry_after="7") for _ in range(MOST_WAITS + 1)])
    with pytest.raises(RateLimitError):
        client(script).request("GET", "resource-servers", "…")
    assert sum(clock.slept) == 7 * MOST_WAITS


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry_after": "7", "x_ratelimit_reset": "1009"}, 7),
        ({"x_ratelimit_reset": "1009"}, 9),
        ({"x_ratelimit_reset": "1000000009", "date": "Sun, 09 Sep 2001 01:46:40 GMT"}, 9),
        ({"x_ratelimit_reset": "1009", "date": "yesterday"}, 9),
        ({"x_ratelimit_reset": "900"}, 0.1),
        ({"x_ratelimit_reset": "soon"}, 1),
        ({"x_ratelimit_reset": "9999999999"}, LONGEST_WAIT_SECONDS),
        ({}, 1),
    ],
)
def test_a_refusal_says_how_long_to_wait(
    client: MakeClient, clock: Clock, headers: dict[str, str], seconds: float
) -> None:
    """Retry-After, else the reset by the tenant's own clock, else a second; within bounds."""
    script = Script([too_many(**headers), answer(200, NONE)])
    client(script).request("GET", "resource-servers", "…")
    assert sum(clock.slept) == pytest.approx(seconds)


def test_other_buckets_do_not_hold_up_the_paced_ones(client: MakeClient, clock: Clock) -> None:
    """A 429 for applications waits by itself: they have a bucket of their own on some plans."""
    script = Script([too_many(retry_after="7"), answer(200, NONE), answer(200, NONE)])
    management = client(script)
    management.request("GET", "clients", "…")
    assert clock.slept == [7]
    management.request("GET", "resource-servers", "…")
    assert clock.slept == [7]


def test_a_refusal_holds_up_every_later_request(clock: Clock) -> None:
    """After a 429 nothing goes out before the reset, whoever asks."""
    script = Script([refused(429, "…", "…", retry_after="7"), answer(200), answer(200)])
    transport = patient(script, clock)
    with httpx.Client(transport=transport, base_url="https://x/api/v2/resource-servers") as http:
        http.get("/a", extensions={"pulumi_auth0_apis.once": True})
        assert clock.slept == []
        http.get("/b")
    assert sum(clock.slept) == pytest.approx(7)


@pytest.mark.parametrize("outcome", [httpx.ConnectError("no"), too_many(), unavailable()])
def test_what_must_not_be_late_is_sent_once(client: MakeClient, outcome: Exception | httpx.Response) -> None:
    """A request that is worth nothing later is not repeated, whatever comes of it."""
    script = Script([outcome])
    with pytest.raises((ConnectionFailedError, ServerError, RateLimitError)):
        client(script).request("PATCH", "resource-servers/x", "…", once=True)
    assert script.methods == ["PATCH"]


@pytest.mark.parametrize("kind", [httpx.UnsupportedProtocol, httpx.LocalProtocolError])
def test_what_cannot_be_sent_is_not_tried_again(client: MakeClient, kind: type[httpx.TransportError]) -> None:
    """A request that is malformed stays so."""
    script = Script([kind("never")])
    with pytest.raises(ConnectionFailedError):
        client(script).request("GET", "resource-servers", "…")
    assert len(script.requests) == 1


def test_a_token_request_may_be_repeated(clock: Clock) -> None:
    """A token fetched twice is no harm, so its POST survives what a GET survives."""
    script = Script(
        [
            httpx.ReadTimeout("slow"),
            answer(503),
            answer(429),
            answer(200, {"access_token": "token"}),
            answer(200, NONE),
        ]
    )
    by_secret = settings(api_token="", client_id="id", client_secret="s3cret")
    client = ManagementClient(by_secret, patient(script, clock))
    assert client.request("GET", "resource-servers", "…") == NONE
    assert script.methods == ["POST"] * 4 + ["GET"]


def test_an_unexpected_error_gives_its_turn_back(clock: Clock) -> None:
    """A defect in between does not leave a request counted as under way for ever."""

    def respond(_: httpx.Request) -> httpx.Response:
        raise ZeroDivisionError

    transport = patient(respond, clock)
    with pytest.raises(ZeroDivisionError):
        transport.handle_request(httpx.Request("GET", "https://x/api/v2/client-grants"))
    assert transport.pacer.bucket.in_flight == 0


def test_closing_closes_the_connection(clock: Clock) -> None:
    """The pool below is closed with the client."""

    class Inner(httpx.BaseTransport):
        closed = False

        def close(self) -> None:
            self.closed = True

    inner = Inner()
    transport = patient(Script([]), clock)
    transport.inner = inner
    ManagementClient(settings(), transport).close()
    assert inner.closed


def test_the_clock_of_the_machine_is_the_default() -> None:
    """A client made of settings alone has a pool of real connections and the share that was asked for."""
    client = ManagementClient(settings(max_request_share=0.25))
    transport = client._http._transport
    assert transport.pacer.bucket.share == 0.25  # type: ignore[attr-defined]
    client.close()
