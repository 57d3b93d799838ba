"""The tenant as an ASGI application: every call passes the same checks in Auth0's order.

count → authenticate (401) → scope (403) → path, query and body (400) → the model's rules → answer
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pulumi_auth0_apis.emulator import errors, query
from pulumi_auth0_apis.emulator.authentication import Gate
from pulumi_auth0_apis.emulator.endpoints import token, well_known
from pulumi_auth0_apis.emulator.errors import Refusal
from pulumi_auth0_apis.emulator.models.tenant import Tenant
from pulumi_auth0_apis.emulator.operations import Call, Operation
from pulumi_auth0_apis.emulator.routes import OPERATIONS
from pulumi_auth0_apis.emulator.traffic import Entry, Traffic

Endpoint = Callable[[Request], Awaitable[Response]]

_JSON = "application/json; charset=utf-8"


def create_app(tenant: Tenant) -> Starlette:
    """The application of one tenant, for an ASGI server or an in-process transport."""
    desk = Desk(tenant)
    routes = [_route(operation, desk.management(operation)) for operation in OPERATIONS]
    routes += [
        Route("/oauth/token", desk.counted("POST /oauth/token", desk.issue_token), methods=["POST"]),
        Route("/.well-known/jwks.json", desk.document(well_known.jwks)),
        Route("/.well-known/openid-configuration", desk.document(well_known.openid_configuration)),
        Route("/_sandbox/requests", desk.requests, methods=["GET", "DELETE"]),
        Route("/{path:path}", desk.not_modelled, methods=["GET", "POST", "PUT", "PATCH", "DELETE"]),
    ]
    return Starlette(routes=routes)


def _route(operation: Operation, endpoint: Endpoint) -> Route:
    # An identifier may hold slashes, which HTTP servers decode before routing.
    path = operation.path.replace("resource-servers/{id}", "resource-servers/{id:path}")
    return Route(path, endpoint, methods=[operation.method])


class Desk:
    """Takes requests in and gives answers out for one tenant."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self._gate = Gate(tenant)
        self._traffic = Traffic()

    def management(self, operation: Operation) -> Endpoint:
        """The endpoint of a Management API operation."""

        async def answer(request: Request) -> Response:
            access = self._gate.admit(request.headers.get("authorization"), operation.scopes)
            call = Call(
                path=request.path_params,
                query=query.parse(request.url.query, operation.query_validator),
                body=await _body(request, operation),
                token=access,
            )
            return _json(operation.handle(self._tenant, call), operation.status)

        return self.counted(operation.route, answer)

    def counted(self, route: str, answer: Endpoint) -> Endpoint:
        """`answer`, with refusals formatted and the call recorded under its route."""

        async def respond(request: Request) -> Response:
            try:
                response = await answer(request)
            except Refusal as refusal:
                response = _json(refusal.body(), refusal.status, refusal.headers)
            entry = Entry(self._tenant.clock(), request.method, request.url.path, response.status_code)
            self._traffic.record(route, entry)
            return response

        return respond

    def document(self, write: Callable[[Tenant], dict[str, Any]]) -> Endpoint:
        """The endpoint of a public document."""

        async def answer(_: Request) -> Response:
            return _json(write(self._tenant))

        return answer

    async def issue_token(self, request: Request) -> Response:
        """`POST /oauth/token`, form-encoded or JSON."""
        text = (await request.body()).decode()
        is_json = "json" in request.headers.get("content-type", "")
        form = _parse(text) if is_json else dict(parse_qsl(text))
        answer = _json(token.issue_token(self._tenant, form))
        answer.headers["cache-control"] = "no-store"
        return answer

    async def requests(self, request: Request) -> Response:
        """`/_sandbox/requests`: the counts by route; DELETE resets them."""
        if request.method == "DELETE":
            self._traffic.reset()
            return Response(status_code=204)
        return _json(self._traffic.counts())

    async def not_modelled(self, request: Request) -> Response:
        """Everything else: 501, and which route it is."""
        refusal = errors.not_modelled(request.method, request.url.path)
        return _json(refusal.body(), refusal.status)


async def _body(request: Request, operation: Operation) -> dict[str, Any]:
    """The checked body; a body that comes with GET or DELETE is passed over (recorded: `null` is)."""
    if operation.body_validator is None:
        return {}
    body = _parse((await request.body()).decode(errors="replace"))
    operation.body_validator.check(body)
    return body


def _parse(text: str) -> dict[str, Any]:
    try:
        body: dict[str, Any] = json.loads(text)
    except ValueError as cause:
        raise errors.invalid_body("Invalid request payload JSON format") from cause
    return body


def _json(content: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """The answer on the wire; even 204 has Auth0's content type (recorded)."""
    raw = b"" if content is None else json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode()
    return Response(raw, status, {"content-type": _JSON, **(headers or {})})
