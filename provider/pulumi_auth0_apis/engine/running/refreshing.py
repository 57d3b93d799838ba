"""Reading everything in the state anew, with the provider configuration that the state itself holds."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pulumi_auth0_apis.engine.model.decisions import Op
from pulumi_auth0_apis.engine.model.state import ResourceState
from pulumi_auth0_apis.engine.model.steps import Step
from pulumi_auth0_apis.engine.planning.targets import Targeting, with_dependents
from pulumi_auth0_apis.engine.running.executor import Executor, StepFailed


async def refresh(
    base: Sequence[ResourceState], executor: Executor, targeting: Targeting
) -> list[ResourceState]:
    """Refresh resources side by side; returns the state without those that are gone.

    One that cannot be read stays as it was, and the others are refreshed all the same.
    """
    chosen = _chosen(base, targeting)

    async def refreshed(step: Step) -> Step:
        if step.urn not in chosen:
            return step
        try:
            (done,) = await executor.run([step])
        except StepFailed:
            return step
        return done

    steps = (Step(Op.REFRESH, old=state, new=state) for state in base)
    outcomes = await asyncio.gather(*map(refreshed, steps), return_exceptions=True)
    return list(_rebuilt([_returned(outcome) for outcome in outcomes]))


def _returned(outcome: Step | BaseException) -> Step:
    """The outcome of a task that was waited for with the others."""
    if isinstance(outcome, BaseException):
        raise outcome
    return outcome


def _chosen(base: Sequence[ResourceState], targeting: Targeting) -> set[str]:
    targets = targeting.targets
    if targets and targeting.dependents:
        return with_dependents(base, targets)
    return {state.urn for state in base if not targets or state.urn in targets}


def _rebuilt(steps: Sequence[Step]) -> Iterator[ResourceState]:
    """The state after a refresh: nothing refers to what is gone, and orphans move up to the next ancestor."""
    present: set[str] = set()
    parents: dict[str, str] = {}
    for step in steps:
        assert step.old is not None
        parent = step.old.parent
        if parent and parent not in present:
            parent = parents.get(parent, "")
        parents[step.old.urn] = parent
        if step.new is not None:
            present.add(step.new.urn)
            yield _undangled(step.new, parent, present)


def _undangled(state: ResourceState, parent: str, present: set[str]) -> ResourceState:
    def kept(urns: Sequence[str]) -> tuple[str, ...]:
        return tuple(urn for urn in urns if urn in present)

    return replace(
        state,
        parent=parent,
        dependencies=kept(state.dependencies),
        property_dependencies={
            key: present_urns
            for key, urns in state.property_dependencies.items()
            if (present_urns := kept(urns))
        },
        replace_with=kept(state.replace_with),
        deleted_with=state.deleted_with if state.deleted_with in present else "",
    )
