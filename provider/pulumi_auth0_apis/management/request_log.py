"""One line to stderr for each request where `AUTH0_APIS_LOG` is `info`, with masked bodies where `debug`."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import httpx

from auth0_api_vocabulary.marks import MASK
from pulumi_auth0_apis.management.documents import document
from pulumi_auth0_apis.management.redaction import about_objects, carried, masked, told

VARIABLE = "AUTH0_APIS_LOG"


def log(request: httpx.Request, outcome: httpx.Response | httpx.TransportError, seconds: float) -> None:
    """Write a line of JSON: method, path, status or error, milliseconds, what is left of the rate limit."""
    level = os.environ.get(VARIABLE, "")
    if level not in ("info", "debug"):
        return
    entry: dict[str, Any] = {"method": request.method, "path": request.url.raw_path.decode()}
    if isinstance(outcome, httpx.Response):
        entry |= {"status": outcome.status_code, "remaining": outcome.headers.get("x-ratelimit-remaining")}
    else:
        entry["error"] = type(outcome).__name__
    entry["ms"] = round(seconds * 1000)
    if level == "debug":
        secrets = carried(request)
        answer = outcome.content if isinstance(outcome, httpx.Response) else None
        entry["request"] = _body(request, request.content, secrets)
        entry["response"] = None if answer is None else _body(request, answer, secrets)
    print(json.dumps(entry), file=sys.stderr, flush=True)


def _body(request: httpx.Request, content: bytes, secrets: list[str]) -> Any:
    """The masked JSON; what is no JSON (a token request is a form) is not shown at all."""
    try:
        body = document(content or b"null")
    except ValueError:
        return MASK
    return masked(told(body) if about_objects(request) else body, secrets)
