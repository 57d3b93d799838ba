"""Changes of an API's settings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from auth0_api_vocabulary import ADDITIONAL, kinds
from auth0_api_vocabulary.marks import MASK
from pulumi_auth0_apis.report.declared_access import DeclaredAccess, kind_of
from pulumi_auth0_apis.report.log import ResourceChange
from pulumi_auth0_apis.report.redaction import LATER
from pulumi_auth0_apis.report.settings import in_order, label, shown

CHANGING = ("create", "update", "replace")


@dataclass(frozen=True)
class SettingChange:
    """One setting of one API, in Auth0's words, before and after; or an additional one of a grant."""

    api: str
    setting: str
    label: str
    old: str
    new: str
    urn: str = ""
    """The resource that declares it; empty for permissions, which may have several."""


def api_name(change: ResourceChange) -> str:
    """Return an API's name as the tenant shows it, the resource's where the API has none."""
    name = (change.new or change.old or {}).get("name")
    return str(change.name if name in (None, "", MASK, LATER) else name)


def setting_changes(
    changes: Iterable[ResourceChange], old: DeclaredAccess, new: DeclaredAccess
) -> list[SettingChange]:
    """Return every setting that changes, API by API; permissions are a setting of their API.

    They may be resources of their own: then they change while the API itself stays, or is in another stack.
    """
    found: list[SettingChange] = []
    told: set[str] = set()
    for change in changes:
        if kind_of(change) is kinds.GRANT and change.operation in CHANGING:
            found += _additional(change)
        if kind_of(change) is not kinds.API:
            continue
        sides = identifier_of(change.old), identifier_of(change.new)
        told.update(sides)
        if change.operation in CHANGING:
            found += _settings(change)
        if change.operation != "delete":
            found += _permissions(api_name(change), old, new, sides)
    for identifier in sorted((old.permissions.keys() | new.permissions.keys()) - told):
        found += _permissions(identifier, old, new, (identifier, identifier))
    return found


def _additional(grant: ResourceChange) -> list[SettingChange]:
    """A grant's other settings are told as access; what nobody knows may be anything."""
    return [each for each in _settings(grant) if each.setting.startswith(f"{ADDITIONAL}.")]


def _settings(change: ResourceChange) -> Iterator[SettingChange]:
    old, new = change.old or {}, change.new or {}
    for setting in in_order((old.keys() | new.keys()) - {"scopes"}):
        if old.get(setting) != new.get(setting):
            was = shown(setting, old.get(setting)) if change.old is not None else ""
            will_be = shown(setting, new.get(setting))
            yield SettingChange(api_name(change), setting, label(setting), was, will_be, change.urn)


def _permissions(
    api: str, old: DeclaredAccess, new: DeclaredAccess, sides: tuple[str, str]
) -> Iterator[SettingChange]:
    was, will_be = (
        tenant.permissions.get(identifier, frozenset())
        for tenant, identifier in zip((old, new), sides, strict=True)
    )
    changed = {"removed": was - will_be, "added": will_be - was}
    told = "; ".join(f"{did}: {', '.join(sorted(scopes))}" for did, scopes in changed.items() if scopes)
    if told:
        yield SettingChange(api, "permissions", "Permissions", "", told)


def identifier_of(inputs: Mapping[str, Any] | None) -> str:
    """Return an API's identifier."""
    return str((inputs or {}).get("identifier"))
