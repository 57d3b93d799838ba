"""JSON Schemas of everything that crosses the wire, in one place.

Payload validation and the OpenAPI document both come from here. Names, types and enumerations are those of
Auth0's OpenAPI document, as its SDKs carry it, and of recorded traffic; limits are those of the API
reference at https://auth0.com/docs/api/management/v2. The keys of each schema stand in the order in which
Auth0 checks them: type, unknown properties, missing properties, then each property.
"""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]


def record(
    properties: dict[str, Schema],
    required: tuple[str, ...] = (),
    *,
    nullable: bool = False,
    description: str | None = None,
) -> Schema:
    """An object that takes these properties and no others."""
    schema: Schema = {"type": ["object", "null"] if nullable else "object", "additionalProperties": False}
    if required:
        schema["required"] = list(required)
    if description:
        schema["description"] = description
    return schema | {"properties": properties}


def pick(properties: dict[str, Schema], *names: str) -> dict[str, Schema]:
    """These properties, in this order."""
    return {name: properties[name] for name in names}


def without(properties: dict[str, Schema], *names: str) -> dict[str, Schema]:
    """All properties but these."""
    return {name: schema for name, schema in properties.items() if name not in names}


def names(text: str) -> tuple[str, ...]:
    """The words of a text: enumerations that would else fill a page, one name a line."""
    return tuple(text.split())
