"""The tenant as an ASGI application: the routes, and the door that each leads through."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from pulumi_auth0_apis.emulator import page
from pulumi_auth0_apis.emulator.door import Door, Endpoint
from pulumi_auth0_apis.emulator.endpoints import anonymous_token, control, token, well_known
from pulumi_auth0_apis.emulator.faults import Faults
from pulumi_auth0_apis.emulator.latency import parse_latency
from pulumi_auth0_apis.emulator.models.emulated_tenant import EmulatedTenant
from pulumi_auth0_apis.emulator.operations import HttpOperation
from pulumi_auth0_apis.emulator.origin import on_loopback_alone
from pulumi_auth0_apis.emulator.routes import operations_of
from pulumi_auth0_apis.emulator.wire import Sleep

_VERBS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


def create_app(
    tenant: EmulatedTenant,
    *,
    latency: float | str = 0.0,
    faults: Iterable[dict[str, Any]] = (),
    sleep: Sleep = asyncio.sleep,
) -> Starlette:
    """The application of one tenant, for an ASGI server or an in-process transport.

    `latency` as in `latency.parse_latency`, `faults` as in `faults`; `sleep` is how the application waits.
    Its `state.door` has the calls it took and the faults that wait.
    """
    book = Faults()
    book.add(faults)
    door = Door(tenant, parse_latency(latency), book, sleep)
    app = Starlette(
        routes=[
            *(_route(operation, door.management(operation)) for operation in operations_of(tenant)),
            Route(token.PATH, door.open(f"POST {token.PATH}", token.answer), methods=["POST"]),
            Route(
                anonymous_token.PATH,
                door.open(f"POST {anonymous_token.PATH}", anonymous_token.answer),
                methods=["POST"],
            ),
            Route(well_known.JWKS, door.open(f"GET {well_known.JWKS}", well_known.jwks)),
            Route(well_known.DISCOVERY, door.open(f"GET {well_known.DISCOVERY}", well_known.discovery)),
            *control.routes(door, operations_of(tenant)),
            *page.routes(door),
            Route("/{path:path}", door.open("not modelled", control.not_modelled), methods=_VERBS),
        ],
        exception_handlers={404: control.not_found},
        middleware=[Middleware(on_loopback_alone, tenant.domain)],
    )
    app.state.door = door
    return app


def _route(operation: HttpOperation, endpoint: Endpoint) -> Route:
    # An identifier may hold slashes, which HTTP servers decode before routing.
    path = operation.path.replace("resource-servers/{id}", "resource-servers/{id:path}")
    return Route(path, endpoint, methods=[operation.method])
