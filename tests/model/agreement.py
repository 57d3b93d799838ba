"""Program, state and tenant agree: what must hold when a run has come to its end. All raise Mismatch."""

from __future__ import annotations

from typing import Any

from pulumi_auth0_apis.engine.model.urns import name_of

from .declarations import Key
from .gaps import is_stray
from .judging import Judgement, Mismatch
from .runs import Options, key_of


def judge_entries(judgement: Judgement) -> None:
    """What has left program and state has left the tenant, refused or not; what has not, is still there."""
    world, stack, objects = judgement.world, judgement.stack, judgement.world.tenant.objects
    declared = {} if judgement.command == "destroy" else stack.program.keys
    for key in judgement.held.keys() - world.claimed(stack.name) - declared.keys():
        if key in objects and not (_is_left_alone(judgement, key) or is_stray(judgement, key)):
            raise Mismatch(judgement.told(f"{key} left program and state, and is still there."))
    for key in world.held(stack.name):
        if key not in objects and judgement.run.ok and not stack.is_stale(key):
            raise Mismatch(judgement.told(f"{key} is in the state, and not in the tenant."))


def _is_left_alone(judgement: Judgement, key: Key) -> bool:
    """What is retained stays, what an API lists no longer, and what the run says that it leaves behind."""
    state = judgement.held[key]
    if any(key.api in note and key.own in note for note in judgement.run.notes if "permission" in note):
        return True
    return state.retain_on_delete or key_of(state) != key or judgement.stack.is_stale(key)


def judge_tenant(judgement: Judgement) -> None:
    """The tenant is what the program declares."""
    tenant, stack = judgement.world.tenant, judgement.stack
    for declared in stack.program:
        if stack.is_stale(declared.key):
            continue
        if declared.key not in tenant.objects:
            raise Mismatch(judgement.told(f"{declared.key} is declared and not in the tenant."))
        kept = tenant.settings(declared.key)
        for name, value in declared.settings.items():
            found, wanted = kept.get(name), _in_order(value)
            if found != wanted:
                raise Mismatch(judgement.told(f"{declared.key}: {name} is {found!r}, not {wanted!r}."))


def _in_order(value: Any) -> Any:
    return sorted(value) if isinstance(value, tuple) else value


def judge_state(judgement: Judgement) -> None:
    """The state holds what the program declares and nothing else, each entry with the id of its object."""
    world, stack = judgement.world, judgement.stack
    states = [state for state in world.driver.state(stack.name) if key_of(state) is not None]
    if over := [state for state in states if state.delete or state.pending_replacement]:
        names = ", ".join(name_of(state.urn) for state in over)
        raise Mismatch(judgement.told(f"The state still holds what was replaced: {names}."))
    found, declared = {state.urn for state in states}, {each.urn(stack.name) for each in stack.program}
    if found != declared:
        raise Mismatch(judgement.told(f"State and program differ: {sorted(found ^ declared)}."))
    for key, state in world.held(stack.name).items():
        if key_of(state) == key and not stack.is_stale(key) and state.id != (id_ := _id(judgement, key)):
            raise Mismatch(judgement.told(f"{key} has the id {id_}; the state says {state.id}."))


def _id(judgement: Judgement, key: Key) -> str | None:
    """The id by which a resource names an object of the tenant."""
    if key not in judgement.world.tenant.objects:
        return None
    return f"{key.api}::{key.own}" if key.kind == "permission" else judgement.world.tenant.objects[key]


def judge_preview(judgement: Judgement) -> None:
    """A preview right after has nothing to do."""
    stack, driver = judgement.stack, judgement.world.driver
    preview = driver.run(stack.name, "preview", stack.program, Options())
    if preview.has_changes or not preview.ok:
        raise Mismatch(judgement.told(f"The next preview has something to do: {preview}"))
