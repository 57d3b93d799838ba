"""The words for Auth0's APIs that policies, reports and their tests share, so that each is said once.

It imports nothing of theirs, knows no engine and no tenant, and holds two families of resources: those of
pulumi-auth0-apis, whose properties have the Management API's names, and those of pulumi-auth0 (names as of
its version 3.55), whose properties have the same names in camelCase.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from auth0_api_vocabulary.marks import SIGNATURE
from auth0_api_vocabulary.settings import DEFAULTS as DEFAULTS
from auth0_api_vocabulary.settings import LABELS as LABELS

Kind = Literal["api", "permission", "permissions", "grant"]
"""What a resource is. `permissions` is the whole list of an API's, which pulumi-auth0 alone has."""

DYNAMIC = "pulumi-python:dynamic/auth0:"
"""How the type token of a resource class of pulumi-auth0-apis begins; its name follows."""

OURS: dict[Kind, str] = {
    "api": f"{DYNAMIC}ResourceServer",
    "permission": f"{DYNAMIC}Permission",
    "grant": f"{DYNAMIC}ClientGrant",
}
"""The type tokens of pulumi-auth0-apis."""

BRIDGED: dict[Kind, str] = {
    "api": "auth0:index/resourceServer:ResourceServer",
    "permission": "auth0:index/resourceServerScope:ResourceServerScope",
    "permissions": "auth0:index/resourceServerScopes:ResourceServerScopes",
    "grant": "auth0:index/clientGrant:ClientGrant",
}
"""The type tokens of pulumi-auth0, which bridges the Terraform provider."""

KINDS: dict[str, Kind] = {token: kind for family in (OURS, BRIDGED) for kind, token in family.items()}
"""The kind of a resource by its type token."""

FAMILIES = ("pulumi-python:dynamic", "auth0:")
"""How the type tokens of both families begin, and those of a hand-written dynamic resource."""

KEYS: dict[Kind, frozenset[str]] = {
    "api": frozenset({"identifier"}),
    "permission": frozenset({"resource_server_identifier", "scope"}),
    "permissions": frozenset({"resource_server_identifier", "scopes"}),
    "grant": frozenset({"audience"}),
}
"""The properties without which a resource of a kind is none."""

ADDITIONAL = "additional_settings"
"""The input that passes on what Auth0 has and no table knows, by Auth0's own names."""


def by_path(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings, each additional one by a path of its own: `additional_settings.color`.

    What stands for them as a whole, such as the mark of a secret, stays as it is.
    """
    additional = settings.get(ADDITIONAL)
    if not isinstance(additional, Mapping) or SIGNATURE in additional:
        return dict(settings)
    own = {name: value for name, value in settings.items() if name != ADDITIONAL}
    return own | {f"{ADDITIONAL}.{name}": value for name, value in additional.items()}


def name_of(urn: str) -> str:
    """Return a resource's name in the program: all that follows the third `::` of its URN.

    So the engine reads it (`URN.Name` of sdk/go/common/resource/urn/urn.go): a name may hold `::` itself.
    """
    return urn.split("::", 3)[-1]


def looks_like(token: str, properties: Iterable[str]) -> Kind | None:
    """Return the kind that a resource of an unknown type token seems to be, by its properties' names."""
    names = {snake_case(name) for name in properties}
    if token in KINDS or not token.startswith(FAMILIES):
        return None
    return next((kind for kind, keys in KEYS.items() if keys <= names), None)


def duration(seconds: int) -> str:
    """Return a lifetime in seconds and in days, hours and minutes: `5400 s (1 h 30 min)`."""
    parts, rest = [], seconds
    for length, unit in ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")):
        count, rest = divmod(rest, length)
        if count:
            parts.append(f"{count} {unit}")
    return f"{seconds} s" if seconds < 60 else f"{seconds} s ({' '.join(parts)})"


def camel_case(name: str) -> str:
    """Turn `token_lifetime` into `tokenLifetime`."""
    return re.sub(r"_([a-z0-9])", lambda letter: letter[1].upper(), name)


def snake_case(name: str) -> str:
    """Turn `tokenLifetime` into `token_lifetime`."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()
