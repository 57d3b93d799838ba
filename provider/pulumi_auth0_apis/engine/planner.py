"""From what the program asks for and what the state holds to the steps between them.

The planner sees one registration at a time, in the order in which the program makes them. The decisions
themselves are looked up in `steps`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from .checking import check, without_ignored
from .comparing import difference
from .dependencies import needed_by
from .differences import Difference
from .events import EventStream
from .goals import Goal, wanted
from .naming import Found, Names
from .planned_step import Step
from .policing import Policing
from .problems import EngineError, Refusal
from .provider_registry import ProviderRegistry
from .providers import Provider
from .replacements import PROTECTED, Replacements, deletions
from .state import ResourceState
from .steps import READ, REGISTERED, Change, Facts, Op, Situation, leftover, reading, situation
from .urns import is_provider_type, provider_urn


class Planner:
    """Plans one deployment; remembers what the program has registered so far."""

    def __init__(
        self,
        *,
        stack: str,
        project: str,
        preview: bool,
        base: Sequence[ResourceState],
        providers: ProviderRegistry,
        policing: Policing,
        events: EventStream,
    ) -> None:
        self._names = Names(stack, project, base)
        self._preview = preview
        self._base = base
        self._providers = providers
        self._policing = policing
        self._events = events
        self._replacements: Replacements | None = None
        self._planned: set[str] = set()
        """URNs of what the program has registered, former ones among them."""
        self._replaced: set[str] = set()
        self._forced_by: dict[str, tuple[str, ...]] = {}
        self.provider_states = {state.urn: state for state in base if is_provider_type(state.type)}
        """The newest state of each provider, by its URN and by the former one."""
        self.goals: dict[str, Goal] = {}
        self.deleted: set[str] = set()
        """URNs that this run deletes and has not created anew."""
        self.violated = False
        """A mandatory policy is violated; a preview goes on to show everything else."""

    def old(self, urn: str) -> ResourceState | None:
        """The resource of exactly this URN in the state."""
        return self._names.old(urn)

    async def plan(self, goal: Goal) -> list[Step]:
        """The steps for a resource that the program registers. Raises `Refusal` where it cannot be."""
        urn, found = self._found(goal)
        self.goals[urn] = goal
        try:
            steps = await self._plan(urn, goal, found)
        except EngineError as error:
            raise Refusal(urn, str(error)) from None
        self._planned |= self._names.with_former([urn])
        return steps

    async def _plan(self, urn: str, goal: Goal, found: Found) -> list[Step]:
        for conflict in found.conflicts:
            self._events.diagnostic("error", conflict, urn)
        old = found.old
        new, is_valid = await self._checked(goal, old, wanted(urn, goal, old))
        new = await self._analyzed(goal, new)
        if found.conflicts or not is_valid:
            raise Refusal(urn)  # only now: what breaks rules as well is told at once
        if is_provider_type(goal.type):
            self._register_provider(new)
        facts, difference = await self._compared(goal, old, new)
        return await self._steps(goal, old, new, facts, difference)

    def skip(self, goal: Goal) -> ResourceState:
        """Leave a registered resource as it is, because something it needs has failed."""
        urn, found = self._found(goal)
        self.goals[urn] = goal
        self._planned |= self._names.with_former([urn])
        return wanted(urn, goal, found.old)

    def plan_read(self, goal: Goal, resource_id: str) -> list[Step]:
        """The steps for a resource that the program only reads. Raises `Refusal` where it cannot be."""
        urn, found = self._found(goal)
        old = found.old
        new = replace(wanted(urn, goal, old), id=resource_id, external=True)
        self._planned |= self._names.with_former([urn])
        managed = old.id if old is not None and not old.external else None
        return [Step(op, old=old, new=new) for op in READ[reading(managed_id=managed, read_id=new.id)]]

    def plan_leftovers(
        self, remaining: Mapping[int, ResourceState], lost: Collection[str] = ()
    ) -> dict[int, Step]:
        """Steps, by position, for what is left of the old state and the program has not registered.

        What resources that are `lost` to a failure need in their old form is kept.
        """
        steps: dict[int, Step] = {}
        kept = needed_by(remaining.values(), self._names.with_former(lost))
        for position, state in remaining.items():
            if state.delete or (state.urn not in self._planned and state.urn not in kept):
                op = leftover(
                    replaced=state.delete,
                    external=state.external,
                    pending_replacement=state.pending_replacement,
                )
                steps[position] = Step(op, old=state)
                self.deleted.add(state.urn)
        return steps

    def provider(self, state: ResourceState) -> Provider | None:
        """The provider that looks after a resource; None for components and for providers themselves."""
        return self._providers[state.provider] if state.provider else None

    def _found(self, goal: Goal) -> tuple[str, Found]:
        """The URN of a resource, and what the state holds of it. Raises `Refusal` for a URN that is taken."""
        urn = self._names.give(goal)
        return urn, self._names.find(urn, goal)

    def _register_provider(self, new: ResourceState) -> None:
        """Know a provider by its URN, and by the one that the state's resources refer to."""
        for urn in self._names.with_former([new.urn]):
            self.provider_states[urn] = new
            self._providers.rename(urn, new.urn)

    async def _checked(
        self, goal: Goal, old: ResourceState | None, new: ResourceState
    ) -> tuple[ResourceState, bool]:
        """The resource with the inputs that its provider makes of its own, and whether they are valid."""
        inputs = goal.properties
        if old is not None:
            inputs = without_ignored(self._events, new.urn, inputs, old.inputs, goal.ignore_changes)
        provider = self.provider(new)
        if provider is None:
            return replace(new, inputs=inputs), True
        if old is None or old.external or old.taint or old.urn in self.deleted:
            return await self._checked_anew(provider, goal, new)
        inputs, is_valid = await check(provider, self._events, new.urn, goal, old.inputs, inputs)
        return replace(new, inputs=inputs), is_valid

    async def _checked_anew(
        self, provider: Provider, goal: Goal, new: ResourceState
    ) -> tuple[ResourceState, bool]:
        """Check without the old inputs, which a new resource must not carry on."""
        inputs, is_valid = await check(provider, self._events, new.urn, goal, {}, goal.properties)
        return replace(new, inputs=inputs), is_valid

    async def _analyzed(self, goal: Goal, new: ResourceState) -> ResourceState:
        """Let the policies correct and judge the resource. Raises `Refusal` for a mandatory violation."""
        provider = self.provider_states.get(provider_urn(new.provider)) if new.provider else None
        new = replace(new, inputs=await self._policing.remediate(new, goal, provider))
        if await self._policing.analyze(new, goal, provider):
            self.violated = True
            if not self._preview:
                raise Refusal(new.urn)
        return new

    async def _compared(
        self, goal: Goal, old: ResourceState | None, new: ResourceState
    ) -> tuple[Facts, Difference]:
        if old is None:
            return Facts(), Difference()
        if old.urn in self.deleted:
            return Facts(known=True, deleted_in_this_run=True), Difference()
        if old.external:
            return Facts(known=True, external=True), Difference()
        found = await difference(
            goal, old, new, provider=self.provider(new), replaced=self._replaced, events=self._events
        )
        unfinished = found.change is Change.NONE and old.init_errors
        first = goal.delete_before_replace
        facts = Facts(
            known=True,
            pending_replacement=old.pending_replacement,
            change=Change.UPDATE if unfinished else found.change,
            delete_first=found.delete_before_replace if first is None else first,
        )
        return facts, found

    async def _steps(
        self, goal: Goal, old: ResourceState | None, new: ResourceState, facts: Facts, found: Difference
    ) -> list[Step]:
        where = situation(facts)
        before: list[Step] = []
        if where is Situation.DELETED_WITH_ITS_SOURCE:
            assert old is not None
            self.deleted.discard(old.urn)
            found = Difference(replace_keys=self._forced_by.get(old.urn, ()))
        elif Op.REPLACE in REGISTERED[where] and where is not Situation.EXTERNAL:
            assert old is not None
            new = await self._replacement(goal, old, new)
            if facts.delete_first:
                before = await self._dependents(old, new.urn)
                self.deleted.add(old.urn)
        if Op.REPLACE in REGISTERED[where]:
            self._replaced.add(new.urn)
        return [*before, *(self._step(op, old, new, found, where) for op in REGISTERED[where])]

    def _step(
        self, op: Op, old: ResourceState | None, new: ResourceState, found: Difference, where: Situation
    ) -> Step:
        if op is Op.DELETE_REPLACED:
            return Step(op, old=old, recreated=True)
        if where is Situation.DELETED_WITH_ITS_SOURCE and op is Op.REPLACE:
            return Step(op, old=old, new=new)
        return Step(op, old=old, new=new, difference=found)

    async def _replacement(self, goal: Goal, old: ResourceState, new: ResourceState) -> ResourceState:
        """The resource as it is created anew. Raises `Refusal` for a protected one."""
        if new.protect and old.protect:
            self._refuse(
                new.urn,
                f'unable to replace resource "{new.urn}"\n{PROTECTED}',
            )
        provider = self.provider(new)
        if provider is None:
            return new
        new, is_valid = await self._checked_anew(provider, goal, new)
        if not is_valid:
            raise Refusal(new.urn)
        return new

    async def _dependents(self, root: ResourceState, urn: str) -> list[Step]:
        """Deletions of what has to go with a resource that is deleted first, last dependents first."""
        if self._replacements is None:
            self._replacements = Replacements(self._base, self._providers, self._events)
        position = self._names.position(root.urn)
        assert position is not None
        found = await self._replacements.of(position, self._planned | self.deleted)
        for position, keys in found.items():
            self._forced_by[self._base[position].urn] = keys
            self.deleted.add(self._base[position].urn)
        return deletions(urn, [self._base[position] for position in reversed(found)])

    def _refuse(self, urn: str, message: str) -> None:
        """Tell an error; a preview goes on, so that everything is shown."""
        if not self._preview:
            raise Refusal(urn, message)
        self._events.diagnostic("error", message, urn)
        self.violated = True
