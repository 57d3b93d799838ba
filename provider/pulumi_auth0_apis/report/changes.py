"""What changes in an API's settings, and what follows where something is replaced or deleted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .log import Change
from .redaction import HIDDEN, LATER
from .settings import in_order, label, shown
from .tenant import Tenant, kind_of


@dataclass(frozen=True)
class SettingChange:
    """One setting of one API, in Auth0's words, before and after."""

    api: str
    setting: str
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Consequence:
    """What a replacement or a deletion means to those who use the resource."""

    resource: str
    operation: str
    reason: str
    effects: tuple[str, ...]


def api_name(change: Change) -> str:
    """Return an API's name as the tenant shows it, the resource's where the API has none."""
    name = (change.new or change.old or {}).get("name")
    return str(change.name if name in (None, "", HIDDEN, LATER) else name)


def setting_changes(changes: Iterable[Change], old: Tenant, new: Tenant) -> list[SettingChange]:
    """Return every setting that changes, API by API; permissions are a setting of their API.

    They may be resources of their own: then they change while the API itself stays, or is in another stack.
    """
    found: list[SettingChange] = []
    told: set[str] = set()
    for change in changes:
        if kind_of(change) != "api":
            continue
        sides = _identifier(change.old), _identifier(change.new)
        told.update(sides)
        if change.operation in ("create", "update", "replace"):
            found += _settings(change)
        if change.operation != "delete":
            found += _permissions(api_name(change), old, new, sides)
    for identifier in sorted((old.permissions.keys() | new.permissions.keys()) - told):
        found += _permissions(identifier, old, new, (identifier, identifier))
    return found


def _settings(change: Change) -> Iterator[SettingChange]:
    old, new = change.old or {}, change.new or {}
    for setting in in_order((old.keys() | new.keys()) - {"scopes"}):
        if old.get(setting) != new.get(setting):
            was = shown(setting, old.get(setting)) if change.old is not None else ""
            yield SettingChange(
                api_name(change), setting, label(setting), was, shown(setting, new.get(setting))
            )


def _permissions(api: str, old: Tenant, new: Tenant, sides: tuple[str, str]) -> Iterator[SettingChange]:
    was, will_be = (
        tenant.permissions.get(identifier, frozenset())
        for tenant, identifier in zip((old, new), sides, strict=True)
    )
    changed = {"removed": was - will_be, "added": will_be - was}
    told = "; ".join(f"{did}: {', '.join(sorted(scopes))}" for did, scopes in changed.items() if scopes)
    if told:
        yield SettingChange(api, "permissions", "Permissions", "", told)


def consequences(changes: Iterable[Change]) -> list[Consequence]:
    """Return what every replaced or deleted API or grant means; permissions are counted with their API."""
    everything = list(changes)
    apis = [change for change in everything if kind_of(change) == "api"]
    rebuilt = {_identifier(api.old) for api in apis if api.operation in ("replace", "delete")}
    found = [_of_api(api, everything) for api in apis if api.operation in ("replace", "delete")]
    for change in everything:
        alone = change.operation == "replace" and _parent(change) not in rebuilt
        if kind_of(change) in ("permission", "permissions", "grant") and alone:
            found.append(_of_dependant(change))
    return found


def _of_api(api: Change, everything: list[Change]) -> Consequence:
    identifier = _identifier(api.old)
    dependants = [kind_of(change) for change in everything if _follows(change, identifier)]
    if api.operation == "delete":
        effects: tuple[str, ...] = (
            f"Applications get no more tokens for {identifier}.",
            "Its permissions are gone.",
        )
    else:
        effects = (
            *_of_keys(api),
            *_created_again(dependants),
            "In between no application gets tokens for it. Check the roles that hold its permissions.",
        )
    return Consequence(api_name(api), api.operation, _reason(api), effects)


def _created_again(dependants: list[str]) -> Iterator[str]:
    counts = {noun: dependants.count(noun) for noun in ("permission", "grant")}
    counted = [_counted(count, noun) for noun, count in counts.items() if count]
    if counted:
        yield f"Created again with it: {', '.join(counted)}."


def _of_keys(api: Change) -> Iterator[str]:
    old, new = api.old or {}, api.new or {}
    if "signing_alg" in api.keys:
        algorithm = new.get("signing_alg") or "RS256"
        key = "a secret that Auth0 and the API share" if algorithm == "HS256" else "the tenant's private key"
        yield f"Tokens are signed by {algorithm}, with {key}; a check for the old algorithm refuses them."
    if "identifier" in api.keys:
        yield f"Applications ask for {new.get('identifier')}; tokens for {old.get('identifier')} are refused."


def _of_dependant(change: Change) -> Consequence:
    what = "access" if kind_of(change) == "grant" else "this permission"
    effect = f"It is deleted and created again; in between nobody has {what}."
    return Consequence(change.name, change.operation, _reason(change), (effect,))


def _reason(change: Change) -> str:
    old, new = change.old or {}, change.new or {}
    changed = [key for key in sorted(change.keys) if old.get(key) != new.get(key)]
    return "; ".join(
        f"{label(key)}: {shown(key, old.get(key))} → {shown(key, new.get(key))}" for key in changed
    )


def _parent(change: Change) -> str:
    """Return the identifier of the API that a permission or grant belongs to, before the run."""
    inputs = change.old or change.new or {}
    return str(inputs.get("audience") or inputs.get("resource_server_identifier") or "")


def _follows(change: Change, identifier: str) -> bool:
    return change.operation == "replace" and _parent(change) == identifier


def _identifier(inputs: Mapping[str, Any] | None) -> str:
    return str((inputs or {}).get("identifier"))


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
