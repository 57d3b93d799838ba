"""Preview, update, refresh and destroy, from a state to a state."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial

from pulumi_auth0_apis.engine.children.analyzers import start_analyzer
from pulumi_auth0_apis.engine.children.callbacks import Callbacks
from pulumi_auth0_apis.engine.children.connections import make_server
from pulumi_auth0_apis.engine.children.engine_service import EngineService, add_engine_service
from pulumi_auth0_apis.engine.children.players import Players
from pulumi_auth0_apis.engine.children.program import RunInfo, start_plugin, start_provider
from pulumi_auth0_apis.engine.children.provider_registry import ProviderRegistry
from pulumi_auth0_apis.engine.children.providers import Provider
from pulumi_auth0_apis.engine.events.stream import MASK, EventStream
from pulumi_auth0_apis.engine.model.problems import EngineError
from pulumi_auth0_apis.engine.model.run_status import RunStatus
from pulumi_auth0_apis.engine.model.snapshot import Snapshot
from pulumi_auth0_apis.engine.model.state import ResourceState
from pulumi_auth0_apis.engine.model.urns import DYNAMIC_PACKAGE, PROVIDER_TYPE_PREFIX
from pulumi_auth0_apis.engine.model.values import Properties
from pulumi_auth0_apis.engine.planning.planner import Planner
from pulumi_auth0_apis.engine.planning.policing import Policing
from pulumi_auth0_apis.engine.running.clearing import clear_leftovers
from pulumi_auth0_apis.engine.running.deployment import Deployment
from pulumi_auth0_apis.engine.running.executor import Executor
from pulumi_auth0_apis.engine.running.hooks import Hooks, tell_unanswered
from pulumi_auth0_apis.engine.running.operation_options import OperationOptions
from pulumi_auth0_apis.engine.running.other_providers import require_the_same_players
from pulumi_auth0_apis.engine.running.pending_notes import settled, tell_endings, tell_unresolved
from pulumi_auth0_apis.engine.running.provider_calls import ProviderCalls
from pulumi_auth0_apis.engine.running.refreshing import refresh
from pulumi_auth0_apis.engine.running.registrations import Registrations
from pulumi_auth0_apis.engine.running.sealing import Sealing
from pulumi_auth0_apis.engine.running.stack_end import finish_stack, tell_its_end, urn_of_stack
from pulumi_auth0_apis.engine.running.step_recorder import StepRecorder
from pulumi_auth0_apis.engine.running.work import Work
from pulumi_auth0_apis.engine.store.journal_writer import JournalWriter

RUN_PROGRAM = "You must run with the `--run-program` flag to use delete hooks during destroy."


@dataclass
class Outcome:
    """The end of an operation."""

    failed: bool = False
    corrupt: bool = False
    abandoned: bool = False
    changes: Counter[str] = field(default_factory=Counter)
    outputs: Properties = field(default_factory=dict)
    """Those of the stack."""
    fakes: Counter[str] = field(default_factory=Counter)
    """How many resources fakes have played, by package."""


class Operation:
    """One operation on one stack. `interrupt` lets what runs come to its end and begins nothing more."""

    def __init__(
        self,
        run_info: RunInfo,
        options: OperationOptions,
        events: EventStream,
        sealing: Sealing,
        players: Players,
    ) -> None:
        self._run_info = run_info
        self._options = options
        self._sealing = sealing
        self._players = players
        self._packs = options.policy_packs if options.kind == "update" else ()
        self._events = events
        self._executors: list[Executor] = []
        self._providers: ProviderRegistry | None = None
        self._passing: asyncio.Task[None] | None = None
        self._status = RunStatus()
        self._callbacks = Callbacks()
        self._hooks = Hooks(
            self._callbacks,
            events,
            self._status,
            preview=run_info.preview,
            keep_going=options.keep_going,
        )

    def interrupt(self) -> None:
        """Begin nothing more, which providers are told too; the second time, wait for nothing either."""
        self._status.interrupt()
        if not self._status.is_abandoned:
            if self._providers is not None:
                self._cancelling = asyncio.ensure_future(self._providers.cancel())
            return
        for executor in self._executors:
            executor.abandon()
        if self._passing is not None:
            self._passing.cancel()  # whatever it waits for, a rule that never ends for one

    async def run(self, base: Snapshot, writer: JournalWriter | None) -> Outcome:
        """Run the operation to its end. `writer` keeps the state after every step; a preview has none.

        Raises `EngineError` for a target of a refresh or destroy that the state does not have, and where
        fakes would take over from real providers, or nobody from fakes.
        """
        require_the_same_players(base.resources, self._players)
        if self._options.kind != "update":
            self._options.targeting.require(base.resources)
        began = time.monotonic()
        for _pack in self._packs:
            self._events.emit("policyLoadEvent", {})
        self._events.prelude(self._shown_config())
        outcome = Outcome()
        packs: dict[str, str] = {}
        try:
            async with AsyncExitStack() as after:
                if writer is not None:
                    after.push_async_callback(writer.close)
                engine_address, providers, policing = await after.enter_async_context(
                    self._services(base.resources)
                )
                passing = self._pass(base, writer, engine_address, providers, policing, outcome)
                self._passing = asyncio.create_task(passing)
                with suppress(asyncio.CancelledError):
                    await self._passing
                    packs = await policing.packs()
        except EngineError as error:
            self._events.diagnostic("error", str(error))
            self._status.fail()
        outcome.failed = not self._status.is_whole
        outcome.corrupt = self._status.is_corrupt
        outcome.abandoned = self._status.is_abandoned
        self._events.summary(
            preview=self._run_info.preview,
            seconds=time.monotonic() - began,
            changes=outcome.changes,
            packs=packs,
            corrupt=outcome.corrupt,
            failed=outcome.failed,
            fakes=outcome.fakes,
        )
        self._events.emit("cancelEvent", {})
        return outcome

    async def _pass(
        self,
        base: Snapshot,
        writer: JournalWriter | None,
        engine_address: str,
        providers: ProviderRegistry,
        policing: Policing,
        outcome: Outcome,
    ) -> None:
        if self._options.kind == "refresh" or self._options.refresh:
            base = await self._refresh(base, writer, providers, outcome)
        if self._options.kind == "refresh" or self._status.failed:
            return
        if writer is not None:
            base = await self._carry_on(base, writer)
        if self._options.targeting.replace.tell_missing(_urns(base), self._events):
            self._status.fail()
            return
        if self._destroys_alone and tell_unanswered(base.resources, self._events):
            self._events.diagnostic("error", RUN_PROGRAM)
            self._status.fail()
            return
        work = self._work(base, writer, providers, policing)
        try:
            if self._destroys_alone:
                await self._clear(work)
                await work.executor.idle()
            else:
                await self._deploy(work, providers, policing, engine_address)
        finally:
            outcome.changes += work.changes
            outcome.fakes |= work.fakes
            self._tell_end()
            outcome.outputs = work.recorder.snapshot().stack_outputs
            if writer is not None:
                tell_endings(base, work.recorder.snapshot(), self._events)

    @property
    def _destroys_alone(self) -> bool:
        return self._options.kind == "destroy" and not self._options.run_program

    async def _clear(self, work: Work, lost: Collection[str] = ()) -> None:
        if self._options.run_program:  # what the program has registered goes as well
            await work.begin_anew()
        await clear_leftovers(work.planner, work.recorder, work.executor, self._status, lost)

    async def _deploy(
        self, work: Work, providers: ProviderRegistry, policing: Policing, engine_address: str
    ) -> None:
        """Run the program and do what it asks for, to the end of the stack."""
        executor = work.executor  # that of the program, after whose end another may delete
        registrations = Registrations(
            self._run_info,
            work=work,
            providers=providers,
            players=self._players,
            sealing=self._sealing,
            status=self._status,
        )
        await Deployment(
            self._run_info,
            registrations=registrations,
            executor=executor,
            clear=partial(self._clear, work),
            callbacks=self._callbacks,
            hooks=self._hooks,
            events=self._events,
            status=self._status,
        ).run(engine_address)
        stack = urn_of_stack(self._run_info)
        if self._options.run_program:
            tell_its_end(stack, executor)
        else:
            await finish_stack(stack, registrations.stack_outputs, work, policing, self._status)

    async def _refresh(
        self, base: Snapshot, writer: JournalWriter | None, providers: ProviderRegistry, outcome: Outcome
    ) -> Snapshot:
        targeting = self._options.targeting
        if targeting.targets.tell_missing(_urns(base), self._events):
            self._status.fail()
            return base
        executor = self._executor(StepRecorder(base), providers, keep_going=True)
        resources = await refresh(base.resources, executor, targeting)
        self._tell_end()
        if self._options.kind == "refresh":
            outcome.changes += executor.changes
            outcome.fakes |= executor.fakes()
            outcome.outputs = base.stack_outputs
        refreshed = replace(base, resources=resources)
        if writer is not None:
            refreshed = settled(refreshed, self._events, self._options.clear_pending_creates)
            await writer.replace(refreshed)
        return refreshed

    async def _carry_on(self, base: Snapshot, writer: JournalWriter) -> Snapshot:
        """The state that a run builds on; tells what nobody knows of it."""
        tell_unresolved(base, self._events)
        carried = settled(base, self._events)
        if carried != base:
            await writer.replace(carried)
        return carried

    def _tell_end(self) -> None:
        """Tell that steps have failed, or that the user has interrupted; every other reason has been told."""
        status = self._status
        only_objections = status.has_objections and not status.failed
        if status.has_failed_steps or only_objections or status.is_interrupted:
            kind = "preview" if self._run_info.preview else "update"
            self._events.diagnostic("error", f"{kind} {'canceled' if status.is_interrupted else 'failed'}")

    def _work(
        self,
        base: Snapshot,
        writer: JournalWriter | None,
        providers: ProviderRegistry,
        policing: Policing,
    ) -> Work:
        def begin(state: Snapshot) -> tuple[Planner, StepRecorder, Executor]:
            recorder = StepRecorder(state, writer.keep if writer else None)
            planner = Planner(
                stack=self._run_info.stack,
                project=self._run_info.project,
                preview=self._run_info.preview,
                base=state.resources,
                targeting=self._options.targeting,
                providers=providers,
                policing=policing,
                events=self._events,
                status=self._status,
                destroys=self._options.kind == "destroy",
            )
            return planner, recorder, self._executor(recorder, providers, keep_going=self._options.keep_going)

        return Work(base, begin, writer)

    def _executor(self, recorder: StepRecorder, providers: ProviderRegistry, *, keep_going: bool) -> Executor:
        executor = Executor(
            preview=self._run_info.preview,
            parallel=self._run_info.parallel,
            calls=ProviderCalls(
                preview=self._run_info.preview, providers=providers, hooks=self._hooks, events=self._events
            ),
            players=self._players,
            hooks=self._hooks,
            recorder=recorder,
            events=self._events,
            status=self._status,
            keep_going=keep_going,
            is_refresh=self._options.kind == "refresh",
        )
        self._executors.append(executor)
        return executor

    @asynccontextmanager
    async def _services(
        self, base: Sequence[ResourceState]
    ) -> AsyncIterator[tuple[str, ProviderRegistry, Policing]]:
        """Start all that the operation needs, side by side, and end it in any case."""
        server, address = make_server()
        add_engine_service(EngineService(self._events), server)
        await server.start()
        providers = ProviderRegistry(lambda kind: self._start_provider(kind, address), base, self._players)
        self._providers = providers
        policing = Policing(
            [start_analyzer(pack, self._run_info, self._events, address) for pack in self._packs],
            self._events,
        )
        try:
            yield address, providers, policing
        finally:
            await asyncio.gather(providers.close(), policing.close())
            await server.stop(None)

    async def _start_provider(self, provider_type: str, engine_address: str) -> Provider:
        package = provider_type.removeprefix(PROVIDER_TYPE_PREFIX)
        if package == DYNAMIC_PACKAGE:
            return await start_provider(self._run_info, self._events, engine_address)
        module = self._players.plugins[package]
        return await start_plugin(self._run_info, self._events, package, module, engine_address)

    def _shown_config(self) -> dict[str, str]:
        run_info = self._run_info
        return {
            key: MASK if key in run_info.secret_keys else run_info.config[key]
            for key in sorted(run_info.config)
        }


def _urns(snapshot: Snapshot) -> set[str]:
    return {state.urn for state in snapshot.resources}
