"""From HTTP answers and httpx's errors to ours, once, to the most specific class."""

from __future__ import annotations

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
    UnexpectedAnswerError,
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
    """The error for an answer with a status of 400 or more."""
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


def envelope(response: httpx.Response) -> dict[str, Any]:
    """The JSON object that a refusal says; empty where it is none."""
    try:
        body = response.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def connection_failed(error: httpx.RequestError, doing: str) -> ConnectionFailedError:
    """The error for a request that got no answer."""
    request = error.request
    host, method, path = request.url.netloc.decode(), request.method, request.url.path
    cause = next(text for kind, text in CAUSES.items() if isinstance(error, kind))
    writes = method not in ("GET", "HEAD") and path.startswith("/api/")  # a token request changes nothing
    ambiguous = writes and not isinstance(error, NOT_SENT)
    outcome = "It may have been carried out. " if ambiguous else ""
    return ConnectionFailedError(
        f"Could not {doing}: {host} {cause} ({type(error).__name__}: {error}). {outcome}"
        "Check auth0:domain and the network, and run again.",
        method=method,
        path=path,
        ambiguous=ambiguous,
    )


def unexpected(response: httpx.Response, doing: str, odd: str, documented: str) -> UnexpectedAnswerError:
    """The error for an answer that is none: `odd` follows on `answered 200`."""
    method, path = response.request.method, response.request.url.path
    error = UnexpectedAnswerError(
        "", status=response.status_code, reason=odd.strip(" ,"), method=method, path=path
    )
    outcome = "It may have been carried out. " if error.ambiguous else ""
    return error.restated(
        f"Could not {doing}: {method} {path} answered {response.status_code}{odd}; the Management API "
        f"documents {documented}. {outcome}{error.next_step}"
    )
