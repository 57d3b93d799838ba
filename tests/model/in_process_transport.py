"""The emulator without a socket: a transport that runs its application where it is called."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import httpx

Message = MutableMapping[str, Any]
App = Callable[
    [Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]
]


class InProcessTransport(httpx.BaseTransport):
    """Answers a request by running an ASGI application to its end, in the caller's thread.

    The application must wait for nothing: it has no event loop of its own. A connection that a fault breaks
    is an `httpx.ReadError`, as it is on the wire once the request has been sent.
    """

    def __init__(self, app: App) -> None:
        self._app = app

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        body = request.read()
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        try:
            _run_through(self._app(_scope(request), receive, send))
        except ConnectionResetError as error:
            raise httpx.ReadError(str(error), request=request) from error
        start, *parts = sent
        content = b"".join(part.get("body", b"") for part in parts)
        return httpx.Response(start["status"], headers=start["headers"], content=content, request=request)


def _run_through(call: Awaitable[None]) -> None:
    """Run a coroutine that waits for nothing."""
    steps = call.__await__()
    try:
        next(steps)
    except StopIteration:
        return
    raise AssertionError("the application waits for something, and nothing here would wake it")


def _scope(request: httpx.Request) -> Message:
    url = request.url
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "headers": [(name.lower(), value) for name, value in request.headers.raw],
        "scheme": url.scheme,
        "path": url.path,
        "raw_path": url.raw_path.split(b"?")[0],
        "query_string": url.query,
        "server": (url.host, url.port),
        "client": ("127.0.0.1", 1),
        "root_path": "",
    }
