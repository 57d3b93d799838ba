"""Telling of the operations that an earlier run began and nobody has seen end.

The CLI tells of them when a run begins, too.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from pulumi_auth0_apis.engine.events.stream import EventStream
from pulumi_auth0_apis.engine.model.pending import carried_on, unresolved
from pulumi_auth0_apis.engine.model.snapshot import Snapshot

_WARNING = (
    "Attempting to deploy or update resources with {} pending operations from previous deployment.\n{}\n"
    "These resources are in an unknown state because an earlier run was interrupted while waiting for them. "
    "`refresh` reads what became of updates and deletions. Check whether what was being created is there: it "
    "stays listed until it is managed, or until `refresh --clear-pending-creates` clears it."
)


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
