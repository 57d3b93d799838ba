"""Operations that an earlier run began and never ended, of which nobody knows what they did."""

from __future__ import annotations

from collections.abc import Iterator

from pulumi_auth0_apis.doctor.result import Diagnosis, ok, skipped, warning
from pulumi_auth0_apis.doctor.surroundings import Surroundings
from pulumi_auth0_apis.engine.model.pending import unresolved
from pulumi_auth0_apis.engine.model.state import PendingOperation
from pulumi_auth0_apis.engine.model.urns import name_of, type_of

CREATION = (
    "Look for it in the tenant. If it is there, the next `up` with AUTH0_ADOPT=equal takes it over. If it is "
    "not, `auth0-apis refresh --clear-pending-creates`, or the same of `pulumi`, clears the list."
)
OTHER = "`auth0-apis refresh`, or `pulumi refresh`, reads what became of it and clears the list."


def check_pending_operations(surroundings: Surroundings) -> Iterator[Diagnosis]:
    """Whether the state lists interrupted operations, a crash's journal included."""
    if surroundings.snapshot is None:
        yield skipped("pending", "There is no state to look for interrupted operations in.")
        return
    operations = unresolved(surroundings.snapshot)
    for each in operations:
        yield _told(each)
    if not operations:
        yield ok("pending", "no interrupted operation")


def _told(operation: PendingOperation) -> Diagnosis:
    urn = operation.resource.urn
    interrupted = f"A run was interrupted while {operation.type} {name_of(urn)} ({type_of(urn)})."
    return warning("pending", interrupted, CREATION if operation.type == "creating" else OTHER)
