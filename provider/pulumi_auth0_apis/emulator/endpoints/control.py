"""`/_sandbox/…`: what a test asks of the sandbox itself. Other sites may not, and none of it is a call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pulumi_auth0_apis.emulator import errors, openapi
from pulumi_auth0_apis.emulator.door import Door, Endpoint
from pulumi_auth0_apis.emulator.faults import Fault
from pulumi_auth0_apis.emulator.models.emulated_tenant import EmulatedTenant
from pulumi_auth0_apis.emulator.operations import HttpOperation
from pulumi_auth0_apis.emulator.origin import refuse_forms, refuse_other_sites
from pulumi_auth0_apis.emulator.wire import json_response, parse_json


def routes(door: Door, operations: Sequence[HttpOperation]) -> list[Route]:
    """The control routes of one tenant, which models these operations."""
    return [
        Route("/_sandbox/requests", _own(_requests(door)), methods=["GET", "DELETE"]),
        Route("/_sandbox/openapi.json", _own(_openapi(door, operations))),
        Route("/_sandbox/faults", _own(_faults(door)), methods=["GET", "POST", "DELETE"]),
    ]


def _own(endpoint: Endpoint) -> Endpoint:
    """`endpoint` for the sandbox's own page and for whatever is no browser, with refusals formatted."""

    async def answer(request: Request) -> Response:
        try:
            refuse_other_sites(request)
            return await endpoint(request)
        except errors.ErrorAnswer as refusal:
            return json_response(refusal.body(), refusal.status)

    return answer


def _requests(door: Door) -> Endpoint:
    """The counts by route; DELETE resets them."""

    async def answer(request: Request) -> Response:
        if request.method == "DELETE":
            door.traffic.reset()
            return json_response(None, 204)
        return json_response(door.traffic.counts())

    return answer


def _openapi(door: Door, operations: Sequence[HttpOperation]) -> Endpoint:
    """Return the OpenAPI document of all that the sandbox models."""

    async def answer(_: Request) -> Response:
        return json_response(openapi.document(operations, door.tenant.domain))

    return answer


def _faults(door: Door) -> Endpoint:
    """The faults that wait; POST adds one or a list of them, DELETE forgets all."""

    async def answer(request: Request) -> Response:
        if request.method == "DELETE":
            door.faults.clear()
            return json_response(None, 204)
        if request.method == "POST":
            refuse_forms(request)
            _add_faults(door, await request.body())
        return json_response([asdict(fault) for fault in door.faults.waiting()])

    return answer


def _add_faults(door: Door, raw: bytes) -> None:
    given = parse_json(raw, errors.invalid_body("Invalid request payload JSON format"))
    door.faults.add(given if isinstance(given, list) else [given])


async def not_modelled(_: EmulatedTenant, request: Request, __: Fault | None) -> Response:
    """Every other route: 501, and which it is."""
    raise errors.not_modelled(request.method, request.url.path)


async def not_found(_: Request, __: Exception) -> Response:
    """A path that no route takes, not even the one for every other: it holds a line break."""
    refusal = errors.ApiError(404, "Not Found")
    return json_response(refusal.body(), refusal.status)
