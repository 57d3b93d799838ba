"""Whether an object may be deleted: what a deletion must not take along, asked before the first call.

A run that is refused leaves the tenant whole. So what a replacement would meet in the end is looked at before
its first half is carried out, the deletion of what depends on the replaced object included.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from pulumi_auth0_apis._adoption import refuse_unless_free
from pulumi_auth0_apis._holdings import ObjectKey, StateEntry
from pulumi_auth0_apis._lifecycle import ManagedObject, ObjectProvider, TenantRun
from pulumi_auth0_apis._telling import inform
from pulumi_auth0_apis.errors import ConfigurationError, ManagementError, StillNeededError

if TYPE_CHECKING:
    from pulumi_auth0_apis.management import Session

FORCE_VARIABLE = "AUTH0_FORCE"
MOST_NAMED = 5
"""Applications that a message names, each at the price of a call."""


def may_delete(
    provider: ObjectProvider, run: TenantRun, entry: StateEntry, outputs: Mapping[str, Any]
) -> bool:
    """Whether the object of an entry is to be deleted; says so where another entry holds it.

    Raises StillNeededError where the program still wants or reads it, and AlreadyThereError where its
    replacement could not be made.
    """
    if not run.holdings.let_go(entry):
        inform(
            f"{provider.named(outputs)} stays: another resource of this program holds it."
            f"{provider.left_behind(run, outputs)}"
        )
        return False
    if run.holdings.is_wanted(entry.key):
        raise StillNeededError(
            f"{provider.named(outputs)} is not deleted: this program declares it by another resource, which "
            "could not take it over.",
            "Solve that first; its own message says how.",
        )
    if run.holdings.is_looked_up(entry.key) and not _is_made_anew(run, entry.key):
        raise StillNeededError(
            f"{provider.named(outputs)} is not deleted: this program still reads it (`.get`).",
            "To leave it to somebody else, set retain_on_delete=True on the resource and run `pulumi up` "
            "before you take it out; to delete it, take the look-up out as well.",
        )
    for key in (entry.key, provider.api_key_of(outputs)):
        _refuse_a_blocked_replacement(run, key)
    return True


def _is_made_anew(run: TenantRun, key: ObjectKey) -> bool:
    return any(each.key == key for each in run.holdings.replacements_of(key))


def _refuse_a_blocked_replacement(run: TenantRun, key: ObjectKey | None) -> None:
    """Raise where what is to come instead of the object of `key` could not be made."""
    if key is None:
        return
    for replacement in run.holdings.replacements_of(key):
        provider, inputs = replacement.provider, replacement.inputs
        if replacement.key == key:
            provider.refuse_removal(run, inputs, leaving=run.holdings.leaving())
        elif replacement.key is not None and not run.holdings.is_made(replacement.key):
            found = provider.find(run.session, inputs)
            if found is not None:
                refuse_unless_free(provider, run, found, inputs, adopt=False)
            if not run.holdings.is_wanted(replacement.key):
                raise _deleted_first(provider, key, inputs)


def _deleted_first(provider: ObjectProvider, key: ObjectKey, inputs: Mapping[str, Any]) -> StillNeededError:
    """The error for an object that is to go before another one is made under the name of its resource.

    What is declared further down may want it, and the engine has not asked about that yet.
    """
    there = ", ".join(str(part) for part in key[1:] if part is not None)
    return StillNeededError(
        f"The {provider.title} {there} is not deleted before {provider.named(inputs)[4:]} is made in its "
        "place (delete_before_replace=True): another resource of this program may be about to take it over.",
        "Leave the option out for this run; an object with another key never needs it.",
    )


def is_forced(options: Mapping[str, Any], environ: Mapping[str, str] = os.environ) -> bool:
    """Whether an object is deleted although grants hold it (`force=True`, or AUTH0_FORCE=true for one run).

    The variable is for what has left the program, where nobody can set an option any more.
    """
    value = environ.get(FORCE_VARIABLE, "")
    if value not in ("", "true"):
        raise ConfigurationError(
            f'{FORCE_VARIABLE} is "{value}", and the only value it takes is "true": delete, for one run, '
            "what grants still hold.",
            "For one object, set force=True on its resource.",
        )
    return bool(options.get("force")) or value == "true"


def still_granted(
    session: Session, subject: str, grants: Collection[ManagedObject], first: str
) -> StillNeededError:
    """The error for an object that grants hold; `first` says how to get them out of the way."""
    return StillNeededError(
        f"{subject} is still granted to {_holders(session, grants)}.",
        f"{first} Or set force=True on the resource, with a `pulumi up` before you take it out; where it has "
        f"left the program, {FORCE_VARIABLE}=true in the environment does the same for one run.",
    )


def _holders(session: Session, grants: Collection[ManagedObject]) -> str:
    shown = ", ".join(_holder(session, grant) for grant in list(grants)[:MOST_NAMED])
    more = len(grants) - MOST_NAMED
    return f"{shown} and {more:,} more" if more > 0 else shown


def _holder(session: Session, grant: Mapping[str, Any]) -> str:
    client_id = grant.get("client_id")
    if client_id is None:
        return f"all {grant.get('default_for', 'applications')} (grant {grant['id']})"
    try:
        return f"{session.clients.get(client_id).get('name', 'unnamed')} ({client_id})"
    except ManagementError:
        return str(client_id)
