"""What happens when the object that a program asks for is already in the tenant."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Mapping
from typing import Any

import pulumi

from pulumi_auth0_apis._lifecycle import Object, Provider, projected
from pulumi_auth0_apis.errors import ConflictError, ConnectionFailedError

SHOWN = 120
"""Characters of a value that a message shows."""


def create_or_find(create: Callable[[], Object], find: Callable[[], Object | None]) -> tuple[Object, bool]:
    """The object and whether this call made it.

    A 409 says that it is there; a request whose answer never came may have made it. Either way it is looked
    up by what identifies it, so that an interrupted run converges instead of making it twice.
    """
    try:
        return create(), True
    except (ConflictError, ConnectionFailedError) as error:
        if isinstance(error, ConnectionFailedError) and not error.ambiguous:
            raise
        found = find()
        if found is None:
            raise
        return found, False


def take_over(
    provider: Provider,
    found: Object,
    inputs: Mapping[str, Any],
    adopt: bool | str,
    change: Callable[[dict[str, Any]], Object],
) -> Object:
    """Make an object that was there before ours, as it now is in the tenant.

    One that equals what was asked is taken as it is. One that differs is changed to what was asked where
    `adopt` allows it. Raises ConflictError where it does not, or where a difference cannot be changed.
    """
    differences = _differences(provider, found, inputs)
    if not differences:
        pulumi.log.info(
            f"{_named(provider, found)} was there already, as asked for, and is managed from now on."
        )
        return found
    fixed = [s.name for s in provider.settings if s.name in differences and s.on_change == "replace"]
    if fixed or not adopt:
        raise _conflict(provider, found, inputs, differences, fixed)
    pulumi.log.info(
        f"{_named(provider, found)} was there already and is managed from now on; changed: "
        f"{', '.join(differences)}."
    )
    return change({name: inputs[name] for name in differences})


def _differences(provider: Provider, found: Object, inputs: Mapping[str, Any]) -> dict[str, Any]:
    there = projected(provider, found, inputs)
    return {name: there.get(name) for name in inputs if there.get(name) != inputs[name]}


def _named(provider: Provider, found: Object) -> str:
    key = ", ".join(str(found[name]) for name in provider.key if name in found)
    return f"The {provider.title} {key} (id {found.get('id')})"


def _conflict(
    provider: Provider,
    found: Object,
    inputs: Mapping[str, Any],
    differences: Mapping[str, Any],
    fixed: list[str],
) -> ConflictError:
    secret = {setting.name for setting in provider.settings if setting.secret}
    listed = "; ".join(
        f"{name} (secret)"
        if name in secret
        else f"{name} is {_shown(there)}, asked for {_shown(inputs[name])}"
        for name, there in differences.items()
    )
    if fixed:
        way_on = (
            f"{' and '.join(fixed)} cannot be changed on an existing {provider.title}: ask for what it has, "
            "or remove it first."
        )
    else:
        way_on = (
            "To take it over and apply these settings in one step, set adopt=True on this resource; to bring "
            "it under management as it is, take this declaration out of the program and run "
            f"`{_import_command(provider, inputs)}` in the program's folder."
        )
    return ConflictError(
        f"{_named(provider, found)} is already in the tenant and differs: {listed}. {way_on}",
        status=409,
        method="POST",
        path="",
    )


def _import_command(provider: Provider, inputs: Mapping[str, Any]) -> str:
    filters = [
        part
        for name, option in provider.import_filters.items()
        if name in inputs
        for part in (option, inputs[name])
    ]
    return shlex.join(["auth0-apis", "import", ".", *filters])


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
