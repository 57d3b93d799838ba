"""Having providers and policies examine a resource before anything is done to it."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace

from pulumi_auth0_apis.engine.children.provider_registry import ProviderRegistry
from pulumi_auth0_apis.engine.children.providers import Examining
from pulumi_auth0_apis.engine.events.stream import EventStream
from pulumi_auth0_apis.engine.model.goals import Goal
from pulumi_auth0_apis.engine.model.state import ResourceState
from pulumi_auth0_apis.engine.model.urns import is_provider_type, provider_urn
from pulumi_auth0_apis.engine.planning.checking import check, without_ignored
from pulumi_auth0_apis.engine.planning.early_checks import EarlyChecks
from pulumi_auth0_apis.engine.planning.objections import Objections
from pulumi_auth0_apis.engine.planning.policing import Policing


@dataclass(frozen=True, kw_only=True)
class Registration:
    """A resource that the program registers, and where it stands."""

    goal: Goal
    old: ResourceState | None
    """The same resource in the state, under this name or a former one."""
    is_targeted: bool = True
    is_forced: bool = False
    """It is replaced whether it differs or not."""
    is_recreated: bool = False
    """This run has deleted it, because what it depends on is replaced."""

    @property
    def is_new(self) -> bool:
        """Whether it must not carry on what the state says of its inputs."""
        return self.old is None or self.old.external or self.is_forced or self.is_recreated


class Examiner:
    """Has providers check the inputs of resources, and policies correct and judge them."""

    def __init__(
        self,
        providers: ProviderRegistry,
        provider_states: dict[str, ResourceState],
        policing: Policing,
        events: EventStream,
        objections: Objections,
    ) -> None:
        self._providers = providers
        self._provider_states = provider_states
        self._policing = policing
        self._events = events
        self._objections = objections
        self._early = EarlyChecks()

    def asking_early(self, goal: Goal, urn: str, old: ResourceState | None) -> AbstractContextManager[None]:
        """Have a resource checked already that most likely has this URN, and is this one in the state."""
        if goal.provider not in self._providers or (old is not None and goal.ignore_changes):
            return nullcontext()
        before = old.inputs if old else {}
        return self._early.asking(self._providers[goal.provider], urn, before, goal.properties)

    async def examine(self, registered: Registration, new: ResourceState) -> tuple[ResourceState, bool]:
        """The resource with what provider and policies make of its inputs, and whether they are valid.

        Raises `Refusal` for a mandatory violation.
        """
        new, is_valid = await self._checked(registered, new)
        return await self._analyzed(registered.goal, new), is_valid

    async def check_anew(self, goal: Goal, new: ResourceState) -> tuple[ResourceState, bool]:
        """Check without the old inputs, which a new resource must not carry on."""
        provider = await self.provider(new)
        if provider is None:
            return new, True
        inputs, is_valid = await check(
            provider, self._events, self._early, new.urn, goal, {}, goal.properties
        )
        return replace(new, inputs=inputs), is_valid

    async def provider(self, state: ResourceState) -> Examining | None:
        """Who looks after a resource: its provider, for a provider itself; None for a component."""
        if is_provider_type(state.type):
            return await self._providers.configuration(state.urn)
        return self._providers[state.provider] if state.provider else None

    async def _checked(self, registered: Registration, new: ResourceState) -> tuple[ResourceState, bool]:
        goal, old = registered.goal, registered.old
        inputs, before = goal.properties, old.inputs if old else {}
        if old is not None:
            inputs = without_ignored(self._events, new.urn, inputs, before, goal.ignore_changes)
        provider = await self.provider(new)
        if provider is None:
            return replace(new, inputs=inputs), True
        if not registered.is_targeted:
            return replace(new, inputs=before), True
        if registered.is_new:
            return await self.check_anew(goal, new)
        inputs, is_valid = await check(provider, self._events, self._early, new.urn, goal, before, inputs)
        return replace(new, inputs=inputs), is_valid

    async def _analyzed(self, goal: Goal, new: ResourceState) -> ResourceState:
        provider = self._provider_states.get(provider_urn(new.provider)) if new.provider else None
        new = replace(new, inputs=await self._policing.remediate(new, goal, provider))
        if await self._policing.analyze(new, goal, provider):
            self._objections.to(new.urn)
        return new
