"""Marks that somebody sets on resources in a state, such as `taint` and `protect`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pulumi_auth0_apis.engine.model.problems import EngineError
from pulumi_auth0_apis.engine.planning.targets import Targets, near
from pulumi_auth0_apis.engine.store.stack_store import StackStore


def mark(store: StackStore, urns: Iterable[str], **marks: bool) -> list[str]:
    """Set marks on resources, by URN or by pattern as for `Targets`; on all of them or on none.

    Returns the URNs of what it has marked. Raises `EngineError` for a name that no resource has,
    `LockedError` while somebody deploys.
    """
    with store.lock():
        store.settle()
        snapshot = store.load()
        alive = {state.urn for state in snapshot.resources if not state.delete}
        marked = {urn for name in urns for urn in _named(name, alive)}
        resources = [
            replace(state, **marks) if state.urn in marked and not state.delete else state  # type: ignore[arg-type]
            for state in snapshot.resources
        ]
        store.save(replace(snapshot, resources=resources))
    return sorted(marked)


def _named(name: str, urns: set[str]) -> set[str]:
    targets = Targets([name])
    named = {urn for urn in urns if urn in targets}
    if not named:
        raise EngineError(f"No such resource {name!r} exists in the current state.{near(name, urns)}")
    return named
