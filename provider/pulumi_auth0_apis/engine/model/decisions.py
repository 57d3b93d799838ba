"""The decisions about a resource, as tables.

Rule 1: every decision about a resource's lifecycle is made in this file, from facts, by look-up.
Rule 2: this file does no work. It knows neither providers nor files nor how a step is carried out.

The operations and their names are Pulumi's own (`apitype.OpType`), so that logs and states read the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Op(StrEnum):
    """The operation of a step, by the name it has in an engine event."""

    SAME = "same"
    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    REPLACE = "replace"
    CREATE_REPLACEMENT = "create-replacement"
    DELETE_REPLACED = "delete-replaced"
    READ = "read"
    READ_REPLACEMENT = "read-replacement"
    READ_DISCARD = "discard"
    DISCARD_REPLACED = "discard-replaced"
    REMOVE_PENDING_REPLACE = "remove-pending-replace"
    REFRESH = "refresh"


LOGICAL = frozenset({Op.SAME, Op.CREATE, Op.UPDATE, Op.DELETE, Op.REPLACE, Op.READ, Op.READ_DISCARD})
"""Steps that a summary counts. The halves of a replacement are not: the replacement itself is."""

DELETIONS = frozenset({Op.DELETE, Op.DELETE_REPLACED, Op.READ_DISCARD, Op.DISCARD_REPLACED})


class Change(StrEnum):
    """The verdict of the provider's diff on a resource that is in the state already."""

    NONE = "none"
    UPDATE = "update"
    REPLACE = "replace"


class Situation(StrEnum):
    """Where a resource that the program registers stands."""

    NEW = "not in the state"
    UNCHANGED = "in the state, nothing differs"
    CHANGED = "in the state, differs in place"
    REPLACED_AFTER = "must be replaced; the new one is created first"
    REPLACED_BEFORE = "must be replaced; the old one is deleted first"
    HALF_REPLACED = "an interrupted run has deleted it for a replacement"
    DELETED_WITH_ITS_SOURCE = "this run has deleted it, because what it depends on is replaced"
    EXTERNAL = "was only read until now"
    LEFT_OUT = "in the state; the run is not about it"
    NOT_CREATED = "not in the state; the run is not about it"


REGISTERED: dict[Situation, tuple[Op, ...]] = {
    Situation.NEW: (Op.CREATE,),
    Situation.UNCHANGED: (Op.SAME,),
    Situation.CHANGED: (Op.UPDATE,),
    Situation.REPLACED_AFTER: (Op.CREATE_REPLACEMENT, Op.REPLACE),  # the old one goes at the end of the run
    Situation.REPLACED_BEFORE: (Op.DELETE_REPLACED, Op.REPLACE, Op.CREATE_REPLACEMENT),
    Situation.HALF_REPLACED: (Op.REPLACE, Op.CREATE_REPLACEMENT),
    Situation.DELETED_WITH_ITS_SOURCE: (Op.REPLACE, Op.CREATE_REPLACEMENT),
    Situation.EXTERNAL: (Op.CREATE_REPLACEMENT, Op.REPLACE),
    Situation.LEFT_OUT: (Op.SAME,),
    Situation.NOT_CREATED: (Op.SAME,),  # the program goes on as if it were there
}
"""The steps of a resource that the program registers, in their order."""


@dataclass(frozen=True)
class Facts:
    """All that decides the situation of a registered resource."""

    known: bool = False
    """It is in the state of the last run."""
    external: bool = False
    """The state holds it as read, not as created."""
    deleted_in_this_run: bool = False
    pending_replacement: bool = False
    """The state says that a former run deleted it and has not created its replacement."""
    change: Change = Change.NONE
    delete_first: bool = False
    """Provider or program want a replacement to delete before it creates."""
    targeted: bool = True
    """The run is about it."""


def situation(facts: Facts) -> Situation:
    if facts.deleted_in_this_run:
        return Situation.DELETED_WITH_ITS_SOURCE
    if not facts.known:
        return Situation.NEW if facts.targeted else Situation.NOT_CREATED
    if facts.external:
        return Situation.EXTERNAL
    if not facts.targeted:
        return Situation.LEFT_OUT
    if facts.pending_replacement:
        return Situation.HALF_REPLACED if facts.delete_first else Situation.REPLACED_AFTER
    if facts.change is Change.REPLACE:
        return Situation.REPLACED_BEFORE if facts.delete_first else Situation.REPLACED_AFTER
    return Situation.CHANGED if facts.change is Change.UPDATE else Situation.UNCHANGED


class Reading(StrEnum):
    """Where a resource that the program only reads (`id=…`) stands."""

    FRESH = "not in the state, or read before, or the very object that the state manages"
    RELINQUISHED = "the state manages another object under this name"


READ: dict[Reading, tuple[Op, ...]] = {
    Reading.FRESH: (Op.READ,),
    Reading.RELINQUISHED: (Op.READ_REPLACEMENT, Op.REPLACE),  # the managed one goes at the end of the run
}


def reading(*, managed_id: str | None, read_id: str) -> Reading:
    """Where a read stands; `managed_id` is the id the state manages under the name, if any."""
    return Reading.FRESH if managed_id in (None, read_id) else Reading.RELINQUISHED


def leftover(*, targeted: bool, replaced: bool, external: bool, pending_replacement: bool) -> Op:
    """The step for what the state holds and the program no longer registers."""
    if not targeted:
        return Op.SAME
    if replaced:
        return Op.DISCARD_REPLACED if external else Op.DELETE_REPLACED
    if pending_replacement:
        return Op.REMOVE_PENDING_REPLACE
    return Op.READ_DISCARD if external else Op.DELETE


def refreshed(*, gone: bool, changed: bool) -> Op:
    """The operation that a refresh amounts to, for display and summary."""
    if gone:
        return Op.DELETE
    return Op.UPDATE if changed else Op.SAME
