"""A tenant in this process, on a clock that a test moves."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from joserfc.jwk import RSAKey
from starlette.types import ASGIApp

from pulumi_auth0_apis.emulator import EmulatedTenant, ManualClock, create_app, tokens

DOMAIN = "http://127.0.0.1:8080"


class InProcess(httpx.BaseTransport):
    """Calls the application without a socket."""

    def __init__(self, app: ASGIApp) -> None:
        self._transport = httpx.ASGITransport(app)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return asyncio.run(self._exchange(request))

    async def _exchange(self, request: httpx.Request) -> httpx.Response:
        answer = await self._transport.handle_async_request(request)
        return httpx.Response(answer.status_code, headers=answer.headers, content=await answer.aread())


Connect = Callable[..., httpx.Client]


@pytest.fixture
def clock() -> ManualClock:
    """The tenant's clock."""
    return ManualClock()


@pytest.fixture
def tenant(clock: ManualClock) -> EmulatedTenant:
    """A tenant without limits."""
    return EmulatedTenant(DOMAIN, clock=clock)


@pytest.fixture
def connect() -> Connect:
    """Makes a client of a tenant, with a token of these scopes, or of all."""

    def connect(tenant: EmulatedTenant, *scopes: str, **options: Any) -> httpx.Client:
        api = tenant.resource_servers.get(tenant.management_audience)
        token = tokens.issue(tenant, tenant.client_id, api, scopes or [s["value"] for s in api["scopes"]])
        headers = {"authorization": f"Bearer {token}"}
        transport = InProcess(create_app(tenant, **options))
        return httpx.Client(transport=transport, base_url=DOMAIN, headers=headers)

    return connect


@pytest.fixture
def api(tenant: EmulatedTenant, connect: Connect) -> httpx.Client:
    """A client of the tenant with every scope."""
    return connect(tenant)


@pytest.fixture(scope="session")
def private_key() -> RSAKey:
    """A key pair of an API or an application, not the tenant's."""
    return RSAKey.generate_key(2048, private=True)


@pytest.fixture
def public_pem(private_key: RSAKey) -> str:
    """Its public half."""
    return private_key.as_pem(private=False).decode()
