"""From HTTP answers and httpx's errors to ours, once, to the most specific class."""

from __future__ import annotations

import json
from typing import Any

import httpx

from pulumi_auth0_apis.errors import (
    BadRequestError,
    ConflictError,
    ConnectionFailedError,
    ForbiddenError,
    ManagementError,
    NotFoundError,
    RateLimitError,
    ServerError,
    UnauthorizedError,
)
from pulumi_auth0_apis.management.redaction import redacted

BY_STATUS: dict[int, type[ManagementError]] = {
    400: BadRequestError,
    401: UnauthorizedError,
    403: ForbiddenError,
    404: NotFoundError,
    409: ConflictError,
    429: RateLimitError,
}

NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)
"""Errors that httpx raises before a request can have reached the tenant."""

CAUSES: dict[type[httpx.RequestError], str] = {
    httpx.ConnectError: "could not be reached",
    httpx.TimeoutException: "did not answer in time",
    httpx.NetworkError: "broke the connection off",
    httpx.ProtocolError: "broke the connection off",
    httpx.ProxyError: "could not be reached through the proxy",
    httpx.UnsupportedProtocol: "has no usable address",
    httpx.DecodingError: "sent an answer that cannot be read",
    httpx.RequestError: "could not be reached",
}


def refusal(response: httpx.Response, doing: str) -> ManagementError:
    """The error for an answer with a status of 400 or more, or with a body that is not the API's."""
    request = response.request
    method, path = request.method, request.url.path
    code, reason = _said(response)
    reason = redacted(reason, request.content)
    error = _class_for(response.status_code)(
        "", status=response.status_code, error_code=code, reason=reason, method=method, path=path
    )
    answered = " ".join(filter(None, [str(response.status_code), code]))
    return error.restated(
        f"Could not {doing}: {method} {path} answered {answered}"
        f"{f': {reason.rstrip(chr(46))}' if reason else ''}. {_next_step(error)}"
    )


def _class_for(status: int) -> type[ManagementError]:
    return ServerError if status >= 500 else BY_STATUS.get(status, ManagementError)


def _next_step(error: ManagementError) -> str:
    if isinstance(error, ForbiddenError) and (scopes := error.missing_scopes):
        return (
            f"Grant {' or '.join(scopes)} on the Management API to the application whose credentials are "
            "used (Dashboard: Applications → APIs → Auth0 Management API → Machine to Machine Applications)."
        )
    return error.next_step


def _said(response: httpx.Response) -> tuple[str | None, str]:
    """Auth0's `errorCode` and `message`; a proxy in between may have answered with anything else."""
    try:
        body = response.json()
    except ValueError:
        return None, f"the answer is not JSON ({response.headers.get('content-type', 'no content type')})"
    if not isinstance(body, dict):
        return None, "the answer is not what the Management API sends"
    message = body.get("message") or body.get("error_description") or body.get("error") or ""
    return body.get("errorCode"), str(message)


def connection_failed(error: httpx.RequestError, doing: str) -> ConnectionFailedError:
    """The error for a request that got no answer."""
    request = error.request
    host, method, path = request.url.netloc.decode(), request.method, request.url.path
    cause = next(text for kind, text in CAUSES.items() if isinstance(error, kind))
    ambiguous = not isinstance(error, NOT_SENT) and method not in ("GET", "HEAD")
    outcome = "It may have been carried out. " if ambiguous else ""
    return ConnectionFailedError(
        f"Could not {doing}: {host} {cause} ({type(error).__name__}: {error}). {outcome}"
        "Check auth0:domain and the network, and run again.",
        method=method,
        path=path,
        ambiguous=ambiguous,
    )


def unreadable(response: httpx.Response, doing: str) -> ManagementError:
    """The error for a success whose body is not JSON."""
    reason = "the answer is not JSON"
    method, path = response.request.method, response.request.url.path
    return ManagementError(
        f"Could not {doing}: {method} {path} answered {response.status_code}, but {reason}. "
        "Something between here and Auth0 may have answered instead: check auth0:domain and the proxy.",
        status=response.status_code,
        reason=reason,
        method=method,
        path=path,
    )


def parsed(response: httpx.Response, doing: str) -> Any:
    """The body of a success; None where there is none. Auth0 labels even an empty 204 as JSON (recorded)."""
    if not response.content:
        return None
    try:
        return json.loads(response.content)
    except ValueError:
        raise unreadable(response, doing) from None
