"""The one door to the tenant: a request by method and path, an answer as JSON or as an error of ours."""

from __future__ import annotations

import base64
import itertools
import json
import platform
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Any

import httpx

from pulumi_auth0_apis._version import __version__
from pulumi_auth0_apis.management.answers import answer_of
from pulumi_auth0_apis.management.auth import auth_for
from pulumi_auth0_apis.management.failures import connection_failed, never_sent
from pulumi_auth0_apis.management.pacing import BucketEstimate, Pacer
from pulumi_auth0_apis.management.reads import PAGE_SIZE, Page
from pulumi_auth0_apis.management.settings import ConnectionSettings
from pulumi_auth0_apis.management.shapes import has_checkpoints
from pulumi_auth0_apis.management.transport import ONCE, PatientTransport

TIMEOUT = httpx.Timeout(30.0, connect=10.0)
"""Seconds. Auth0 answers within one or two; the engine waits for us without a limit of its own."""

LIMITS = httpx.Limits(max_connections=10, keepalive_expiry=30.0)

MOST_BY_OFFSET = 1000
"""Page numbers reach no further; lists that have checkpoints then go on by them (Auth0 docs)."""

Params = Mapping[str, str | int | bool]


class ManagementClient:
    """Sends requests to one tenant. Safe to share between threads."""

    def __init__(self, settings: ConnectionSettings, transport: httpx.BaseTransport | None = None) -> None:
        self._pacer = Pacer(BucketEstimate(share=settings.max_request_share))
        self._http = httpx.Client(
            base_url=f"{settings.base_url}/api/v2",
            auth=auth_for(settings),
            headers=_telemetry(),
            timeout=TIMEOUT,
            transport=transport or PatientTransport(_transport(settings.base_url), self._pacer),
        )

    def request(
        self,
        method: str,
        path: str,
        doing: str,
        *,
        json: Any = None,
        params: Params | None = None,
        once: bool = False,
    ) -> Any:
        """The documented answer: its JSON, or None where it has no body.

        `doing` completes "Could not …" in the message of the ManagementError, ConnectionFailedError or
        CredentialsError that this raises. With `once` nothing is repeated.
        """
        try:
            response = self._http.request(method, path, json=json, params=params, extensions={ONCE: once})
        except httpx.InvalidURL as error:
            raise never_sent(error, method, path, doing) from error
        except httpx.RequestError as error:
            raise connection_failed(error, doing) from error
        return answer_of(response, doing)

    def pages(self, path: str, key: str, doing: str, filters: Params | None = None) -> Iterator[Page]:
        """The pages of a list, at most 100 objects each, one request for each page that is taken."""
        asked: Params = {**(filters or {}), "per_page": PAGE_SIZE, "include_totals": True}
        seen = 0
        for number in itertools.count():
            answer = self.request("GET", path, doing, params={**asked, "page": number})
            items, total = answer[key], answer["total"]
            yield Page(items, total)
            seen += len(items)
            if not items or seen >= total:
                return
            if total > MOST_BY_OFFSET and has_checkpoints(path):
                yield from self.checkpoints(path, key, doing, filters, total)
                return

    def checkpoints(
        self, path: str, key: str, doing: str, filters: Params | None = None, total: int = 0
    ) -> Iterator[Page]:
        """All pages from the first on, by the other way of paging, which has no end and tells no total.

        Unlike numbered pages these do not shift while objects before them go.
        """
        filters, position = filters or {}, dict[str, str]()
        while True:
            answer = self.request("GET", path, doing, params={**filters, "take": PAGE_SIZE, **position})
            yield Page(answer[key], total)
            if not answer.get("next"):
                return
            position = {"from": answer["next"]}

    @property
    def call_seconds(self) -> float:
        """What a call costs; see `Pacer.call_seconds`."""
        return self._pacer.call_seconds

    def turns(self, count: int) -> AbstractContextManager[None]:
        """Wait until the rate limit lets `count` requests go right after each other: those of the block."""
        return self._pacer.turns(count)

    def close(self) -> None:
        self._http.close()


def _transport(base_url: str) -> httpx.HTTPTransport:
    """The connections to a tenant; to one without TLS, on loopback, without authorities: they take 30 ms."""
    return httpx.HTTPTransport(limits=LIMITS, verify=not base_url.startswith("http://"))


def _telemetry() -> dict[str, str]:
    """Who we are, by the convention of Auth0's SDKs: a readable User-Agent and an encoded `Auth0-Client`."""
    python = platform.python_version()
    info = {"name": "pulumi-auth0-apis", "version": __version__, "env": {"python": python}}
    return {
        "User-Agent": f"pulumi-auth0-apis/{__version__} (Python/{python})",
        "Auth0-Client": base64.b64encode(json.dumps(info, separators=(",", ":")).encode()).decode(),
    }
