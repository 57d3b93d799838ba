"""The names that a table of settings has, those inside of its objects included."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping, Sequence
from functools import cache
from typing import Any, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

import pulumi

from pulumi_auth0_apis._inputs import Settings


def names_in(settings: Settings) -> set[str]:
    """All names of settings, and of what their objects are made of."""
    names = {setting.name for setting in settings}
    return names.union(*(_names_in(setting.type) for setting in settings))


def free_settings(settings: Settings) -> set[str]:
    """The settings inside of which nobody spells anything but Auth0 or a user."""
    return {setting.name for setting in settings if _inner(setting.type) == Mapping[str, Any]}


def _names_in(annotation: Any) -> set[str]:
    inner = _inner(annotation)
    if not is_typeddict(inner):
        return set()
    fields = _fields(inner)
    return set(fields).union(*map(_names_in, fields.values()))


@cache
def _fields(nested: Any) -> dict[str, Any]:
    return get_type_hints(nested, localns=vars(pulumi.output), include_extras=True)


def _inner(annotation: Any) -> Any:
    """The object that an annotation is about, be it in an Output, in a list or optional."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Union:
        plain = [part for part in arguments if get_origin(part) not in (Awaitable, pulumi.Output)]
        return _inner(plain[0])
    if origin is NotRequired or (isinstance(origin, type) and issubclass(origin, Sequence)):
        return _inner(arguments[0])
    return annotation
