"""What can go wrong with a call, as the sandbox plays it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Fault = Mapping[str, Any]

PAGE = "<html><body>Service unavailable</body></html>"
HTML = {"content-type": "text/html"}

ONCE: Mapping[str, Fault] = {
    **{f"an error {status}": {"kind": "error", "status": status} for status in (400, 401, 403, 409)},
    **{f"an error {status}": {"kind": "error", "status": status} for status in (429, 500, 502, 503, 504)},
    "a 429 that does not say until when": {"kind": "error", "status": 429, "headers": False},
    "a proxy's 404": {"kind": "answer", "status": 404, "headers": HTML, "body": PAGE},
    "a proxy's 502": {"kind": "answer", "status": 502, "headers": HTML, "body": PAGE},
    "a redirect": {"kind": "answer", "status": 302, "headers": {"location": "https://login.example.com/"}},
    "a page of a proxy, nothing done": {"kind": "answer", "status": 200, "headers": HTML, "body": PAGE},
    "a page of a proxy, done": {"kind": "answer", "headers": HTML, "body": PAGE, "after": True},
    "an empty 202, nothing done": {"kind": "answer", "status": 202, "body": ""},
    "an empty 202, done": {"kind": "answer", "status": 202, "body": "", "after": True},
    "a list in place of an object, done": {"kind": "answer", "body": "[]", "after": True},
    "half an answer, done": {"kind": "truncate"},
    "a connection that breaks, nothing done": {"kind": "reset"},
    "a connection that breaks, done": {"kind": "reset", "after": True},
}
"""Strikes one call. A 404 of the API itself is none: what it says of an object is so."""

FROM_THEN_ON: Mapping[str, Fault] = {
    f"{name}, from then on": {**ONCE[name], "times": None}
    for name in (
        "an error 401",
        "an error 403",
        "an error 429",
        "an error 500",
        "an error 503",
        "a proxy's 502",
        "a redirect",
        "a connection that breaks, nothing done",
        "a connection that breaks, done",
    )
}
"""Strikes every call that follows, until the run has ended."""

KINDS: Mapping[str, Fault] = {**ONCE, **FROM_THEN_ON}
