"""How often a request is sent: paced before, repeated after, on the wire in between.

A request that may be carried out twice without harm is repeated after a 429, a 5xx or a lost connection; a
POST only after a 429 and after errors from before it was sent, so that a retry never makes an object twice.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime

import httpx

from pulumi_auth0_apis.management.failures import NOT_SENT
from pulumi_auth0_apis.management.pacing import Pacer
from pulumi_auth0_apis.management.request_log import log

MOST_WAITS = 10
"""How often a request is sent again after a 429, each time after the wait that Auth0 asks for."""

MOST_FAILURES = 3
"""How often a request is sent again after a 5xx or a connection that failed."""

BACK_OFF_SECONDS = 0.5
LONGEST_BACK_OFF_SECONDS = 8.0
LONGEST_WAIT_SECONDS = 120.0

ONCE = "pulumi_auth0_apis.once"
"""A request extension for a request that is worth nothing later: it is not repeated at all."""

LOCATION = "pulumi_auth0_apis.location"
"""A response extension: where a redirect leads. Nobody follows it."""

_COUNT = re.compile("[0-9]{1,12}")

_PACED = ("/api/v2/resource-servers", "/api/v2/client-grants")
"""These share one bucket on every plan; applications have another one on some (Auth0 docs)."""


@dataclass
class PatientTransport(httpx.BaseTransport):
    """A transport that paces and repeats what it hands to another."""

    inner: httpx.BaseTransport
    pacer: Pacer = field(default_factory=Pacer)
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], float] = time.time
    jitter: Callable[[float, float], float] = random.uniform

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        waits = failures = 0
        while True:
            outcome = self._send(request)
            once = bool(request.extensions.get(ONCE))
            if not once and _is_rate_limited(outcome) and waits < MOST_WAITS:
                waits += 1
                if not _is_paced(request):
                    self.sleep(self._asked_for(outcome))
            elif not once and _may_repeat(request, outcome) and failures < MOST_FAILURES:
                failures += 1
                self.sleep(self._back_off(failures))
            elif isinstance(outcome, httpx.Response):
                return outcome
            else:
                raise outcome

    def close(self) -> None:
        self.inner.close()

    def _send(self, request: httpx.Request) -> httpx.Response | httpx.TransportError:
        ticket = self.pacer.acquire() if _is_paced(request) else None
        started = time.perf_counter()
        outcome: httpx.Response | httpx.TransportError
        try:
            outcome = self.inner.handle_request(request)
            outcome.read()
            _keep_location(outcome)
        except httpx.TransportError as error:
            outcome = error
        except BaseException:
            self._report(ticket, None, time.perf_counter() - started)
            raise
        seconds = time.perf_counter() - started
        self._report(ticket, outcome, seconds)
        log(request, outcome, seconds)
        return outcome

    def _report(
        self, ticket: int | None, outcome: httpx.Response | httpx.TransportError | None, seconds: float
    ) -> None:
        if ticket is None:
            return
        if not isinstance(outcome, httpx.Response):
            self.pacer.unanswered()
        elif outcome.status_code == 429:
            self.pacer.rate_limited(ticket, self._asked_for(outcome))
        else:
            limit, remaining = (_number(outcome, f"x-ratelimit-{name}") for name in ("limit", "remaining"))
            self.pacer.answered(ticket, limit, remaining, seconds)

    def _asked_for(self, outcome: httpx.Response | httpx.TransportError) -> float:
        """The seconds that a 429 asks to wait: Retry-After, else until x-ratelimit-reset (Unix seconds)."""
        assert isinstance(outcome, httpx.Response)
        delay = _number(outcome, "retry-after")
        if delay is None and (reset := _number(outcome, "x-ratelimit-reset")) is not None:
            delay = reset - int(_sent_at(outcome) or self.now())
        return min(max(1.0 if delay is None else delay, 0.1), LONGEST_WAIT_SECONDS)

    def _back_off(self, failures: int) -> float:
        longest = min(BACK_OFF_SECONDS * 2**failures, LONGEST_BACK_OFF_SECONDS)
        return self.jitter(longest / 2, longest)


def _keep_location(response: httpx.Response) -> None:
    """Put the Location of a redirect where httpx does not look.

    httpx makes the next request out of it even where it is not to send one, and fails where it makes none.
    """
    if response.has_redirect_location:
        response.extensions[LOCATION] = response.headers.pop("location")


def _is_paced(request: httpx.Request) -> bool:
    return request.url.path.startswith(_PACED)


def _is_rate_limited(outcome: httpx.Response | httpx.TransportError) -> bool:
    return isinstance(outcome, httpx.Response) and outcome.status_code == 429


def _may_repeat(request: httpx.Request, outcome: httpx.Response | httpx.TransportError) -> bool:
    if isinstance(outcome, NOT_SENT):
        return not isinstance(outcome, (httpx.UnsupportedProtocol, httpx.LocalProtocolError))
    if request.method == "POST" and request.url.path.startswith("/api/"):
        return False
    return isinstance(outcome, httpx.TransportError) or outcome.status_code >= 500


def _number(response: httpx.Response, header: str) -> int | None:
    """A count or a time, as far as it makes sense: below a trillion, and not below zero."""
    text = response.headers.get(header, "")
    return int(text) if _COUNT.fullmatch(text) else None


def _sent_at(response: httpx.Response) -> float | None:
    """The tenant's own clock, which may differ from ours."""
    try:
        return parsedate_to_datetime(response.headers["date"]).timestamp()
    except (KeyError, ValueError, OverflowError):
        return None
