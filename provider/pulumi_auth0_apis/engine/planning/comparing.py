"""Comparing a resource in the state with the same resource in the program."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from typing import Any

from pulumi_auth0_apis.engine.children.providers import Examining
from pulumi_auth0_apis.engine.events.stream import EventStream
from pulumi_auth0_apis.engine.model.differences import Difference, same
from pulumi_auth0_apis.engine.model.goals import Goal
from pulumi_auth0_apis.engine.model.state import ResourceState
from pulumi_auth0_apis.engine.model.values import Properties, Unknown, contains, unwrapped

UNKNOWN_PROVIDER = (
    "The provider for this resource has inputs that are not known during preview.\n"
    "This preview may not correctly represent the changes that will be applied during an update."
)


async def difference(
    goal: Goal,
    old: ResourceState,
    new: ResourceState,
    *,
    provider: Examining | None,
    is_elsewhere: bool,
    replaced: Container[str],
    is_forced: bool,
    events: EventStream,
) -> Difference:
    """Compare; `replaced` are the URNs that this run replaces, `provider` is None for what has none.
    A provider that `is_elsewhere` than the former one needs resources of its own.

    Where a replacement `is_forced`, nobody is asked, and it is the id that differs.
    """
    if _is_triggered(old.replacement_trigger, new.replacement_trigger):
        return Difference(changes=True, is_triggered=True)
    if is_forced:
        return Difference(changes=True, replace_keys=("id",))
    if any(urn in replaced for urn in goal.replace_with):
        return Difference(changes=True, replace_keys=("replaceWith",))
    if goal.deleted_with and goal.deleted_with in replaced:
        return Difference(changes=True, replace_keys=("deletedWith",))
    if old.custom != new.custom or is_elsewhere:
        return Difference(changes=True, replace_keys=("provider",))
    if provider is None:
        return Difference(changes=not same(old.inputs, new.inputs))
    renamed = replace(old, urn=new.urn)  # a provider knows resources by the type that they have now
    found = await ask(provider, events, renamed, old.inputs, new.inputs)
    return found.with_replace_on_changes(goal.replace_on_changes)


def _is_triggered(old: Any, new: Any) -> bool:
    """Whether a trigger has changed; one that appears or goes is none, one that is not known has."""
    old, new = unwrapped(old), unwrapped(new)
    if contains(old, Unknown) or contains(new, Unknown):
        return True
    return old is not None and new is not None and not same(old, new)


async def ask(
    provider: Examining, events: EventStream, old: ResourceState, before: Properties, after: Properties
) -> Difference:
    """Ask a provider; one whose configuration is not known yet cannot tell, so everything may change."""
    if not provider.configured:
        events.diagnostic("warning", UNKNOWN_PROVIDER, old.urn)
        return Difference(changes=True)
    return await provider.diff(old.urn, old.id, before, old.outputs, after)
