"""A tenant that runs: uvicorn on a thread, on a loopback port of its own."""

from __future__ import annotations

import asyncio
import socket
import threading
from types import TracebackType
from typing import Self

import uvicorn

from pulumi_auth0_apis.emulator import tokens
from pulumi_auth0_apis.emulator.application import create_app
from pulumi_auth0_apis.emulator.models.tenant import Tenant

_HOST = "127.0.0.1"


class Sandbox:
    """An Auth0 tenant on this machine, alive inside its `with` block.

    >>> with Sandbox() as sandbox:
    ...     sandbox.domain
    'http://127.0.0.1:43210'

    `port` 0 takes any free port; a port that is taken raises OSError. `api_token` is a Management API token
    with all scopes. `tenant` is the state itself, to look at.
    """

    def __init__(self, port: int = 0) -> None:
        self._socket = socket.create_server((_HOST, port))
        self.domain = f"http://{_HOST}:{self._socket.getsockname()[1]}"
        self.tenant = Tenant(self.domain)
        self._server = _Server(create_app(self.tenant))
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), daemon=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Serve; returns when requests are answered."""
        self._thread.start()
        self._server.ready.wait()

    def stop(self) -> None:
        """Serve no more; returns when the port is free again."""
        self._server.stop()
        self._thread.join()
        self._socket.close()

    @property
    def client_id(self) -> str:
        """The application that holds every Management API scope."""
        return self.tenant.client_id

    @property
    def client_secret(self) -> str:
        """Its secret."""
        return self.tenant.client_secret

    @property
    def api_token(self) -> str:
        """A Management API token with every scope, good for 24 hours."""
        return tokens.management_token(self.tenant)

    @property
    def environment(self) -> dict[str, str]:
        """The variables with which a program reaches this tenant."""
        return {
            "AUTH0_DOMAIN": self.domain,
            "AUTH0_CLIENT_ID": self.client_id,
            "AUTH0_CLIENT_SECRET": self.client_secret,
        }


class _Server(uvicorn.Server):
    """uvicorn that says when it is ready and stops at once, instead of looking ten times a second."""

    def __init__(self, app: object) -> None:
        config = uvicorn.Config(
            app,  # type: ignore[arg-type]
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=1,
        )
        super().__init__(config)
        self.ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._loop = asyncio.get_running_loop()
        self.ready.set()

    async def main_loop(self) -> None:
        await self._stopping.wait()

    def stop(self) -> None:
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._stopping.set)
