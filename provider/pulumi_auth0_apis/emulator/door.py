"""The door of the tenant: every call passes the same checks, in Auth0's order.

fault → latency → rate limit (429) → token (401) → scope (403) → path, query, body (400) → the model's rules
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from pulumi_auth0_apis.emulator import query
from pulumi_auth0_apis.emulator.authentication import Gate
from pulumi_auth0_apis.emulator.errors import ApiError, ErrorAnswer, invalid_body
from pulumi_auth0_apis.emulator.faults import Fault, Faults
from pulumi_auth0_apis.emulator.latency import Latency
from pulumi_auth0_apis.emulator.models.emulated_tenant import EmulatedTenant
from pulumi_auth0_apis.emulator.operations import CheckedRequest, HttpOperation
from pulumi_auth0_apis.emulator.rate_limit import RateLimiter, too_many_requests
from pulumi_auth0_apis.emulator.traffic import RecordedCall, Traffic
from pulumi_auth0_apis.emulator.wire import (
    HangingResponse,
    ResetResponse,
    Sleep,
    SlowResponse,
    TruncatedResponse,
    json_response,
    parse_json,
)

Endpoint = Callable[[Request], Awaitable[Response]]
Answer = Callable[[Request, Fault | None], Awaitable[Response]]
PublicAnswer = Callable[[EmulatedTenant, Request, Fault | None], Awaitable[Response]]


class Door:
    """Takes requests in and gives answers out for one tenant."""

    def __init__(self, tenant: EmulatedTenant, latency: Latency, faults: Faults, sleep: Sleep) -> None:
        self.tenant = tenant
        self.faults = faults
        self.traffic = Traffic()
        self.limiter = RateLimiter(tenant.plan, tenant.clock)
        self._gate = Gate(tenant)
        self._latency = latency
        self._sleep = sleep

    def management(self, operation: HttpOperation) -> Endpoint:
        """The endpoint of a Management API operation."""

        async def answer(request: Request, _: Fault | None) -> Response:
            headers = self.limiter.admit(operation.route)
            try:
                content = await self._handle(operation, request)
            except ErrorAnswer as refusal:
                return json_response(refusal.body(), refusal.status, headers | refusal.headers)
            return json_response(content, operation.status, headers)

        return self._counted(operation.route, answer)

    def open(self, route: str, write: PublicAnswer) -> Endpoint:
        """The endpoint of a route that asks for no token; `route` is its name in counts and logs."""

        async def answer(request: Request, fault: Fault | None) -> Response:
            return await write(self.tenant, request, fault)

        return self._counted(route, answer)

    async def _handle(self, operation: HttpOperation, request: Request) -> Any:
        token = self._gate.admit(request.headers.get("authorization"), operation.scopes)
        parameters = query.parse(request.scope["query_string"].decode(), operation.query_validator)
        body = await _checked_body(operation, request)
        with self.tenant.store.transaction():
            return operation.handle(self.tenant, CheckedRequest(request.path_params, parameters, body, token))

    def _counted(self, route: str, answer: Answer) -> Endpoint:
        """`answer` behind faults and latency, with refusals formatted and the call recorded."""

        async def respond(request: Request) -> Response:
            fault = self.faults.strike(request.method, request.scope["path"])
            await self._wait(fault)
            response = None if fault is None else await self._fail(fault, request)
            if response is None:
                try:
                    response = await answer(request, fault)
                except ErrorAnswer as refusal:
                    response = json_response(refusal.body(), refusal.status, refusal.headers)
                except ClientDisconnect:  # before it had sent all: nothing was done, and nobody listens
                    return Response(status_code=400)
            self._record(route, request, response)
            return response if fault is None else self._break(fault, response)

        return respond

    async def _wait(self, fault: Fault | None) -> None:
        seconds = self._latency()
        if fault is not None and fault.kind == "delay":
            seconds += fault.seconds
        if seconds > 0:
            await self._sleep(seconds)

    async def _fail(self, fault: Fault, request: Request) -> Response | None:
        """The answer of a fault that keeps the call from taking effect."""
        if fault.kind == "error":
            error = _error(fault, self.tenant.clock())
            return json_response(error.body(), error.status, error.headers)
        if fault.kind == "answer" and not fault.after:
            return _replaced(fault, json_response(None))
        if fault.kind == "reset" and not fault.after:
            # A client still sending would notice the reset there, and read a plain end of file afterwards.
            await request.body()
            return ResetResponse()
        return None

    def _break(self, fault: Fault, response: Response) -> Response:
        """What a fault makes of the answer to a call that took effect."""
        if fault.kind == "reset":
            return ResetResponse()
        if fault.kind == "answer" and fault.after:
            return _replaced(fault, response)
        if fault.kind == "hang":
            return HangingResponse()
        if fault.kind == "truncate":
            return TruncatedResponse(response)
        if fault.kind == "slow":
            return SlowResponse(response, fault.seconds, self._sleep)
        return response

    def _record(self, route: str, request: Request, response: Response) -> None:
        entry = RecordedCall(self.tenant.clock(), request.method, request.scope["path"], response.status_code)
        self.traffic.record(route, entry)


async def _checked_body(operation: HttpOperation, request: Request) -> dict[str, Any]:
    """The checked body; one that comes with GET or DELETE is passed over (recorded: `null` is)."""
    if operation.body_validator is None:
        return {}
    body = parse_json(await request.body(), invalid_body("Invalid request payload JSON format"))
    operation.body_validator.check(body)
    return dict(body)


def _replaced(fault: Fault, response: Response) -> Response:
    """What `fault` asks for in place of `response`, and the rest of that as it is."""
    headers = {name: value for name, value in response.headers.items() if name != "content-length"}
    if isinstance(fault.headers, dict):
        headers |= {name.lower(): value for name, value in fault.headers.items()}
    body = response.body if fault.body is None else fault.body
    return Response(body, fault.status or response.status_code, headers)


def _error(fault: Fault, now: float) -> ApiError:
    headers = {} if fault.retry_after is None else {"retry-after": str(fault.retry_after)}
    status = fault.status or 503
    if status != 429:
        return ApiError(status, "An internal server error occurred", headers=headers)
    if fault.headers:
        reset = str(int(now) + (fault.retry_after or 1))
        headers |= {"x-ratelimit-limit": "10", "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset}
    return too_many_requests("Global limit has been reached", headers)
