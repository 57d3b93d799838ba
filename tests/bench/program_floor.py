"""What Pulumi's SDK takes by itself: a tenant's program of empty resources, whose monitor answers at once.

Nothing that runs such a program can be quicker. What comes on top is ours.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from google.protobuf import empty_pb2
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc, resource_pb2, resource_pb2_grpc

from pulumi_auth0_apis.engine.children.connections import make_server
from pulumi_auth0_apis.engine.children.program import RUNNER
from pulumi_auth0_apis.engine.running.monitor import FEATURES

PROGRAM = Path(__file__).parent / "empties"
PARALLEL = 16


@dataclass(frozen=True)
class Floor:
    """What the program's process took, from its start to its end."""

    seconds: float
    cpu_seconds: float


class InstantMonitor(resource_pb2_grpc.ResourceMonitorServicer):
    """Every resource is as it was asked for."""

    async def GetDeploymentInfo(self, _request: Any, _context: Any) -> Any:
        features = [getattr(resource_pb2, f"RESOURCE_MONITOR_FEATURE_{name}") for name in FEATURES]
        return resource_pb2.DeploymentInfo(supportedFeatures=features)

    async def RegisterResource(self, request: Any, _context: Any) -> Any:
        urn = f"urn:pulumi:bench::bench::{request.type}::{request.name}"
        return resource_pb2.RegisterResourceResponse(urn=urn, object=request.object)

    async def RegisterResourceOutputs(self, _request: Any, _context: Any) -> Any:
        return empty_pb2.Empty()

    async def SignalAndWaitForShutdown(self, _request: Any, _context: Any) -> Any:
        return empty_pb2.Empty()


class SilentEngine(engine_pb2_grpc.EngineServicer):
    """Takes messages, and keeps none."""

    async def Log(self, _request: Any, _context: Any) -> Any:
        return empty_pb2.Empty()

    async def SetRootResource(self, _request: Any, _context: Any) -> Any:
        return engine_pb2.SetRootResourceResponse()


def run(config: dict[str, str]) -> Floor:
    """Run the program with a stack's configuration. One that fails ends the bench."""
    return asyncio.run(_run(config))


async def _run(config: dict[str, str]) -> Floor:
    async with _listening() as address:
        began, before = time.monotonic(), _cpu()
        program = await asyncio.create_subprocess_exec(
            sys.executable, "-u", str(RUNNER), stdin=asyncio.subprocess.PIPE
        )
        assert program.stdin is not None
        program.stdin.write(json.dumps(_request(address, config)).encode() + b"\n")
        if await program.wait():
            sys.exit("The program of empty resources failed.")
        return Floor(time.monotonic() - began, _cpu() - before)


@asynccontextmanager
async def _listening() -> AsyncIterator[str]:
    server, address = make_server()
    resource_pb2_grpc.add_ResourceMonitorServicer_to_server(InstantMonitor(), server)
    engine_pb2_grpc.add_EngineServicer_to_server(SilentEngine(), server)
    await server.start()
    yield address
    await server.stop(None)


def _request(address: str, config: dict[str, str]) -> dict[str, Any]:
    settings = {
        "monitor": address,
        "engine": address,
        "project": "bench",
        "stack": "bench",
        "parallel": PARALLEL,
        "dry_run": True,
        "organization": "organization",
        "root_directory": str(PROGRAM),
    }
    request = {"settings": settings, "directory": str(PROGRAM), "entry": ".", "parallel": PARALLEL}
    return request | {"config": config, "secret_keys": []}


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
