"""What must hold after every run, whatever the program and whatever happened before.

The witness is the tenant: which of its objects ceased to exist, one by one, while the run was under way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pulumi_auth0_apis.engine.urns import name_of

from .declarations import Declaration, Key
from .runs import Command, Options, Run, key_of
from .support import GRANTS_ARE_GUARDED
from .witness import Lost

if TYPE_CHECKING:
    from .world import Scene, Stack, World


class Loss(AssertionError):
    """An object that was to stay ceased to exist."""


class Mismatch(AssertionError):
    """Program, state and tenant do not agree after a run that succeeded."""


@dataclass(frozen=True)
class Judgement:
    """A run and all that it is judged by."""

    world: World
    stack: Stack
    scene: Scene
    run: Run
    command: Command
    options: Options

    def told(self, complaint: str) -> str:
        return f"{complaint}\n`{self.command}` of {self.stack.name}, {self.run}\n{self.stack.program}"


def judge_deletions(judgement: Judgement) -> None:
    """Nothing is deleted that the program declares, that another stack manages, or that people have made."""
    for lost in judgement.world.tenant.witness.lost:
        if _is_shown_replacement(judgement, lost.key) or _is_shown_replacement(judgement, lost.key.of_api):
            _judge_other_hands(judgement, lost, replaced=True)
            continue
        if judgement.command != "destroy" and lost.key in judgement.scene.objects:
            declared = judgement.stack.program.keys.get(lost.key)
            if declared is not None:
                raise Loss(judgement.told(f"{lost.key} is declared by {declared}, and was deleted."))
        _judge_other_hands(judgement, lost, replaced=False)


def _is_shown_replacement(judgement: Judgement, key: Key) -> bool:
    """Whether the run says that it replaces this object where it is, under one name."""
    run, stack = judgement.run, judgement.stack
    for step in run.steps:
        if step.op in ("create-replacement", "replace") and step.before == step.after == key:
            return True
    held, declared = judgement.scene.held[stack.name].get(key), stack.program.keys.get(key)
    if run.ok or held is None or declared is None or declared.urn(stack.name) != held.urn:
        return False  # only a run that was cut short shows the first half alone
    return any(step.op == "delete-replaced" and step.urn == held.urn for step in run.steps)


def _judge_other_hands(judgement: Judgement, lost: Lost, *, replaced: bool) -> None:
    scene, own = judgement.scene, judgement.stack
    mine = scene.claimed | scene.held[own.name].keys()
    for name, held in scene.held.items():
        stack = judgement.world.stacks[name]
        if name == own.name or lost.key not in held or lost.key not in stack.program.keys:
            continue
        if lost.key in mine or (lost.key.kind == "permission" and lost.key.of_api in mine):
            continue  # handed over: both stacks manage it
        if lost.key.kind == "grant" and _is_forced(judgement, lost.key.of_api):
            continue
        raise Loss(judgement.told(f"{lost.key} belongs to the stack {name}, and was deleted."))
    if lost.key in scene.by_hand and lost.key not in mine and lost.key not in own.program.keys:
        _judge_by_hand(judgement, lost, replaced=replaced)


def _judge_by_hand(judgement: Judgement, lost: Lost, *, replaced: bool) -> None:
    """What people have made goes with its API: permissions always, grants where that was forced."""
    gone = {each.key for each in judgement.world.tenant.witness.lost}
    if lost.key.kind == "grant" and _is_forced(judgement, lost.key.of_api):
        return
    if lost.key.kind == "permission" and (replaced or lost.key.of_api in gone or _is_listed(judgement, lost)):
        return
    raise Loss(judgement.told(f"{lost.key} was made by hand, and was deleted."))


def _is_forced(judgement: Judgement, api: Key) -> bool:
    if not GRANTS_ARE_GUARDED or judgement.options.force:
        return True
    held = judgement.scene.held[judgement.stack.name].get(api)
    declared = judgement.stack.program.keys.get(api)
    return bool((held and held.inputs.get("force")) or (declared and declared.options.get("force")))


def _is_listed(judgement: Judgement, lost: Lost) -> bool:
    """Whether the API lists its permissions itself, now or until now: then it owns all of them."""
    api = judgement.scene.held[judgement.stack.name].get(lost.key.of_api)
    declared = judgement.stack.program.keys.get(lost.key.of_api)
    return bool((api and "scopes" in api.inputs) or (declared and "scopes" in declared.settings))


def judge_tenant(judgement: Judgement) -> None:
    """The tenant is what the program declares, and holds nothing more of what the stack held."""
    tenant, stack = judgement.world.tenant, judgement.stack
    objects = tenant.objects
    for declared in stack.program:
        if stack.is_stale(declared.key):
            continue
        if declared.key not in objects:
            raise Mismatch(judgement.told(f"{declared.key} is declared and not in the tenant."))
        kept = tenant.settings(declared.key)
        for name, value in declared.settings.items():
            found, wanted = kept.get(name), _in_order(value)
            if found != wanted:
                raise Mismatch(judgement.told(f"{declared.key}: {name} is {found!r}, not {wanted!r}."))
    for key, state in judgement.scene.held[stack.name].items():
        left = key in objects and key not in stack.program.keys
        if left and not state.retain_on_delete and not _is_left_alone(judgement, key):
            raise Mismatch(judgement.told(f"{key} left the program and the state, and is still there."))


def _is_left_alone(judgement: Judgement, key: Key) -> bool:
    """A list of permissions that an API no longer sets stays as it is; what changed hands is not ours."""
    state = judgement.scene.held[judgement.stack.name][key]
    if any("permission" in note and key.api in note and key.own in note for note in judgement.run.notes):
        return True
    if key.kind == "permission" and key_of(state) != key:
        return True
    return judgement.stack.is_stale(key)


def judge_state(judgement: Judgement) -> None:
    """The state holds what the program declares, and every entry is an object of the tenant."""
    world, stack = judgement.world, judgement.stack
    states = [state for state in world.driver.state(stack.name) if key_of(state) is not None]
    if over := [state for state in states if state.delete or state.pending_replacement]:
        names = ", ".join(name_of(state.urn) for state in over)
        raise Mismatch(judgement.told(f"The state still holds what was replaced: {names}."))
    found, declared = {state.urn for state in states}, {each.urn(stack.name) for each in stack.program}
    if found != declared:
        raise Mismatch(judgement.told(f"State and program differ: {sorted(found ^ declared)}."))
    for state in states:
        key = key_of(state)
        assert key is not None
        id_ = (
            key.own and f"{key.api}::{key.own}" if key.kind == "permission" else world.tenant.objects.get(key)
        )
        if not stack.is_stale(key) and state.id != id_:
            raise Mismatch(judgement.told(f"{key} has the id {id_}; the state says {state.id}."))


def judge_preview(judgement: Judgement) -> None:
    """A preview right after has nothing to do."""
    preview = judgement.world.driver.run(judgement.stack.name, "preview", judgement.stack.program, Options())
    if preview.has_changes or not preview.ok:
        raise Mismatch(judgement.told(f"The next preview has something to do: {preview}"))


def _in_order(value: Any) -> Any:
    return sorted(value) if isinstance(value, tuple) else value


__all__ = ["Declaration", "Judgement", "Loss", "Mismatch"]
