"""The Engine service: where programs and policy packs log, and agree on the root of the stack."""

from __future__ import annotations

from typing import Any

import grpc.aio
from google.protobuf import empty_pb2
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc

from pulumi_auth0_apis.engine.events.stream import EventStream, Severity

_SEVERITIES: dict[int, Severity] = {
    engine_pb2.DEBUG: "debug",
    engine_pb2.INFO: "info",
    engine_pb2.WARNING: "warning",
    engine_pb2.ERROR: "error",
}


class EngineService(engine_pb2_grpc.EngineServicer):
    """Turns log calls into diagnostics. Debug messages are dropped, as without `--debug`."""

    def __init__(self, events: EventStream) -> None:
        self._events = events
        self._root = ""

    async def Log(self, request: Any, _context: Any) -> Any:
        """Tell the user what a child says."""
        severity = _SEVERITIES[request.severity]
        if severity != "debug":
            self._events.diagnostic(severity, request.message, request.urn, ephemeral=request.ephemeral)
        return empty_pb2.Empty()

    async def GetRootResource(self, _request: Any, _context: Any) -> Any:
        """Name the root of the stack."""
        return engine_pb2.GetRootResourceResponse(urn=self._root)

    async def SetRootResource(self, request: Any, _context: Any) -> Any:
        """Remember the root of the stack."""
        self._root = request.urn
        return engine_pb2.SetRootResourceResponse()

    async def RequirePulumiVersion(self, _request: Any, _context: Any) -> Any:
        """Take any version: the range is about the `pulumi` command, which does not run here."""
        return engine_pb2.RequirePulumiVersionResponse()


def add_engine_service(service: EngineService, server: grpc.aio.Server) -> None:
    """Serve the Engine service at a gRPC server."""
    engine_pb2_grpc.add_EngineServicer_to_server(service, server)
