"""A tenant that runs: uvicorn on a thread, on a loopback port of its own."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from pulumi_auth0_apis.emulator import tokens
from pulumi_auth0_apis.emulator.application import create_app
from pulumi_auth0_apis.emulator.applications import Applications
from pulumi_auth0_apis.emulator.certificate import Certificate
from pulumi_auth0_apis.emulator.clock import Clock
from pulumi_auth0_apis.emulator.door import Door
from pulumi_auth0_apis.emulator.errors import ErrorAnswer
from pulumi_auth0_apis.emulator.models.emulated_tenant import EmulatedTenant
from pulumi_auth0_apis.emulator.schemas.further import FurtherProperties

_HOST = "127.0.0.1"


class Sandbox:
    """An Auth0 tenant on this machine, alive inside its `with` block.

    >>> with Sandbox() as sandbox:
    ...     sandbox.domain
    'http://127.0.0.1:43210'

    Args:
        port: 0 takes any free port; a port that is taken raises OSError.
        plan: free, self-service, enterprise-dev or enterprise: rate limit and entity limits; None: no limits.
        latency: seconds before each answer, or a text such as `50ms`, `20ms-80ms`, `50ms/400ms` (`latency`).
        faults: what goes wrong from the start (`faults`); `POST /_sandbox/faults` adds more.
        tls: serve https; `certificate` is then the path of the authority to trust.
        data: a file that keeps the tenant between runs.
        additional_properties: properties that APIs and grants have beyond the modelled ones, as JSON Schemas
            by collection and name: `{"resource-servers": {"color": {"type": "string"}}}`.
        applications: machine-to-machine applications beside the two of every sandbox, a name by client id:
            `{"<client id>": "Billing service"}`, so that the ids in a real stack's configuration work.
        cascade_delay: seconds for which the grants of a deleted application are still listed.
        clock: the tenant's time; a `ManualClock` makes rate limits and lifetimes move as a test says.

    `tenant` is the state itself, to look at.
    """

    def __init__(
        self,
        port: int = 0,
        plan: str | None = None,
        latency: float | str = 0.0,
        faults: Iterable[dict[str, Any]] = (),
        tls: bool = False,
        data: str | Path | None = None,
        *,
        additional_properties: FurtherProperties | None = None,
        applications: Applications | None = None,
        cascade_delay: float = 0.0,
        clock: Clock = time.time,
    ) -> None:
        with ExitStack() as undo:
            self._socket = undo.enter_context(_listener(port))
            authority = None
            if tls:
                authority = Certificate(_HOST, Path(undo.enter_context(TemporaryDirectory())))
            scheme = "http" if authority is None else "https"
            self.certificate = None if authority is None else str(authority.path)
            self.domain = f"{scheme}://{_HOST}:{self._socket.getsockname()[1]}"
            self.tenant = EmulatedTenant(
                self.domain,
                plan=plan,
                data=None if data is None else Path(data),
                additional_properties=additional_properties,
                applications=applications,
                cascade_delay=cascade_delay,
                clock=clock,
            )
            undo.callback(self.tenant.store.close)
            app = create_app(self.tenant, latency=latency, faults=faults)
            self._door: Door = app.state.door
            self._server = _Server(app, authority)
            self._resources = undo.pop_all()
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
        """Serve no more, not even what is under way; returns when the port is free again."""
        if self._thread.is_alive():
            self._server.stop()
            self._thread.join()
        self._resources.close()

    def add_fault(self, fault: dict[str, Any]) -> None:
        """Let the next matching calls go wrong, as `POST /_sandbox/faults` does; ValueError for no fault."""
        try:
            self._door.faults.add([fault])
        except ErrorAnswer as refusal:
            raise ValueError(refusal.message) from refusal

    @property
    def calls(self) -> Counter[str]:
        """How many calls it has answered, by route such as `PATCH /api/v2/resource-servers/{id}`."""
        return Counter(self._door.traffic.routes)

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
        variables = {
            "AUTH0_DOMAIN": self.domain,
            "AUTH0_CLIENT_ID": self.client_id,
            "AUTH0_CLIENT_SECRET": self.client_secret,
        }
        return variables if self.certificate is None else variables | {"SSL_CERT_FILE": self.certificate}


def _listener(port: int) -> socket.socket:
    """A socket that names its protocol: asyncio turns Nagle's algorithm off only where it says TCP.

    With it on, each answer of two writes (headers, body) waits 40 ms for the peer's delayed acknowledgement.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((_HOST, port))
    except OSError as error:
        listener.close()
        said = (
            f"port {port} of {_HOST} cannot be served ({error.strerror}): name another, or 0 for a free one"
        )
        raise OSError(error.errno, said) from error
    return listener


class _Server(uvicorn.Server):
    """uvicorn that says when it is ready and stops at once, instead of looking ten times a second."""

    def __init__(self, app: ASGIApp, certificate: Certificate | None) -> None:
        config = uvicorn.Config(
            _with_transport(app),
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            ssl_context_factory=None if certificate is None else certificate.context,
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

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Drop everything: whoever stops a sandbox waits for no answer of it."""
        del sockets  # their maker closes them
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        for task in list(self.server_state.tasks):
            task.cancel()

    def stop(self) -> None:
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._stopping.set)


def _with_transport(app: ASGIApp) -> ASGIApp:
    """`app`, with the connection's transport among the ASGI extensions, for faults that break connections."""

    async def call(scope: Scope, receive: Receive, send: Send) -> None:
        transport = getattr(getattr(send, "__self__", None), "transport", None)
        scope.setdefault("extensions", {})["transport"] = transport
        await app(scope, receive, send)

    return call
