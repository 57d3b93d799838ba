"""What a program asks of the engine: resources to be, to be read, and functions to be answered.

Its registrations are planned one at a time and carried out side by side.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace

from pulumi_auth0_apis.engine.children.players import Players
from pulumi_auth0_apis.engine.children.program import RunInfo
from pulumi_auth0_apis.engine.children.provider_registry import ProviderRegistry
from pulumi_auth0_apis.engine.model.decisions import Op
from pulumi_auth0_apis.engine.model.goals import Goal
from pulumi_auth0_apis.engine.model.run_status import RunStatus
from pulumi_auth0_apis.engine.model.state import ResourceState
from pulumi_auth0_apis.engine.model.steps import Step
from pulumi_auth0_apis.engine.model.urns import (
    BUILTIN_PACKAGE,
    DYNAMIC_PACKAGE,
    PROVIDER_TYPE_PREFIX,
    STACK_TYPE,
    is_provider_type,
    package_of,
    provider_reference,
    type_of,
)
from pulumi_auth0_apis.engine.model.values import UNKNOWN, Properties, Secret
from pulumi_auth0_apis.engine.running.executor import StepFailed
from pulumi_auth0_apis.engine.running.monitor import Registered
from pulumi_auth0_apis.engine.running.sealing import Sealing
from pulumi_auth0_apis.engine.running.work import Work


class Registrations:
    """Does what a program asks for, and keeps what it says of the stack."""

    def __init__(
        self,
        run_info: RunInfo,
        *,
        work: Work,
        providers: ProviderRegistry,
        players: Players,
        sealing: Sealing,
        status: RunStatus,
    ) -> None:
        self._run_info = run_info
        self._planner, self._executor = work.planner, work.executor
        self._providers = providers
        self._players = players
        self._sealing = sealing
        self._status = status
        self._planning = asyncio.Lock()
        self._default_providers: dict[str, asyncio.Task[str]] = {}
        """By package."""
        self.stack_outputs: Properties | None = None
        """What the stack is to put out; nothing where the program has not come so far."""
        self.lost: set[str] = set()
        """URNs of what failed, and of what depends on that, in a run that goes on all the same."""

    async def register(self, goal: Goal) -> Registered:
        """Plan a resource and carry it out."""
        parent = self._planner.goals.get(goal.parent)
        goal = goal.inheriting(parent) if parent else goal
        if goal.custom and not is_provider_type(goal.type):
            goal = replace(goal, provider=goal.provider or await self._default(goal.type))
        with self._planner.asking_early(goal):
            async with self._planning:
                self._check_running()
                if self.lost.intersection(goal.needs()):
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
        self.lost.add(state.urn)
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
            self.stack_outputs = outputs
        else:
            await self._executor.set_outputs(urn, outputs)

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


def _result(steps: list[Step]) -> ResourceState:
    return next(step.state for step in reversed(steps) if step.new is not None and step.op is not Op.REPLACE)
