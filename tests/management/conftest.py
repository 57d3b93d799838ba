"""What tests of the Management API client share: a clock that stands still, a tenant of plain functions."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from pulumi_auth0_apis.emulator import Sandbox
from pulumi_auth0_apis.management import scope_batches
from pulumi_auth0_apis.management.client import ManagementClient
from pulumi_auth0_apis.management.pacing import Pacer
from pulumi_auth0_apis.management.session import Session
from pulumi_auth0_apis.management.settings import ConnectionSettings
from pulumi_auth0_apis.management.transport import PatientTransport

DOMAIN = "example.eu.auth0.com"


@pytest.fixture(autouse=True)
def clean_environ(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the credentials of whoever runs it."""
    for name in [name for name in os.environ if name.startswith("AUTH0_")]:
        monkeypatch.delenv(name)


@dataclass
class Clock:
    """Time that passes only when somebody sleeps; `slept` lists how long."""

    now: float = 1_000.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


def answer(status: int = 200, body: Any = None, **headers: str) -> httpx.Response:
    """An answer as Auth0 sends it, labelled as JSON even where it is empty."""
    content = b"" if body is None else json.dumps(body).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status, content=content, headers={"content-type": "application/json", **named})


NONE = {"total": 0, "start": 0, "resource_servers": [], "client_grants": [], "clients": []}
"""A page of an empty list, whichever."""

X = {"id": "x", "identifier": "https://x.example.com"}


def done(method: str) -> httpx.Response:
    """The documented answer to a request for the API `x`."""
    if method == "DELETE":
        return answer(204)
    return answer(201 if method == "POST" else 200, X)


def refused(status: int, message: str, code: str, **headers: str) -> httpx.Response:
    """An error in the envelope of the Management API."""
    body = {"statusCode": status, "error": "…", "message": message, "errorCode": code}
    return answer(status, body, **headers)


Respond = Callable[[httpx.Request], httpx.Response]


@dataclass
class Script:
    """A tenant that gives `answers` in turn, raising those that are exceptions; `requests` is what it got."""

    answers: list[httpx.Response | Exception]
    requests: list[httpx.Request] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        outcome = self.answers.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    @property
    def methods(self) -> list[str]:
        return [request.method for request in self.requests]


def settings(**changes: Any) -> ConnectionSettings:
    """A tenant reached by a static token, so that no token is fetched."""
    base = {"domain": DOMAIN, "base_url": f"https://{DOMAIN}", "audience": f"https://{DOMAIN}/api/v2/"}
    return ConnectionSettings(**{**base, "api_token": "t0ken", **changes})


def patient(respond: Respond, clock: Clock) -> PatientTransport:
    """The transport of the client around `respond`, with time that does not pass."""
    pacer = Pacer(clock=clock, sleep=clock.sleep, notify=lambda _: None, spread=lambda low, _: low)
    transport = httpx.MockTransport(respond)
    return PatientTransport(transport, pacer, clock.sleep, clock, jitter=lambda _, high: high)


@pytest.fixture
def client(clock: Clock) -> Callable[..., ManagementClient]:
    """Make a client of a function from request to response."""

    def make(respond: Respond, **changes: Any) -> ManagementClient:
        return ManagementClient(settings(**changes), patient(respond, clock))

    return make


@pytest.fixture
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A tenant; a parameter is its latency."""
    with Sandbox(latency=getattr(request, "param", 0.0)) as running:
        yield running


MakeSession = Callable[[], Session]


@pytest.fixture
def new_session(sandbox: Sandbox) -> Iterator[MakeSession]:
    """Make a session of its own, as another process would have."""
    config = {
        "auth0:tenant": "sandbox",
        "auth0:domain": sandbox.domain,
        "auth0:clientId": sandbox.client_id,
        "auth0:clientSecret": sandbox.client_secret,
    }
    with ExitStack() as opened:

        def make() -> Session:
            return opened.enter_context(closing(Session(ConnectionSettings.resolve(config, {}))))

        yield make


@pytest.fixture
def session(new_session: MakeSession) -> Session:
    return new_session()


@pytest.fixture
def quick_settling(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorter pauses, in the proportions of the real ones: calls to a sandbox are quick."""
    monkeypatch.setattr(scope_batches, "FRESH_SECONDS", 0.02)
    monkeypatch.setattr(scope_batches, "SETTLE_SECONDS", 0.3)


def calls(sandbox: Sandbox) -> dict[str, int]:
    """The calls that the sandbox has counted, by route, without the token's."""
    routes: dict[str, int] = httpx.get(f"{sandbox.domain}/_sandbox/requests").json()["routes"]
    return {route.replace("/api/v2", ""): n for route, n in routes.items() if route != "POST /oauth/token"}


def forget_calls(sandbox: Sandbox) -> None:
    """Count from here on."""
    httpx.delete(f"{sandbox.domain}/_sandbox/requests").raise_for_status()
