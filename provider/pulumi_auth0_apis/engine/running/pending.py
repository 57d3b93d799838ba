"""Operations that an earlier run began and whose end nobody has recorded.

The CLI tells of them when a run begins, and of all kinds carries creations alone into the state that the run
leaves: what became of the others a refresh reads. A creation stays until `refresh --clear-pending-creates`
(`pkg/backend/journal.go` and `pkg/cmd/pulumi/operations/refresh.go` of pulumi/pulumi), even where a later run
has created the resource, so that its warning never ends. There this engine differs: what is managed is not
pending, and leaves the list by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from pulumi_auth0_apis.engine.events.stream import EventStream
from pulumi_auth0_apis.engine.model.state import PendingOperation, ResourceState, Snapshot

_WARNING = (
    "Attempting to deploy or update resources with {} pending operations from previous deployment.\n{}\n"
    "These resources are in an unknown state because an earlier run was interrupted while waiting for them. "
    "`refresh` reads what became of updates and deletions. Check whether what was being created is there: it "
    "stays listed until it is managed, or until `refresh --clear-pending-creates` clears it."
)


def unresolved(snapshot: Snapshot) -> list[PendingOperation]:
    """The operations of which nobody knows how they ended: all but creations of what is managed."""
    return [
        each
        for each in snapshot.pending_operations
        if not (each.type == "creating" and _is_managed(each.resource, snapshot.resources))
    ]


def carried_on(snapshot: Snapshot, clear: Collection[str] = ()) -> list[PendingOperation]:
    """The operations that a run leaves pending: creations, but for those of the URNs to clear."""
    return [
        each for each in unresolved(snapshot) if each.type == "creating" and each.resource.urn not in clear
    ]


def settled(snapshot: Snapshot, events: EventStream, clear: Collection[str] = ()) -> Snapshot:
    """The state with those alone; tells which creations are no longer pending."""
    after = replace(snapshot, pending_operations=carried_on(snapshot, clear))
    tell_endings(snapshot, after, events, clear)
    return after


def tell_unresolved(snapshot: Snapshot, events: EventStream) -> None:
    """Warn, before a run works on the state, of what nobody knows."""
    operations = unresolved(snapshot)
    if operations:
        listed = "\n".join(f"  * {each.resource.urn}, interrupted while {each.type}" for each in operations)
        events.diagnostic("warning", _WARNING.format(len(operations), listed))


def tell_endings(before: Snapshot, after: Snapshot, events: EventStream, clear: Collection[str] = ()) -> None:
    """Tell which interrupted creations are over, and why."""
    for each in before.pending_operations:
        urn = each.resource.urn
        if each.type != "creating" or each in after.pending_operations:
            continue
        if urn in clear:
            told = f"The interrupted creation of {urn} is cleared, as asked for. What it made is not managed."
        else:
            told = f"{urn} is managed by now: its interrupted creation is no longer pending."
        events.diagnostic("info", told)


def _is_managed(created: ResourceState, resources: Sequence[ResourceState]) -> bool:
    """Whether the state holds what was being created.

    Its URN alone does not say so: while a replacement is created, the one that it replaces has the same URN
    and other inputs.
    """
    return any(
        each.urn == created.urn
        and each.inputs == created.inputs
        and not (each.delete or each.pending_replacement)
        for each in resources
    )
