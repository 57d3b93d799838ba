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
from pulumi_auth0_apis.management.documents import document
from pulumi_auth0_apis.management.redaction import carried, redacted

BY_STATUS: dict[int, type[ManagementError]] = {
    400: BadRequestError,
    401: UnauthorizedError,
    403: ForbiddenError,
    404: NotFoundError,
    409: ConflictError,
    429: RateLimitError,
}

SAYING = ("message", "error_description", "error")
"""Where an answer of either API says what is wrong, the most telling first."""

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
    method, path = response.request.method, response.request.url.path
    code, reason = _said(response)
    answered = " ".join(filter(None, [str(response.status_code), code]))
    error = _class_for(response.status_code)(
        f"Could not {doing}: {method} {path} answered {answered}"
        f"{f': {reason.rstrip(chr(46))}' if reason else ''}.",
        status=response.status_code,
        error_code=code,
        reason=reason,
        method=method,
        path=path,
    )
    return error.restated(next_step=_next_step(error))


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
    body = envelope(response)
    if body is None:
        return None, f"the answer is not JSON ({content_type(response)})"
    texts = [quoted(body[name], response.request) for name in SAYING if isinstance(body.get(name), str)]
    code = body.get("errorCode")
    reason = next(filter(None, texts), "the answer is not what the Management API sends")
    return quoted(code, response.request) if isinstance(code, str) else None, reason


def envelope(response: httpx.Response) -> dict[str, Any] | None:
    """The JSON object of an error, empty where it is other JSON; None where the answer is no JSON."""
    try:
        body = document(response.content)
    except ValueError:
        return None
    return body if isinstance(body, dict) else {}


def quoted(text: str, request: httpx.Request) -> str:
    """What somebody says about `request`, fit for a message: on one line, without the request's secrets."""
    return " ".join(redacted(text, carried(request)).split())


def content_type(response: httpx.Response) -> str:
    """What the answer says that it is."""
    return quoted(response.headers.get("content-type", "no content type"), response.request)


def connection_failed(error: httpx.RequestError, doing: str) -> ConnectionFailedError:
    """The error for a request that got no answer."""
    request = error.request
    host, method, path = request.url.netloc.decode(), request.method, request.url.path
    reason = quoted(str(error), request)
    cause = next(text for kind, text in CAUSES.items() if isinstance(error, kind))
    writes = method not in ("GET", "HEAD") and path.startswith("/api/")  # a token request changes nothing
    ambiguous = writes and not isinstance(error, NOT_SENT)
    outcome = "It may have been carried out. " if ambiguous else ""
    return ConnectionFailedError(
        f"Could not {doing}: {host} {cause} ({type(error).__name__}: {reason}). {outcome}".rstrip(),
        "Check auth0:domain and the network, and run again.",
        method=method,
        path=path,
        ambiguous=ambiguous,
    )


def never_sent(error: httpx.InvalidURL, method: str, path: str, doing: str) -> ConnectionFailedError:
    """The error for a request whose address cannot be written down, as that of a name of 64 KB."""
    return ConnectionFailedError(
        f"Could not {doing}: there is no such address ({error}).",
        "Check the names in the program.",
        method=method,
        path=path,
        ambiguous=False,
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
        f"documents {documented}. {outcome}".rstrip()
    )
