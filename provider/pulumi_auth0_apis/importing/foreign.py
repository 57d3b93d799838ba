"""The state of another tool, in the words of our settings.

`pulumi-auth0` and the Terraform provider of Auth0 know the same resources by the same attributes, the first
in camelCase. Where an API lacks a setting they record an empty text, the text `null`, or a block that says
`disable` (terraform-provider-auth0, internal/auth0/resourceserver/flatten.go). Before version 1 of that
provider an API listed its `scopes` itself, and those of a grant were its `scope` (its MIGRATION_GUIDE.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from auth0_api_vocabulary import ResourceKind, kinds
from pulumi_auth0_apis.importing.found_objects import FoundApi, FoundObject, FoundObjects, FoundScope

CLIENT: Literal["client"] = "client"
"""What an application is here, which is of no kind that we have."""

ForeignKind = ResourceKind | Literal["client"]
PERMISSIONS = (kinds.PERMISSION, kinds.PERMISSION_LIST)

_RENAMED = {"algorithm": "alg"}
_RENAMED_BY_KIND: Mapping[ForeignKind, Mapping[str, str]] = {kinds.GRANT: {"scope": "scopes"}}
_NOTHING: tuple[Any, ...] = ("", "null", None, [], {})


@dataclass(frozen=True)
class ForeignResource:
    """One resource of another tool's state: its attributes in snake_case, blocks as plain objects.

    `chosen` names the attributes that somebody set, or is None where the state does not tell.
    """

    kind: ForeignKind
    name: str
    id: str
    attributes: Mapping[str, Any]
    chosen: frozenset[str] | None = None


def assemble(resources: Iterable[ForeignResource], domain: str) -> FoundObjects:
    """Bring the resources of a state together by API."""
    resources = list(resources)
    system = [each for each in resources if each.kind is kinds.API and each.attributes.get("is_system")]
    return FoundObjects(
        domain=domain,
        apis=tuple(_apis(resources)),
        objects=tuple(
            FoundObject(each.kind, _settings(each), each.name, each.chosen)
            for each in resources
            if isinstance(each.kind, ResourceKind)
            and each.kind not in (kinds.API, *PERMISSIONS)
            and not each.attributes.get("is_system")
        ),
        applications={
            each.attributes["client_id"]: each.attributes.get("name") or each.name
            for each in resources
            if each.kind == CLIENT
        },
        left_out=tuple(f"{each.attributes['identifier']} ({each.name}): Auth0's own API." for each in system),
    )


def _apis(resources: list[ForeignResource]) -> Iterator[FoundApi]:
    declared = {each.attributes["identifier"]: each for each in resources if each.kind is kinds.API}
    owned: dict[str, list[ForeignResource]] = {identifier: [] for identifier in declared}
    for each in resources:
        if each.kind in PERMISSIONS:
            owned.setdefault(each.attributes["resource_server_identifier"], []).append(each)
    for identifier, own in owned.items():
        yield _api(identifier, declared.get(identifier), own)


def _api(identifier: str, api: ForeignResource | None, own: list[ForeignResource]) -> FoundApi:
    """One API with the scopes that resources of their own declare for it."""
    singles = [each for each in own if each.kind is kinds.PERMISSION]
    if api and api.attributes.get("is_system"):
        return FoundApi(identifier, None, title=api.attributes.get("name") or "", name=api.name)
    listed = [] if own or api is None else list(_own_scopes(api))
    inline = api is not None and not singles and bool(own or listed)
    scopes = (
        *map(_single, singles),
        *(scope for each in own if each.kind is kinds.PERMISSION_LIST for scope in _all(each, inline)),
        *listed,
    )
    if api is None:
        return FoundApi(identifier, None, scopes)
    settings = _settings(api)
    chosen = None if api.chosen is None else api.chosen | ({"scopes"} if inline else set())
    return FoundApi(identifier, settings, scopes, settings.get("name", ""), api.name, inline, chosen)


def _own_scopes(api: ForeignResource) -> Iterator[FoundScope]:
    """The permissions that the API of an old version lists itself."""
    for scope in api.attributes.get("scopes") or ():
        yield FoundScope(scope["value"], scope.get("description") or None)


def _single(resource: ForeignResource) -> FoundScope:
    attributes = resource.attributes
    return FoundScope(attributes["scope"], attributes.get("description") or None, resource.name)


def _all(resource: ForeignResource, inline: bool) -> Iterator[FoundScope]:
    for scope in resource.attributes.get("scopes") or ():
        name = None if inline else f"{resource.name}/{scope['name']}"
        yield FoundScope(scope["name"], scope.get("description") or None, name)


def _settings(resource: ForeignResource) -> dict[str, Any]:
    """The attributes without those that say nothing; a `False` that nobody chose says nothing."""
    chosen = resource.chosen or frozenset()
    renamed = _RENAMED_BY_KIND.get(resource.kind, {})
    kept = {
        renamed.get(name, name): _cleaned(value)
        for name, value in resource.attributes.items()
        if not (value is False and name not in chosen) and not _is_off(value)
    }
    if kept.get("allow_all_scopes"):
        kept.pop("scopes", None)
    return {
        **{name: value for name, value in kept.items() if not _says_nothing(value) or name == "scopes"},
        "id": resource.id,
    }


def _says_nothing(value: Any) -> bool:
    """Whether an attribute stands for none: Terraform also writes 0 where an API has no such lifetime."""
    return value is not False and (value in _NOTHING or value == 0)


def _is_off(value: Any) -> bool:
    blocks = value if isinstance(value, list) else [value]
    return any(isinstance(block, dict) and bool(block.get("disable")) for block in blocks)


def _cleaned(value: Any) -> Any:
    if isinstance(value, dict):
        parts = {
            _RENAMED.get(name, name): _cleaned(part) for name, part in value.items() if name != "disable"
        }
        return {name: part for name, part in parts.items() if not _says_nothing(part)}
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    return value
