"""Operations that an earlier run began and whose end nobody has recorded.

Of all kinds the CLI carries creations alone into the state that a run leaves: what became of the others a
refresh reads. A creation stays until `refresh --clear-pending-creates` (`pkg/backend/journal.go` and
`pkg/cmd/pulumi/operations/refresh.go` of pulumi/pulumi), even where a later run has created the resource, so
that its warning never ends. There this engine differs: what is managed is not pending, and leaves the list by
itself.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pulumi_auth0_apis.engine.model.snapshot import Snapshot
from pulumi_auth0_apis.engine.model.state import PendingOperation, ResourceState


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
