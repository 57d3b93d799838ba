"""Objects of a tenant that a source found, in the words of our settings, and the source's names for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from auth0_api_vocabulary import ResourceKind


@dataclass(frozen=True)
class FoundScope:
    """One permission of an API; `name` is what the source calls it, where it has a name for it."""

    value: str
    description: str | None = None
    name: str | None = None


@dataclass(frozen=True)
class FoundApi:
    """One API.

    `settings` is what the tenant keeps, or None where the API itself is not to be declared: Auth0's own, or
    one that the source knows by its identifier only. `inline` says that the permissions belong to the API's
    own `scopes` rather than to a resource each. `chosen` are the settings that somebody made on purpose, or
    None where nothing tells them from the rest.
    """

    identifier: str
    settings: Mapping[str, Any] | None = field(repr=False)
    scopes: tuple[FoundScope, ...] = ()
    title: str = ""
    name: str | None = None
    inline: bool = False
    chosen: frozenset[str] | None = None


@dataclass(frozen=True)
class FoundObject:
    """One object that belongs to an API, a grant say; `name` and `chosen` as for an API."""

    kind: ResourceKind
    settings: Mapping[str, Any]
    name: str | None = None
    chosen: frozenset[str] | None = None


@dataclass(frozen=True)
class FoundObjects:
    """Everything that was found.

    `objects` are those that belong to APIs, but for permissions, which are their API's `scopes`.
    `applications` maps client ids to names; `left_out` has a sentence for whatever is not brought over.
    """

    domain: str
    apis: tuple[FoundApi, ...] = ()
    objects: tuple[FoundObject, ...] = ()
    applications: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
