"""From what the program asks for and what the state holds to the steps between them.

The planner sees one registration at a time, in the order in which the program makes them. The decisions
themselves are looked up in `decisions`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace

from pulumi_auth0_apis.engine.children.provider_registry import ProviderRegistry
from pulumi_auth0_apis.engine.events.stream import EventStream
from pulumi_auth0_apis.engine.model import unsupported
from pulumi_auth0_apis.engine.model.decisions import (
    DELETIONS,
    READ,
    REGISTERED,
    Change,
    Facts,
    Op,
    Situation,
    reading,
    situation,
)
from pulumi_auth0_apis.engine.model.dependencies import needed_by, needs
from pulumi_auth0_apis.engine.model.differences import Difference
from pulumi_auth0_apis.engine.model.goals import Goal, wanted
from pulumi_auth0_apis.engine.model.problems import EngineError, Refusal
from pulumi_auth0_apis.engine.model.run_status import RunStatus
from pulumi_auth0_apis.engine.model.state import ResourceState
from pulumi_auth0_apis.engine.model.steps import Step
from pulumi_auth0_apis.engine.model.urns import is_provider_type, provider_urn
from pulumi_auth0_apis.engine.planning.comparing import difference
from pulumi_auth0_apis.engine.planning.examining import Examiner, Registration
from pulumi_auth0_apis.engine.planning.leftovers import leftover_steps
from pulumi_auth0_apis.engine.planning.limits import Limits
from pulumi_auth0_apis.engine.planning.naming import Names
from pulumi_auth0_apis.engine.planning.objections import Objections
from pulumi_auth0_apis.engine.planning.policing import Policing
from pulumi_auth0_apis.engine.planning.replacements import PROTECTED, Replacements, deletions
from pulumi_auth0_apis.engine.planning.targets import Targeting


class Planner:
    """Plans one deployment; remembers what the program has registered so far."""

    def __init__(
        self,
        *,
        stack: str,
        project: str,
        preview: bool,
        base: Sequence[ResourceState],
        targeting: Targeting,
        providers: ProviderRegistry,
        policing: Policing,
        events: EventStream,
        status: RunStatus,
        destroys: bool = False,
    ) -> None:
        """Where the run `destroys`, a program is only there for what the deletions need of it."""
        self._names = Names(stack, project, base)
        self._base = base
        self._targeting = targeting
        self._providers = providers
        self._events = events
        self._replacements = Replacements(base, providers, events)
        self._planned: set[str] = set()
        """URNs of what the program has registered, former ones among them."""
        self._replaced: set[str] = set()
        self._forced_by: dict[str, tuple[str, ...]] = {}
        self.provider_states = {state.urn: state for state in base if is_provider_type(state.type)}
        """The newest state of each provider, by its URN and by the former one."""
        self._objections = Objections(events, status, preview=preview)
        self._limits = Limits(targeting, base, self._objections)
        self._examiner = Examiner(providers, self.provider_states, policing, events, self._objections)
        self.goals: dict[str, Goal] = {}
        self._destroys = destroys
        self._absent: set[str] = set()
        """URNs of what the program registers and a run that destroys has never made."""
        self._deleted: set[str] = set()
        """URNs that this run deletes and has not created anew."""

    def old(self, urn: str) -> ResourceState | None:
        """The resource of exactly this URN in the state."""
        return self._names.old(urn)

    def asking_early(self, goal: Goal) -> AbstractContextManager[None]:
        """While a resource waits for its turn in `plan`, have its provider check it already."""
        foreseen = self._names.foreseen(goal)
        if foreseen is None or self._targeting.targets:  # what is no target is not checked
            return nullcontext()
        return self._examiner.asking_early(goal, *foreseen)

    async def plan(self, goal: Goal) -> list[Step]:
        """The steps for a resource that the program registers. Raises `Refusal` where it cannot be."""
        urn = self._names.give(goal)
        self.goals[urn] = goal
        try:
            steps = await self._plan(urn, goal)
        except EngineError as error:
            raise Refusal(urn, str(error)) from None
        self._limits.check_needs(steps)
        self._planned |= self._names.with_former([urn])
        return [self._going_along(step) for step in steps]

    async def _plan(self, urn: str, goal: Goal) -> list[Step]:
        found = self._names.find(urn, goal)
        for conflict in found.conflicts:
            self._events.diagnostic("error", conflict, urn)
        if goal.import_id and not _is_imported(found.old, goal.import_id):
            raise unsupported.IMPORTS.error(f"The resource option `import_` (on {goal.name!r}, {goal.type})")
        new = wanted(urn, goal, found.old)
        registered = self._registration(goal, found.old, new)
        if self._destroys and not self._is_needed(new):
            return self._only_registered(found.old, new)
        new, is_valid = await self._examiner.examine(registered, new)
        if found.conflicts or not is_valid:
            raise Refusal(urn)  # only now: what breaks rules as well is told at once
        if is_provider_type(goal.type):
            self._register_provider(new)
        facts, difference = await self._compared(registered, new)
        return await self._steps(registered, new, facts, difference)

    def _is_needed(self, new: ResourceState) -> bool:
        """Whether a run that destroys has to bring a resource up to date: those that make others work."""
        return (not new.custom or is_provider_type(new.type)) and self._absent.isdisjoint(needs(new))

    def _only_registered(self, old: ResourceState | None, new: ResourceState) -> list[Step]:
        """Steps that make nothing: the resource is deleted as it is, under the options of the program."""
        if old is None or not self._absent.isdisjoint(needs(new)):
            self._absent.add(new.urn)
            new = replace(new, outputs=old.outputs if old else {})
            return [Step(Op.SAME, old=new, new=new, skipped=True)]
        return [Step(Op.SAME, old=old, new=replace(new, inputs=old.inputs))]

    def skip(self, goal: Goal) -> ResourceState:
        """Leave a registered resource as it is, because something it needs has failed."""
        urn = self._names.give(goal)
        self.goals[urn] = goal
        old = self._names.find(urn, goal).old
        self._planned |= self._names.with_former([urn])
        return wanted(urn, goal, old)

    def plan_read(self, goal: Goal, resource_id: str) -> list[Step]:
        """The steps for a resource that the program only reads. Raises `Refusal` where it cannot be."""
        urn = self._names.give(goal)
        old = self._names.find(urn, goal).old
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
        settled = self._planned | needed_by(remaining.values(), self._names.with_former(lost))
        steps = leftover_steps(remaining, settled, self._limits.condemned())
        deletions = [step.urn for step in steps.values() if not step.untargeted]
        if not self._limits.allow(deletions):
            return {}
        self._deleted.update(deletions)
        return {position: self._going_along(step) for position, step in steps.items()}

    def tell_missing_targets(self) -> bool:
        """Tell which targets neither state nor program know; returns whether there are any."""
        known = self._names.given | {state.urn for state in self._base}
        return self._targeting.targets.tell_missing(known, self._events)

    def _going_along(self, step: Step) -> Step:
        """The step, marked where what its resource is deleted with goes in this run, as far as is known."""
        if step.op in DELETIONS and step.state.deleted_with in self._deleted:
            return replace(step, goes_along=True)
        return step

    def _registration(self, goal: Goal, old: ResourceState | None, new: ResourceState) -> Registration:
        return Registration(
            goal=goal,
            old=old,
            is_targeted=self._limits.include(new),
            is_forced=new.urn in self._targeting.replace or (old is not None and old.taint),
            is_recreated=old is not None and old.urn in self._deleted,
        )

    def _register_provider(self, new: ResourceState) -> None:
        """Know a provider by its URN, and by the one that the state's resources refer to."""
        for urn in self._names.with_former([new.urn]):
            self.provider_states[urn] = new
            self._providers.rename(urn, new.urn)

    async def _compared(self, registered: Registration, new: ResourceState) -> tuple[Facts, Difference]:
        goal, old = registered.goal, registered.old
        known = Facts(
            known=old is not None,
            targeted=registered.is_targeted,
            external=old is not None and old.external,
            deleted_in_this_run=registered.is_recreated,
        )
        if old is None or old.external or registered.is_recreated or not registered.is_targeted:
            return known, Difference()
        found = await difference(
            goal,
            old,
            new,
            is_elsewhere=await self._is_elsewhere(old, new),
            provider=await self._examiner.provider(new),
            replaced=self._replaced,
            is_forced=registered.is_forced,
            events=self._events,
        )
        unfinished = found.change is Change.NONE and old.init_errors
        first = goal.delete_before_replace
        facts = replace(
            known,
            pending_replacement=old.pending_replacement,
            change=Change.UPDATE if unfinished else found.change,
            delete_first=found.delete_before_replace if first is None else first,
        )
        return facts, found

    async def _is_elsewhere(self, old: ResourceState, new: ResourceState) -> bool:
        """Whether a resource has another provider than before, which says that it cannot be the same."""
        if old.provider == new.provider or not (old.provider and new.provider):
            return False
        before = self._names.old(provider_urn(old.provider))
        now = self.provider_states[provider_urn(new.provider)]
        if before is None or (before.urn != now.urn and before.urn in self._names.with_former([now.urn])):
            return False
        found = await self._providers[new.provider].diff_configuration(
            now.urn, before.inputs, before.outputs, now.inputs
        )
        return found.replaces

    async def _steps(
        self, registered: Registration, new: ResourceState, facts: Facts, found: Difference
    ) -> list[Step]:
        old, where = registered.old, situation(facts)
        if where is Situation.NOT_CREATED:
            self._limits.skip(new.urn)
            return [Step(op, old=new, new=new, skipped=True) for op in REGISTERED[where]]
        if old is None:
            return [Step(op, new=new) for op in REGISTERED[where]]
        if where is Situation.LEFT_OUT:
            return self._left_out(registered, old)
        before: list[Step] = []
        if where is Situation.DELETED_WITH_ITS_SOURCE:
            self._deleted.discard(old.urn)
            found = Difference(replace_keys=self._forced_by.get(old.urn, ()))
        elif Op.REPLACE in REGISTERED[where] and where is not Situation.EXTERNAL:
            new = await self._replacement(registered, old, new)
            if facts.delete_first:
                before = await self._dependents(old, new.urn)
                self._deleted.add(old.urn)
        if Op.REPLACE in REGISTERED[where]:
            self._replaced.add(new.urn)
        return [*before, *(self._step(op, old, new, found, where) for op in REGISTERED[where])]

    def _step(
        self, op: Op, old: ResourceState, new: ResourceState, found: Difference, where: Situation
    ) -> Step:
        if op is Op.DELETE_REPLACED:
            return Step(op, old=old, recreated=True)
        if where is Situation.DELETED_WITH_ITS_SOURCE and op is Op.REPLACE:
            return Step(op, old=old, new=new)
        return Step(op, old=old, new=new, difference=found)

    def _left_out(self, registered: Registration, old: ResourceState) -> list[Step]:
        """Steps that leave a resource as it is; the program goes on with it under the name that it has."""
        if old.provider and old.provider not in self._providers:
            raise EngineError(
                f"provider {old.provider} for resource {old.urn} has not been registered yet, this is due "
                "to a change of providers mixed with --target. Change your program back to the original "
                "providers"
            )
        self.goals[old.urn] = registered.goal
        return self._kept(old)

    def _kept(self, old: ResourceState) -> list[Step]:
        """Steps that keep a resource, after those that keep what it needs and nobody has registered."""
        self._names.keep(old.urn)
        self._planned.add(old.urn)
        steps: list[Step] = []
        for urn in needs(old):
            needed = self._names.old(urn)
            if needed is not None and urn not in self._planned and urn not in self._deleted:
                steps += self._kept(needed)
        return [*steps, Step(Op.SAME, old=old, new=old, untargeted=True)]

    async def _replacement(
        self, registered: Registration, old: ResourceState, new: ResourceState
    ) -> ResourceState:
        """The resource as it is created anew. Raises `Refusal` for a protected one."""
        if new.protect and old.protect:
            self._objections.to(new.urn, f'unable to replace resource "{new.urn}"\n{PROTECTED}')
        if registered.is_new:
            return new
        new, is_valid = await self._examiner.check_anew(registered.goal, new)
        if not is_valid:
            raise Refusal(new.urn)
        return new

    async def _dependents(self, root: ResourceState, urn: str) -> list[Step]:
        """Deletions of what has to go with a resource that is deleted first, last dependents first."""
        position = self._names.position(root.urn)
        assert position is not None
        found = await self._replacements.of(position, self._planned | self._deleted)
        for position, keys in found.items():
            self._forced_by[self._base[position].urn] = keys
            self._deleted.add(self._base[position].urn)
        return deletions(urn, [self._base[position] for position in reversed(found)])


def _is_imported(old: ResourceState | None, import_id: str) -> bool:
    """Whether the state manages already what a program imports; the option then means nothing."""
    return old is not None and not old.external and (old.import_id or old.id) == import_id
