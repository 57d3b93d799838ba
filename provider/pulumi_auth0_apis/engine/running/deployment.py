"""One pass of a program over the state of its stack, for a preview or an update.

The program's registrations are planned one at a time and carried out side by side. When it is through, what
it has not registered is deleted, the outputs of the stack are set, and the policies judge the whole.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection
from contextlib import AsyncExitStack
from dataclasses import replace

from pulumi_auth0_apis.engine.children.callbacks import Callbacks
from pulumi_auth0_apis.engine.children.connections import make_server
from pulumi_auth0_apis.engine.children.players import Players
from pulumi_auth0_apis.engine.children.processes import Child
from pulumi_auth0_apis.engine.children.program import SHOWED_A_MESSAGE, RunInfo, start_program
from pulumi_auth0_apis.engine.children.provider_registry import ProviderRegistry
from pulumi_auth0_apis.engine.events.stream import EventStream
from pulumi_auth0_apis.engine.model.decisions import Op
from pulumi_auth0_apis.engine.model.goals import Goal
from pulumi_auth0_apis.engine.model.problems import EngineError, Refusal
from pulumi_auth0_apis.engine.model.run_status import RunStatus
from pulumi_auth0_apis.engine.model.state import ResourceState
from pulumi_auth0_apis.engine.model.steps import Step
from pulumi_auth0_apis.engine.model.urns import (
    BUILTIN_PACKAGE,
    DYNAMIC_PACKAGE,
    PROVIDER_TYPE_PREFIX,
    STACK_TYPE,
    is_provider_type,
    make_urn,
    package_of,
    provider_reference,
    type_of,
)
from pulumi_auth0_apis.engine.model.values import UNKNOWN, Properties, Secret
from pulumi_auth0_apis.engine.planning.planner import Planner
from pulumi_auth0_apis.engine.planning.policing import Policing
from pulumi_auth0_apis.engine.running.executor import Executor, StepFailed
from pulumi_auth0_apis.engine.running.hooks import Hooks
from pulumi_auth0_apis.engine.running.monitor import Monitor, Registered, add_monitor
from pulumi_auth0_apis.engine.running.sealing import Sealing
from pulumi_auth0_apis.engine.running.step_recorder import StepRecorder

Clear = Callable[[Collection[str]], Awaitable[None]]
"""Deletes what is to go, but for what the resources of these URNs need, which a failure has taken."""


class Deployment:
    """Runs a program and does what it asks for."""

    def __init__(
        self,
        run_info: RunInfo,
        *,
        planner: Planner,
        executor: Executor,
        recorder: StepRecorder,
        clear: Clear,
        policing: Policing,
        sealing: Sealing,
        providers: ProviderRegistry,
        players: Players,
        callbacks: Callbacks,
        hooks: Hooks,
        events: EventStream,
        status: RunStatus,
        destroys: bool = False,
    ) -> None:
        """`clear` deletes what is to go once the program is through; where that is all, it `destroys`."""
        self._run_info = run_info
        self._planner = planner
        self._executor = executor
        self._recorder = recorder
        self._clear = clear
        self._destroys = destroys
        self._policing = policing
        self._sealing = sealing
        self._providers = providers
        self._players = players
        self._callbacks = callbacks
        self._hooks = hooks
        self._events = events
        self._status = status
        self._planning = asyncio.Lock()
        self._default_providers: dict[str, asyncio.Task[str]] = {}
        """By package."""
        self._through = asyncio.Event()
        self._over = asyncio.Event()
        self._stack_outputs: Properties | None = None
        self._lost: set[str] = set()
        """URNs of what failed, and of what depends on that, in a run that goes on all the same."""

    async def run(self, engine_address: str) -> None:
        """Run the program and all that follows from it; the status knows how it went."""
        server, address = make_server()
        add_monitor(Monitor(self._run_info, self, self._callbacks, self._hooks), server)
        await server.start()
        async with AsyncExitStack() as ending:
            ending.push_async_callback(server.stop, None)
            ending.push_async_callback(self._callbacks.close)
            ending.push_async_callback(self._executor.idle)
            program = await start_program(self._run_info, self._events, address, engine_address)
            ending.push_async_callback(program.stop)
            await self._follow(program)
            await self._executor.idle()
            if not self._status.stopped.is_set():
                await self._clear(self._lost)
            if self._answers:
                self._over.set()
                await self._end_of(program)
        await self._finish_stack()

    async def register(self, goal: Goal) -> Registered:
        """Plan a resource and carry it out."""
        parent = self._planner.goals.get(goal.parent)
        goal = goal.inheriting(parent) if parent else goal
        if goal.custom and not is_provider_type(goal.type):
            goal = replace(goal, provider=goal.provider or await self._default(goal.type))
        with self._planner.asking_early(goal):
            async with self._planning:
                self._check_running()
                if self._lost.intersection(goal.needs()):
                    return self._lose(self._planner.skip(goal))
                steps = await self._planner.plan(goal)
        self._sealing.prepare(steps)
        try:
            done = await self._executor.run(steps)
        except StepFailed:
            if self._status.stopped.is_set():
                raise
            return self._lose(steps[-1].state)
        return Registered(_result(done), is_known=not done[-1].skipped)

    def _lose(self, state: ResourceState) -> Registered:
        self._lost.add(state.urn)
        return Registered(replace(state, id="", outputs={}), is_done=False)

    async def read(self, goal: Goal, resource_id: str) -> ResourceState:
        """Read a resource that something else manages."""
        provider = goal.provider or await self._default(goal.type)
        async with self._planning:
            self._check_running()
            steps = self._planner.plan_read(replace(goal, provider=provider), resource_id)
        return _result(await self._executor.run(steps))

    async def invoke(self, token: str, arguments: Properties, provider: str) -> Properties:
        """What a function of a provider answers: of the default one, unless it is named."""
        self._check_running()
        if self._players.is_other(token):
            return self._players.invoke(token, arguments)
        return await self._providers[provider or await self._default(token)].invoke(token, arguments)

    async def register_outputs(self, urn: str, outputs: Properties) -> None:
        """Set the outputs of a component; those of the stack wait for the end."""
        self._sealing.prepare_outputs(urn, outputs)
        if type_of(urn) == STACK_TYPE:
            self._stack_outputs = outputs
        else:
            await self._executor.set_outputs(urn, outputs)

    def abandon(self, reason: Exception) -> None:
        """Go no further; tells why, unless that has been told."""
        self._status.fail()
        self._status.stop()
        if isinstance(reason, Refusal) and reason.message:
            self._events.diagnostic("error", reason.message, reason.urn)
        elif isinstance(reason, EngineError):
            self._events.diagnostic("error", str(reason))

    async def program_is_through(self) -> None:
        """The program has registered everything it wants; returns once nothing more will be asked of it."""
        self._through.set()
        if self._answers:
            await self._over.wait()

    @property
    def _answers(self) -> bool:
        """Whether the program waits, so that its hooks can be called."""
        return self._through.is_set() and bool(self._hooks)

    async def _follow(self, program: Child) -> None:
        """Wait until the program is through, has failed, or nothing more may be done.

        One that has hooks is not over then: it answers to the end of the deployment.
        """
        through = asyncio.create_task(self._through.wait())
        stopped = asyncio.create_task(self._status.stopped.wait())
        await asyncio.wait([through, stopped, program.ended], return_when=asyncio.FIRST_COMPLETED)
        through.cancel()
        stopped.cancel()
        if not self._answers:
            await self._end_of(program)

    async def _end_of(self, program: Child) -> None:
        """Wait until the program has ended, or nothing more may be done; tells why it failed, if it did."""
        if not self._status.stopped.is_set():
            stopped = asyncio.create_task(self._status.stopped.wait())
            await asyncio.wait([stopped, program.ended], return_when=asyncio.FIRST_COMPLETED)
            stopped.cancel()
        if program.ended.done() and (code := program.ended.result()):
            self._status.fail()
            self._status.stop()
            if code != SHOWED_A_MESSAGE:
                told = f"an unhandled error occurred: program exited with non-zero exit code: {code}"
                self._events.diagnostic("error", told)

    def _check_running(self) -> None:
        if self._status.stopped.is_set():
            raise StepFailed

    async def _default(self, resource_type: str) -> str:
        """The provider of resources that name none."""
        self._players.require(resource_type)
        package = package_of(resource_type)
        if package not in self._default_providers:
            self._default_providers[package] = asyncio.create_task(self._register_default(package))
        return await asyncio.shield(self._default_providers[package])

    async def _register_default(self, package: str) -> str:
        goal = Goal(
            type=PROVIDER_TYPE_PREFIX + package, name="default", properties=self._configuration(package)
        )
        state = (await self.register(goal)).state
        return provider_reference(state.urn, state.id or UNKNOWN)

    def _configuration(self, package: str) -> Properties:
        """The stack's configuration of a default provider: the dynamic one's is all of it."""
        if package == BUILTIN_PACKAGE:
            return {}
        own = "" if package == DYNAMIC_PACKAGE else f"{package}:"
        return {
            key.removeprefix(own): Secret(value) if key in self._run_info.secret_keys else value
            for key, value in self._run_info.config.items()
            if key.startswith(own)
        }

    async def _finish_stack(self) -> None:
        """Set the outputs of the stack and let the policies judge it."""
        urn = make_urn(
            self._run_info.stack,
            self._run_info.project,
            "",
            STACK_TYPE,
            f"{self._run_info.project}-{self._run_info.stack}",
        )
        if self._destroys:  # the stack is gone, or stays as it was; it is told all the same, as by the CLI
            if urn in self._executor.finished:
                self._executor.tell(urn)
            return
        if self._stack_outputs is not None and urn in self._executor.finished:
            kept = None if self._status.is_clean else self._planner.old(urn)
            await self._executor.set_outputs(urn, {**(kept.outputs if kept else {}), **self._stack_outputs})
        if self._status.failed:
            return
        skipped = [step.state for step in self._executor.finished.values() if step.skipped]
        states = [state for state in (*self._recorder.new.values(), *skipped) if not state.external]
        planner = self._planner
        if await self._policing.analyze_stack(states, planner.goals, planner.provider_states, urn):
            self._status.object()


def _result(steps: list[Step]) -> ResourceState:
    return next(step.state for step in reversed(steps) if step.new is not None and step.op is not Op.REPLACE)
