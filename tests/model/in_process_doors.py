"""The engine's ways to other processes, replaced by ways that stay in this one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

import pulumi

from pulumi_auth0_apis.engine.children.program import SHOWED_A_MESSAGE
from pulumi_auth0_apis.engine.children.providers import Provider
from pulumi_auth0_apis.engine.events.stream import EventStream
from pulumi_auth0_apis.engine.running import deployment, operations
from pulumi_auth0_apis.engine.running.monitor import Monitor

from .in_process_program import ProgramStandIn, Source


@contextmanager
def closed_doors(source: Source, provider: Callable[[], Provider], events: EventStream) -> Iterator[None]:
    """Let one operation run this program and these providers, whose messages are told as the engine would."""

    async def start_provider(*_: object) -> Provider:
        return provider()

    async def start_program(_here: object, _events: object, server: NoServer, _engine: object) -> NoChild:
        assert server.monitor is not None
        if complaint := source.complaint():
            events.diagnostic("error", complaint)
        return NoChild(ProgramStandIn(server.monitor, source))

    def tell(message: str, *_: object, **__: object) -> None:
        events.diagnostic("info#err", message)

    replaced: list[tuple[Any, str, Any]] = [
        (operations, "make_server", _no_server),
        (operations, "add_engine_service", lambda *_: None),
        (operations, "start_provider", start_provider),
        (deployment, "make_server", _no_server),
        (deployment, "add_monitor", _keep_monitor),
        (deployment, "start_program", start_program),
        (pulumi.log, "info", tell),
        (pulumi.log, "warn", tell),
    ]
    with ExitStack() as doors:
        for module, name, stand_in in replaced:
            doors.enter_context(patch.object(module, name, stand_in))
        yield


class NoServer:
    """Stands for a gRPC server and, because nobody connects to it, for its address."""

    def __init__(self) -> None:
        self.monitor: Monitor | None = None

    async def start(self) -> None:
        """Nothing listens."""

    async def stop(self, _grace: object) -> None:
        """Nothing listened."""


def _no_server() -> tuple[NoServer, NoServer]:
    server = NoServer()
    return server, server


def _keep_monitor(monitor: Monitor, server: NoServer) -> None:
    server.monitor = monitor


class NoChild:
    """A program that runs as a task of the engine's own loop."""

    def __init__(self, program: ProgramStandIn) -> None:
        self.ended = asyncio.create_task(self._run(program))

    async def _run(self, program: ProgramStandIn) -> int:
        return 0 if await program.run() else SHOWED_A_MESSAGE

    async def stop(self) -> None:
        self.ended.cancel()
        await asyncio.gather(self.ended, return_exceptions=True)
