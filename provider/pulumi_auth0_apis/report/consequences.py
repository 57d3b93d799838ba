"""Consequences for those who use an API, a permission or a grant, where it is replaced or deleted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from auth0_api_vocabulary import DEFAULTS, OUR_KINDS, OURS, ResourceKind, family_of, kinds
from pulumi_auth0_apis.report.changes import api_name, identifier_of
from pulumi_auth0_apis.report.declared_access import grantee, kind_of
from pulumi_auth0_apis.report.log import ResourceChange
from pulumi_auth0_apis.report.settings import label, shown

MOST_NAMES = 10


@dataclass(frozen=True)
class Consequence:
    """The meaning of a replacement or a deletion to those who use the resource."""

    resource: str
    operation: str
    reason: str
    effects: tuple[str, ...]


def consequences(changes: Iterable[ResourceChange]) -> list[Consequence]:
    """Return what every replaced or deleted API or grant means; permissions are counted with their API."""
    everything = list(changes)
    apis = [change for change in everything if kind_of(change) is kinds.API]
    rebuilt = {identifier_of(api.old) for api in apis if api.operation in ("replace", "delete")}
    found = [_of_api(api, everything) for api in apis if api.operation in ("replace", "delete")]
    for change in everything:
        kind = kind_of(change)
        if kind and kind.api and change.operation == "replace" and _parent(change) not in rebuilt:
            found.append(_of_dependant(change, kind))
    return found


def _of_api(api: ResourceChange, everything: Sequence[ResourceChange]) -> Consequence:
    identifier = identifier_of(api.old)
    dependants = [change for change in everything if change.old is not None and _parent(change) == identifier]
    follow = [change for change in dependants if change.operation == api.operation]
    if api.operation == "delete":
        effects = [
            f"Applications get no more tokens for {identifier}.",
            "Its permissions are gone.",
            *_with_it("Deleted", follow),
        ]
    else:
        effects = [
            *_of_keys(api),
            *_with_it("Created again", follow),
            "In between no application gets tokens for it. Check the roles that hold its permissions.",
        ]
    left = [change for change in dependants if change.operation in ("same", "update")]
    return Consequence(api_name(api), api.operation, _reason(api), (*effects, _of_other_grants(api, left)))


def _with_it(done: str, follow: Iterable[ResourceChange]) -> Iterator[str]:
    """Tell what the run does with an API: permissions by their number, grants by their applications."""
    told = [
        _counted(number, kind.noun)
        for kind in OUR_KINDS
        if kind.api and kind is not kinds.GRANT
        if (number := sum(kind_of(change) is kind for change in follow))
    ]
    told += _granted(follow)
    if told:
        yield f"{done} with it: {', '.join(told)}."


def _of_other_grants(api: ResourceChange, left: Iterable[ResourceChange]) -> str:
    """Tell what becomes of the grants that the run leaves: of other stacks, and of this one by a text."""
    named = [f"{grants}, whose audience is a text" for grants in _granted(left)]
    others = "; ".join([*named, "those of other stacks and people"])
    family = family_of(api.type)
    if family is None or api.type not in OURS:
        return f"Other grants on it go too ({others})."
    forced = family.switched_on("force")
    if any((side or {}).get("force") is True for side in (api.old, api.new)):
        return f"Other grants on it go too ({others}): {forced} is set."
    return f"The update refuses this while there are other grants on it ({others}), unless it says {forced}."


def _granted(changes: Iterable[ResourceChange]) -> list[str]:
    grants = (change for change in changes if kind_of(change) is kinds.GRANT and change.old is not None)
    applications = sorted(
        {grantee(kinds.GRANT, change.name, change.old or {}).application for change in grants}
    )
    if not applications:
        return []
    more = len(applications) - MOST_NAMES
    names = ", ".join(applications[:MOST_NAMES]) + (f" and {more} more" if more > 0 else "")
    return [f"the grants of {names}" if len(applications) > 1 else f"the grant of {names}"]


def _of_keys(api: ResourceChange) -> Iterator[str]:
    old, new = api.old or {}, api.new or {}
    if "signing_alg" in api.keys:
        algorithm = new.get("signing_alg") or DEFAULTS["signing_alg"]
        key = "a secret that Auth0 and the API share" if algorithm == "HS256" else "the tenant's private key"
        yield f"Tokens are signed by {algorithm}, with {key}; a check for the old algorithm refuses them."
    if "identifier" in api.keys:
        yield f"Applications ask for {new.get('identifier')}; tokens for {old.get('identifier')} are refused."


def _of_dependant(change: ResourceChange, kind: ResourceKind) -> Consequence:
    what = "access" if kind.holders else "this permission"
    effect = f"It is deleted and created again; in between nobody has {what}."
    return Consequence(change.name, change.operation, _reason(change), (effect,))


def _reason(change: ResourceChange) -> str:
    old, new = change.old or {}, change.new or {}
    changed = [key for key in sorted(change.keys) if old.get(key) != new.get(key)]
    return "; ".join(
        f"{label(key)}: {shown(key, old.get(key))} → {shown(key, new.get(key))}" for key in changed
    )


def _parent(change: ResourceChange) -> str:
    """Return the identifier of the API that a permission or grant belongs to, before the run."""
    kind, inputs = kind_of(change), change.old or change.new or {}
    return str(inputs.get(kind.api) or "") if kind else ""


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
