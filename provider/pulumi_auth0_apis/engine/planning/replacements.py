"""Which dependents go with a resource that is deleted before it is created anew.

Nobody knows yet what the new resource will be like. So every property that comes from it counts as unknown,
and the provider of a dependent is asked whether that makes it replace, the rule of Pulumi's own engine
(`calculateDependentReplacements`).
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Sequence
from functools import cached_property

from pulumi_auth0_apis.engine.children.provider_registry import ProviderRegistry
from pulumi_auth0_apis.engine.events.stream import EventStream
from pulumi_auth0_apis.engine.model.decisions import Op
from pulumi_auth0_apis.engine.model.dependencies import Dependents
from pulumi_auth0_apis.engine.model.problems import Refusal
from pulumi_auth0_apis.engine.model.state import ResourceState
from pulumi_auth0_apis.engine.model.steps import Step
from pulumi_auth0_apis.engine.model.urns import provider_urn
from pulumi_auth0_apis.engine.model.values import Unknown
from pulumi_auth0_apis.engine.planning.comparing import ask

PROTECTED = (
    "as it is currently marked for protection. To unprotect the resource, remove the `protect` flag from the "
    "resource in your Pulumi program and run `up`"
)


class Replacements:
    """Finds the dependents to replace among the resources of the state."""

    def __init__(
        self, base: Sequence[ResourceState], providers: ProviderRegistry, events: EventStream
    ) -> None:
        self._base = base
        self._providers = providers
        self._events = events

    @cached_property
    def _dependents(self) -> Dependents:
        """Most runs delete nothing first, and need none of it."""
        return Dependents(self._base)

    async def of(self, root: int, registered: Collection[str]) -> dict[int, tuple[str, ...]]:
        """Positions of the dependents to replace, in the state's order, and the properties that force it.

        What the program has registered already cannot depend on a resource that is only being registered now.
        """
        replaced = {self._base[root].urn}
        found: dict[int, tuple[str, ...]] = {}
        waiting = self._dependents.after(self._base[root].urn, root)
        heapq.heapify(waiting)
        seen: set[int] = set()
        while waiting:
            position = heapq.heappop(waiting)
            candidate = self._base[position]
            if position in seen or candidate.urn in registered:
                continue
            seen.add(position)
            keys = await self._forced(candidate, replaced)
            if keys is not None:
                found[position] = keys
                replaced.add(candidate.urn)
                for each in self._dependents.after(candidate.urn, position):
                    heapq.heappush(waiting, each)
        return found

    async def _forced(self, candidate: ResourceState, replaced: set[str]) -> tuple[str, ...] | None:
        """The properties that force a replacement of the candidate; None where nothing does."""
        if not candidate.custom or candidate.external:
            return None
        if candidate.provider and provider_urn(candidate.provider) in replaced:
            return ()
        if candidate.deleted_with in replaced or replaced.intersection(candidate.replace_with):
            return ()
        affected = {
            key for key, urns in candidate.property_dependencies.items() if replaced.intersection(urns)
        }
        affected &= candidate.inputs.keys()
        if not affected or not candidate.provider:
            return None
        inputs = {key: Unknown() if key in affected else value for key, value in candidate.inputs.items()}
        provider = await self._providers.load(candidate.provider)
        found = await ask(provider, self._events, candidate, candidate.inputs, inputs)
        found = found.with_replace_on_changes(candidate.replace_on_changes)
        return found.replace_keys if found.replaces else None


def deletions(root: str, dependents: Sequence[ResourceState]) -> list[Step]:
    """Steps that delete dependents of the URN `root`. Raises `Refusal` for one that is protected."""
    for dependent in dependents:
        if dependent.protect and not dependent.delete:
            told = f'unable to replace resource "{dependent.urn}" as part of replacing "{root}" {PROTECTED}'
            raise Refusal(dependent.urn, told)
    return [Step(Op.DELETE_REPLACED, old=each, recreated=not each.delete) for each in dependents]
