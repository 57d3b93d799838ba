"""Objects that a program gives where it means one of their values.

Pulumi takes a resource for its id: `scopes=[permission]` would grant a scope called `https://orders::read`.
Only the program can see that, so it is refused there, before anything is registered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pulumi

from pulumi_auth0_apis.errors import SettingsError

MEANT = {
    "resource_server_identifier": ("identifier",),
    "audience": ("identifier", "resource_server_identifier"),
    "scopes": ("scope",),
    "value": ("scope",),
}
"""Outputs that a setting takes beside one of its own name; the first that an object has is meant."""


def refuse_objects(kind: str, name: str, inputs: Mapping[str, Any]) -> None:
    """Refuse resources among the inputs of the resource `name`, of class `kind`.

    Raises SettingsError, which names each of them and the output that is meant.
    """
    failures = [
        (path, _explained(setting, given))
        for setting, value in inputs.items()
        for path, given in _objects(setting, value)
    ]
    if failures:
        raise SettingsError(f'{kind} "{name}"', failures)


def _objects(path: str, value: Any) -> Iterator[tuple[str, pulumi.Resource]]:
    """The resources in what a program gives, with their paths. No Output is opened."""
    match value:
        case pulumi.Resource():
            yield path, value
        case Mapping():
            for name, item in value.items():
                yield from _objects(f"{path}.{name}", item)
        case list() | tuple():
            for position, item in enumerate(value):
                yield from _objects(f"{path}[{position}]", item)


def _explained(setting: str, given: pulumi.Resource) -> str:
    fitting = next((name for name in (*MEANT.get(setting, ()), setting) if hasattr(given, name)), None)
    meant = f"give its {fitting}" if fitting else "give the one of its outputs that is meant"
    return f'is the {type(given).__name__} "{given.pulumi_resource_name}" itself; {meant}'
