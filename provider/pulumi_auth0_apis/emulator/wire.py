"""Answers on the wire: JSON as Auth0 writes it, and answers that break."""

from __future__ import annotations

import asyncio
import json
import math
import socket
import struct
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

Sleep = Callable[[float], Awaitable[None]]

_JSON = "application/json; charset=utf-8"
_NO_LINGER = struct.pack("ii", 1, 0)
_PIECES = 10


def json_response(content: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A JSON answer; None is no body, which still has the content type (recorded of 204)."""
    raw = b"" if content is None else _encoded(content)
    return Response(raw, status, {"content-type": _JSON, **(headers or {})})


def _encoded(content: Any) -> bytes:
    """Half of a surrogate pair, which UTF-8 cannot carry, goes out escaped as ECMAScript's JSON does."""
    return json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode(errors="backslashreplace")


def parse_json(raw: bytes, refusal: Exception) -> Any:
    """The value of a body; raises `refusal` when it is not JSON, or nested beyond reason."""
    try:
        return json.loads(raw, parse_float=_number, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise refusal from None


def _number(text: str) -> float | int | None:
    """As in ECMAScript, where Auth0 runs: `3600.0` is 3600, and what is too large to hold is null."""
    number = float(text)
    if math.isinf(number):
        return None
    return int(number) if number.is_integer() else number


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


class ResetResponse(Response):
    """No answer: the peer sees the connection reset."""

    async def __call__(self, scope: Scope, receive: Receive, _send: Send) -> None:
        transport = _transport(scope)
        raw = transport.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
        transport.abort()
        await _gone(receive)


class HangingResponse(Response):
    """No answer, for as long as the peer waits."""

    async def __call__(self, _scope: Scope, receive: Receive, _send: Send) -> None:
        await _gone(receive)


class TruncatedResponse(Response):
    """Half of the body that the header announces, then the end of the connection."""

    def __init__(self, whole: Response) -> None:
        super().__init__(status_code=whole.status_code)
        self._whole = whole

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = bytes(self._whole.body)
        await send(_start(self._whole))
        await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
        _transport(scope).close()
        await _gone(receive)


class SlowResponse(Response):
    """The whole body, a tenth at a time."""

    def __init__(self, whole: Response, seconds: float, sleep: Sleep) -> None:
        super().__init__(status_code=whole.status_code)
        self._whole = whole
        self._pause = seconds / _PIECES
        self._sleep = sleep

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        body = bytes(self._whole.body)
        step = len(body) // _PIECES + 1
        await send(_start(self._whole))
        for at in range(0, len(body), step):
            await self._sleep(self._pause)
            await send({"type": "http.response.body", "body": body[at : at + step], "more_body": True})
        await send({"type": "http.response.body", "body": b""})


def _transport(scope: Scope) -> asyncio.Transport:
    """The connection; in-process there is none, and the error reaches the caller as it is."""
    transport: asyncio.Transport | None = scope.get("extensions", {}).get("transport")
    if transport is None:
        raise ConnectionResetError("the fault asked for a broken connection")
    return transport


async def _gone(receive: Receive) -> None:
    """Return when the peer is gone, so that the server expects no answer any more."""
    while (await receive())["type"] != "http.disconnect":
        pass


def _start(response: Response) -> Message:
    return {
        "type": "http.response.start",
        "status": response.status_code,
        "headers": response.raw_headers,
    }
