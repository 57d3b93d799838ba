"""Nothing is lost: what must hold while a run is under way, whatever comes of it.

The witness is the tenant: which of its objects ceased to exist, one by one.
"""

from __future__ import annotations

from .declarations import Key
from .gaps import is_out_of_sight
from .judging import Judgement, Loss


def judge_deletions(judgement: Judgement) -> None:
    """Nothing is deleted that the program declares, that another stack manages, or that people have made.

    A replacement where an object is may delete it, if the run says so; what was handed over to this stack,
    its API included, is this stack's to delete. Raises Loss.
    """
    gone = {lost.key for lost in judgement.world.tenant.witness.lost}
    for key in sorted(gone):
        replaced = _is_shown_replacement(judgement, key) or _is_shown_replacement(judgement, key.of_api)
        if not replaced and judgement.command != "destroy" and key in judgement.scene.objects:
            declared = judgement.stack.program.keys.get(key)
            if declared is not None and not is_out_of_sight(judgement):
                raise Loss(judgement.told(f"{key} is declared by {declared}, and was deleted."))
        _judge_other_stacks(judgement, key)
        _judge_by_hand(judgement, key, with_its_api=replaced or key.of_api in gone)


def _is_shown_replacement(judgement: Judgement, key: Key) -> bool:
    """Whether the run says that it replaces this object where it is, under one name."""
    run, stack = judgement.run, judgement.stack
    for step in run.steps:
        if step.op in ("create-replacement", "replace") and step.before == step.after == key:
            return True
    held, declared = judgement.held.get(key), stack.program.keys.get(key)
    if run.ok or held is None or declared is None or declared.urn(stack.name) != held.urn:
        return False  # only a run that was cut short shows the first half alone
    return any(step.op == "delete-replaced" and step.urn == held.urn for step in run.steps)


def _judge_other_stacks(judgement: Judgement, key: Key) -> None:
    mine = judgement.scene.claimed
    handed_over = key in mine or (key.kind == "permission" and key.of_api in mine)
    if handed_over or (key.kind == "grant" and _is_forced(judgement, key.of_api)):
        return
    for name, stack in judgement.world.stacks.items():
        if stack is not judgement.stack and key in judgement.scene.held[name] and key in stack.program.keys:
            raise Loss(judgement.told(f"{key} belongs to the stack {name}, and was deleted."))


def _judge_by_hand(judgement: Judgement, key: Key, *, with_its_api: bool) -> None:
    """Permissions that people have made may go with their API, grants only where that was forced."""
    if key not in judgement.scene.by_hand or key in {*judgement.held, *judgement.stack.program.keys}:
        return
    if key.kind == "grant" and _is_forced(judgement, key.of_api):
        return
    if key.kind == "permission" and (with_its_api or _is_listed(judgement, key.of_api)):
        return
    raise Loss(judgement.told(f"{key} was made by hand, and was deleted."))


def _is_forced(judgement: Judgement, api: Key) -> bool:
    if judgement.options.force:
        return True
    held, declared = judgement.held.get(api), judgement.stack.program.keys.get(api)
    return bool((held and held.inputs.get("force")) or (declared and declared.options.get("force")))


def _is_listed(judgement: Judgement, api: Key) -> bool:
    """Whether the API lists its permissions itself, now or until now: then it owns all of them."""
    held, declared = judgement.held.get(api), judgement.stack.program.keys.get(api)
    return bool((held and "scopes" in held.inputs) or (declared and "scopes" in declared.settings))
