"""Whose pages a browser on this machine lets talk to the tenant: its own alone.

The tenant has no secrets from who runs it, but a web page is somebody else's. One that has its own name
resolve to this machine (DNS rebinding) is of the same origin to the browser, and gives itself away by that
name; one that sends forms or links here names its site (`Origin`, `Sec-Fetch-Site`).
"""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from pulumi_auth0_apis.emulator.errors import ApiError
from pulumi_auth0_apis.emulator.wire import json_response

_HOST = re.compile(r"(?:\[(?P<v6>[0-9a-f:.]+)\]|(?P<name>[a-z0-9.-]+))(?::[0-9]*)?", re.IGNORECASE)
_OWN_SITES = ("same-origin", "none")
"""What `Sec-Fetch-Site` says of a page of this origin, and of an address that somebody typed."""


def is_loopback(host: str) -> bool:
    """Whether a Host header names this machine: localhost, *.localhost, 127.0.0.0/8 or [::1], at any port."""
    match = _HOST.fullmatch(host)
    if match is None:
        return False
    name = (match["v6"] or match["name"]).lower()
    if match["v6"] is None and (name == "localhost" or name.endswith(".localhost")):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def on_loopback_alone(app: ASGIApp, domain: str) -> ASGIApp:
    """`app` for the names of this machine; every other is refused with 421. `domain` is how to call it."""
    refusal = ApiError(
        421,
        "The sandbox answers to the names of this machine alone (localhost, *.localhost, 127.0.0.1, [::1]), "
        f"so that no web page reaches it by a name of its own. Call it as {domain}, or send that as Host.",
    )

    async def call(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not _is_called_by_loopback(Headers(scope=scope)):
            await json_response(refusal.body(), refusal.status)(scope, receive, send)
        else:
            await app(scope, receive, send)

    return call


def _is_called_by_loopback(headers: Headers) -> bool:
    hosts = headers.getlist("host")
    return len(hosts) == 1 and is_loopback(hosts[0])


def refuse_other_sites(request: Request) -> None:
    """Raise ApiError where a browser says that another site asks. Other clients send no such headers."""
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site", "none")
    foreign = origin is not None and urlsplit(origin).netloc != request.headers.get("host")
    if foreign or site not in _OWN_SITES:
        raise ApiError(403, "This comes from another site. Use the sandbox's own page, or no browser.")


def is_visit(request: Request) -> bool:
    """Whether somebody follows a link to a page, of whatever site: that site sees nothing of it."""
    return request.method in ("GET", "HEAD") and request.headers.get("sec-fetch-dest") == "document"


def refuse_forms(request: Request) -> None:
    """Raise ApiError for a body that does not say it is JSON: browsers send those for any site, unasked."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise ApiError(415, "The body must be JSON, sent with `content-type: application/json`.")
