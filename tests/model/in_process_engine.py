"""The local engine in this process alone: its own planning and running, with its doors to processes closed.

Nothing waits: provider and tenant answer where they are called, and the clock stands still. So a run takes
milliseconds, and the same program on the same state always takes the same steps.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal
from unittest.mock import patch

import httpx

from pulumi_auth0_apis.emulator import EmulatedTenant, ManualClock, create_app
from pulumi_auth0_apis.emulator.faults import Faults
from pulumi_auth0_apis.emulator.tokens import management_token
from pulumi_auth0_apis.emulator.traffic import Traffic
from pulumi_auth0_apis.engine.children.players import Players
from pulumi_auth0_apis.engine.children.program import RunInfo
from pulumi_auth0_apis.engine.events.stream import Event, EventStream
from pulumi_auth0_apis.engine.model.snapshot import Snapshot
from pulumi_auth0_apis.engine.model.state import ResourceState
from pulumi_auth0_apis.engine.planning.targets import Targeting, Targets
from pulumi_auth0_apis.engine.running.operation_options import OperationOptions
from pulumi_auth0_apis.engine.running.operations import Operation
from pulumi_auth0_apis.engine.running.sealing import Sealing
from pulumi_auth0_apis.engine.store.journal_replayer import JournalEntry, JournalReplayer
from pulumi_auth0_apis.management import Session
from pulumi_auth0_apis.management.client import ManagementClient
from pulumi_auth0_apis.management.pacing import Pacer
from pulumi_auth0_apis.management.settings import ConnectionSettings
from pulumi_auth0_apis.management.transport import PatientTransport

from .declarations import PROJECT, Program
from .in_process_doors import closed_doors
from .in_process_program import Source
from .in_process_provider import InProcessProvider, Mortal
from .in_process_transport import InProcessTransport
from .runs import Command, Options, Rewriting, Run, observed

DOMAIN = "http://127.0.0.1:1"
KINDS: dict[Command, Literal["update", "refresh", "destroy"]] = {
    "up": "update",
    "preview": "update",
    "refresh": "refresh",
    "destroy": "destroy",
}


class InProcess:
    """Stacks on one tenant, all of it in memory."""

    can_die = True

    def __init__(self, provider: type[InProcessProvider] = InProcessProvider) -> None:
        self._provider = provider
        self.tenant = EmulatedTenant(DOMAIN, clock=ManualClock())
        app = create_app(self.tenant)
        self._traffic: Traffic = app.state.door.traffic
        self.faults: Faults = app.state.door.faults
        self.transport: httpx.BaseTransport = InProcessTransport(app)
        self._token = management_token(self.tenant)
        self._states: dict[str, Snapshot] = {}

    @property
    def calls(self) -> int:
        return self._traffic.routes.total()

    def run(self, stack: str, command: Command, program: Program, options: Options) -> Run:
        preview = command == "preview"
        base = self._states.get(stack, Snapshot())
        events = EventStream()
        asked = OperationOptions(kind=KINDS[command])
        if command == "up":
            asked = replace(asked, refresh=options.refresh, targeting=_targeting(options))
        operation = Operation(self._run_info(stack, preview), asked, events, NothingSealed(), Players())
        writer = MemoryWriter(base, options.engine_dies_after, operation.interrupt)
        if options.stop_after is not None:
            events._on_event = _interrupting(operation, options.stop_after)
        mortal = Mortal(options.provider_dies_at)
        doors = closed_doors(
            Source(program, stack, preview), lambda: self._provider(self._session(), mortal), events
        )
        with doors, patch.dict(os.environ, options.environment):
            outcome = asyncio.run(operation.run(base, None if preview else writer))  # type: ignore[arg-type]
        if not preview:
            self._states[stack] = writer.snapshot()
        return observed(not outcome.failed, events.events, outcome.changes)

    def state(self, stack: str) -> list[ResourceState]:
        return self._states.get(stack, Snapshot()).resources

    def rewrite(self, stack: str, change: Rewriting) -> None:
        kept = self._states[stack]
        self._states[stack] = replace(kept, resources=change(kept.resources))

    def _session(self) -> Session:
        """A conversation with the tenant in which nobody sleeps."""
        settings = ConnectionSettings(DOMAIN, DOMAIN, self.tenant.management_audience, api_token=self._token)
        clock = StandingClock()
        pacer = Pacer(clock=clock, sleep=clock.sleep)
        transport = PatientTransport(self.transport, pacer, clock.sleep, clock)
        session = Session(settings, ManagementClient(settings, transport))
        batches = session.resource_servers._batches
        batches._gathering.seconds, batches._clock, batches._sleep = 0.0, clock, clock.sleep
        return session

    def _run_info(self, stack: str, preview: bool) -> RunInfo:
        return RunInfo(
            project=PROJECT,
            stack=stack,
            root=Path(),
            directory=Path(),
            entry=".",
            config={"auth0:domain": DOMAIN, "auth0:apiToken": self._token},
            secret_keys=("auth0:apiToken",),
            preview=preview,
            parallel=16,
        )


class StandingClock:
    """Time that passes only where somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


class MemoryWriter:
    """Keeps the entries of a run as the journal does. One that dies keeps no more, and says so."""

    def __init__(self, base: Snapshot, dies_after: int | None, on_death: Callable[[], None]) -> None:
        self._replayer = JournalReplayer(base)
        self._left = dies_after
        self._on_death = on_death

    def keep(self, entry: JournalEntry) -> asyncio.Future[None]:
        """Keep an entry, at once."""
        if self._left != 0:
            self._replayer.apply(entry)
        if self._left:
            self._left -= 1
            if not self._left:
                self._on_death()
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        done.set_result(None)
        return done

    async def replace(self, snapshot: Snapshot) -> None:
        """Begin anew with a whole state."""
        self._replayer = JournalReplayer(snapshot)

    async def close(self) -> None:
        """Everything is kept already."""

    def snapshot(self) -> Snapshot:
        """The state that the next run finds."""
        return self._replayer.snapshot()


class NothingSealed(Sealing):
    """Lets every secret pass: the state is in memory, where nothing is encrypted."""

    def __init__(self) -> None:
        self.lacks_passphrase = False

    def prepare(self, _steps: object) -> None:
        """Nothing to make ready."""

    def prepare_outputs(self, _urn: str, _outputs: object) -> None:
        """Nothing to make ready."""


def _targeting(options: Options) -> Targeting:
    return Targeting(targets=Targets(options.targets), replace=Targets(options.replaces))


def _interrupting(operation: Operation, steps: int) -> Callable[[Event], Any]:
    """Interrupt an operation after so many steps."""
    left = steps

    def count(event: Event) -> None:
        nonlocal left
        if "resOutputsEvent" in event:
            left -= 1
            if left == 0:
                operation.interrupt()

    return count
