"""Faults on demand: the next N matching calls go wrong in the way asked for.

A fault is a JSON object, given as an option or to `POST /_sandbox/faults`:

    {"kind": "error", "status": 503}                       an error instead of the answer
    {"kind": "error", "status": 429, "headers": false}     429 without x-ratelimit headers
    {"kind": "answer", "status": 302, "headers": {…}}      this answer, before anything happens
    {"kind": "answer", "body": "<html>", "after": true}    … after the call took effect
    {"kind": "reset"}                                      the connection breaks before anything happens
    {"kind": "reset", "after": true}                       … after the call took effect
    {"kind": "hang"}                                       the call takes effect, its answer never comes
    {"kind": "truncate"}                                   half of the body, then the connection ends
    {"kind": "slow", "seconds": 2}                         the body takes this long, piece by piece
    {"kind": "delay", "seconds": 2}                        the answer takes this much longer
    {"kind": "skew", "seconds": -600}                      a token dated this far off (POST /oauth/token)

`times` (1 unless given, null for ever), `method` and `path` (a pattern, `/api/v2/client-grants*`) choose the
calls. The first fault that matches is used. What an `answer` does not say is left as it is: the tenant's own
answer after the call, 200 with an empty body before it.
"""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pulumi_auth0_apis.emulator.schemas import Schema, record
from pulumi_auth0_apis.emulator.validation import Validator

DATED = "/oauth/token"

KINDS = ("error", "answer", "reset", "hang", "truncate", "slow", "delay", "skew")

_HEADERS: Schema = {"type": ["boolean", "object"], "additionalProperties": {"type": "string"}}
_ERROR: Schema = {"status": {"minimum": 400}, "headers": {"type": "boolean"}}

SCHEMA: Schema = record(
    {
        "kind": {"type": "string", "enum": list(KINDS)},
        "times": {"type": ["integer", "null"], "minimum": 1},
        "method": {"type": "string", "enum": ["GET", "POST", "PUT", "PATCH", "DELETE"]},
        "path": {"type": "string"},
        "status": {"type": "integer", "minimum": 200, "maximum": 599},
        "headers": _HEADERS,
        "body": {"type": "string"},
        "retry_after": {"type": "integer", "minimum": 0},
        "after": {"type": "boolean"},
        "seconds": {"type": "number"},
    },
    required=("kind",),
) | {"if": {"properties": {"kind": {"const": "error"}}}, "then": {"properties": _ERROR}}
_VALIDATOR = Validator(SCHEMA)


@dataclass(slots=True)
class Fault:
    """One fault and how often it still strikes."""

    kind: str
    times: int | None = 1
    method: str | None = None
    path: str = "*"
    status: int | None = None
    headers: bool | dict[str, str] = True
    body: str | None = None
    retry_after: int | None = None
    after: bool = False
    seconds: float = 0.0

    def matches(self, method: str, path: str) -> bool:
        """Whether it strikes this call; only a token has dates to skew."""
        if self.kind == "skew" and path != DATED:
            return False
        return self.method in (None, method) and fnmatch.fnmatchcase(path, self.path)


class Faults:
    """The faults that wait for their calls."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, faults: Iterable[dict[str, Any]]) -> None:
        """Let the next matching calls go wrong; 400, and none is added, where one is not a fault."""
        faults = list(faults)
        for fault in faults:
            _VALIDATOR.check(fault)
        self._waiting += [Fault(**fault) for fault in faults]

    def clear(self) -> None:
        """Let everything go right again."""
        self._waiting.clear()

    def waiting(self) -> list[Fault]:
        """Return the faults that have yet to strike, fewer times than they were asked for."""
        return list(self._waiting)

    def strike(self, method: str, path: str) -> Fault | None:
        """The fault for this call, counted down."""
        fault = next((f for f in self._waiting if f.matches(method, path)), None)
        if fault is not None and fault.times is not None:
            fault.times -= 1
            if fault.times == 0:
                self._waiting.remove(fault)
        return fault
