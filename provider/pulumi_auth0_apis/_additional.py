"""`additional_settings`: what Auth0 has and our tables have not yet, by Auth0's own names.

They are settings like any other, each compared, sent, read and removed by itself; only that nobody here knows
their types, their defaults, and whether null clears them. State keeps them together under their one input;
a request and an answer hold them beside all others. This module knows no resource and no table of one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from typing import Any

from auth0_api_vocabulary import ADDITIONAL
from pulumi_auth0_apis._inputs import Failure, Setting
from pulumi_auth0_apis.errors import BadRequestError

ADDITIONAL_SETTINGS = Setting(
    ADDITIONAL,
    Mapping[str, Any],
    description="Settings that Auth0 has and this version has no input for, by Auth0's own names. Each is "
    "sent as it is given, compared, and watched for drift.",
    note="none that has an input of its own",
    on_removal="null",
)

COMPUTED = ("id", "tenant", "created_at", "updated_at")
"""What Auth0 alone says of an object, beside the outputs that a resource has for it."""

UNTOLD = "untold"
"""The output that names the additional settings that Auth0 took and does not tell, as it does with keys."""

DEEPEST = 24
"""Levels of lists and objects in a value. Protobuf, in which the engine carries it, has an end to them."""

LARGEST = 2**53 - 1
"""The largest whole number that the engine carries as it is: it has floats alone."""


def flattened(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """`inputs` as a request and an answer have them, the additional settings beside all others."""
    own = {name: value for name, value in inputs.items() if name != ADDITIONAL}
    return {**own, **(inputs.get(ADDITIONAL) or {})}


def as_told(outputs: Mapping[str, Any]) -> dict[str, Any]:
    """Outputs as the answer had them from which they were recorded."""
    untold = outputs.get(UNTOLD, ())
    return {name: value for name, value in flattened(outputs).items() if name not in untold}


def untold_in(found: Mapping[str, Any], inputs: Mapping[str, Any], sent: Collection[str]) -> list[str]:
    """The additional settings of `inputs` that were `sent` and that the answer does not have."""
    return [name for name in inputs.get(ADDITIONAL) or () if name in sent and name not in found]


def with_untold(found: Mapping[str, Any], outputs: Mapping[str, Any]) -> dict[str, Any]:
    """`found` with what the tenant was told once and does not tell, as `outputs` have it."""
    given = outputs.get(ADDITIONAL) or {}
    return {**{name: given[name] for name in outputs.get(UNTOLD, ()) if name in given}, **found}


def gathered(found: Mapping[str, Any], wanted: Mapping[str, Any], own_names: Mapping[str, str]) -> Any:
    """What an object has of the additional settings `wanted`, cut down to what was given of each.

    `own_names` are the inputs by Auth0's names: a later version may have got one for what a state still has
    among these.
    """
    there = {name: own_names.get(name, name) for name in wanted}
    return {name: _cut(found[own], wanted[name]) for name, own in there.items() if own in found}


def _cut(found: Any, given: Any) -> Any:
    if isinstance(found, Mapping) and isinstance(given, Mapping):
        return {name: _cut(found[name], given[name]) for name in given if name in found}
    if isinstance(found, list) and isinstance(given, list) and len(found) == len(given):
        return [_cut(*pair) for pair in zip(found, given, strict=True)]
    return found


def changed(before: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The additional settings to send: those that are new or differ, and None for those that have left."""
    differing = {
        name: value
        for name, value in wanted.items()
        if name not in before or not is_same(value, before[name])
    }
    return differing | {name: None for name in before if name not in wanted}


def is_same(one: Any, other: Any) -> bool:
    """Whether two values are one in JSON, which tells true from 1."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def learned(outputs: Mapping[str, Any], own_names: Mapping[str, str]) -> dict[str, Any]:
    """`outputs` of a version that lacked some inputs, as if it had had them.

    What has got an input since is found under it, and managed: so the program that moves it there changes
    nothing, and one that drops it gets what a removal of that input does.
    """
    before = outputs.get(ADDITIONAL) or {}
    moved = {own_names[name]: value for name, value in before.items() if name in own_names}
    if not moved:
        return dict(outputs)
    rest = {name: value for name, value in before.items() if name not in own_names}
    managed = sorted({*outputs.get("managed", ()), *moved})
    untold = [name for name in outputs.get(UNTOLD, ()) if name not in own_names]
    return {**outputs, **moved, ADDITIONAL: rest, UNTOLD: untold, "managed": managed}


def failures(
    inputs: Mapping[str, Any], own_names: Mapping[str, str], computed: tuple[str, ...]
) -> Iterator[Failure]:
    """What cannot be among the additional settings: what has an input, what Auth0 says, what is no JSON."""
    given = inputs.get(ADDITIONAL)
    if not isinstance(given, Mapping):
        return
    inputs_by_spelling = {_spelling(name): pair[1] for pair in own_names.items() for name in pair}
    told = {_spelling(name) for name in (*COMPUTED, *computed)}
    for name, value in given.items():
        path, spelling = f"{ADDITIONAL}.{name}", _spelling(name)
        if own := inputs_by_spelling.get(spelling):
            yield path, f"has an input of its own: give {own}=… instead, and the tenant keeps its value"
        elif spelling in told:
            yield path, "is for Auth0 to say, and cannot be set"
        elif reason := next(_unfit(value), None):
            yield path, reason


def _spelling(name: str) -> str:
    """`name` however it is spelled: tokenLifetime is token_lifetime."""
    return re.sub(r"[\W_]", "", name).lower()


def _unfit(value: Any, depth: int = 1) -> Iterator[str]:
    match value:
        case int() | float() if not abs(value) <= LARGEST:
            yield f"should be a number of at most {LARGEST:,}, which the engine carries as it is"
        case Mapping() | list() if depth > DEEPEST:
            yield f"should be nested at most {DEEPEST} levels deep"
        case Mapping() | list():
            for item in value.values() if isinstance(value, Mapping) else value:
                yield from _unfit(item, depth + 1)


def send(
    patch: Callable[[dict[str, Any]], dict[str, Any]], before: Mapping[str, Any], changes: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Send `changes` by `patch`; return the object as it then is, and what Auth0 refuses to clear.

    In one request where Auth0 takes it. Else what is to be cleared comes after all the rest, a name at a
    time, and each that Auth0 refuses with 400 is returned with its reason. Raises what else Auth0 refuses.
    `before` is the object of now.
    """
    parts = list(_parts(changes))
    if len(parts) > 1:
        with suppress(BadRequestError):
            return patch(dict(changes)), {}
    found, refusals = dict(before), dict[str, str]()
    for part in parts:
        try:
            found = patch(part)
        except BadRequestError as error:
            if not (cleared := _cleared(part)):
                raise
            refusals[cleared[0]] = error.reason
    return found, refusals


def _parts(changes: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """`changes` but for what they clear, and then each of that by itself."""
    cleared = _cleared(changes)
    kept = {name: value for name, value in changes.get(ADDITIONAL, {}).items() if name not in cleared}
    rest = {**changes, ADDITIONAL: kept}
    if not kept:
        del rest[ADDITIONAL]
    if rest:
        yield rest
    yield from ({ADDITIONAL: {name: None}} for name in cleared)


def _cleared(changes: Mapping[str, Any]) -> list[str]:
    return [name for name, value in changes.get(ADDITIONAL, {}).items() if value is None]
