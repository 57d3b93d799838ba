"""The names of settings in the two spellings: ours, which is the Management API's, and camelCase.

The dynamic resources write `token_lifetime` in programs and states, the plugin `tokenLifetime`. A stack may
be moved from one to the other, so both faces read either. What Auth0 or a user names freely, inside of
`additional_settings` and of an authorization detail, is spelled by nobody but them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import cache
from typing import Any, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

import pulumi

from auth0_api_vocabulary import camel_case, snake_case
from pulumi_auth0_apis._inputs import Settings


def in_our_words(settings: Settings, props: Mapping[str, Any]) -> dict[str, Any]:
    """Inputs or outputs in either spelling, as the operations take them."""
    return _respelled(props, _types(settings), snake_case)


def in_camel_case(settings: Settings, props: Mapping[str, Any]) -> dict[str, Any]:
    """Inputs or outputs as the plugin's programs and states have them."""
    return _respelled(props, _types(settings), camel_case)


def nested_names(settings: Settings) -> set[str]:
    """All names of settings, and of what their objects are made of."""
    names = set[str]()
    for name, annotation in _types(settings).items():
        names |= {name, *_names_in(annotation)}
    return names


@cache
def _types(settings: Settings) -> dict[str, Any]:
    return {setting.name: setting.type for setting in settings}


def _respelled(
    props: Mapping[str, Any], types: Mapping[str, Any], spell: Callable[[str], str]
) -> dict[str, Any]:
    return {spell(name): _value(value, types.get(snake_case(name)), spell) for name, value in props.items()}


def _value(value: Any, annotation: Any, spell: Callable[[str], str]) -> Any:
    inner = _inner(annotation)
    if isinstance(value, Mapping) and is_typeddict(inner):
        return _respelled(value, _fields(inner), spell)
    if isinstance(value, list) and is_typeddict(inner):
        return [_value(item, inner, spell) for item in value]
    return value


def _inner(annotation: Any) -> Any:
    """The object that an annotation is about, be it in an Output, in a list or optional."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Union:
        plain = [part for part in arguments if get_origin(part) not in (Awaitable, pulumi.Output)]
        return _inner(plain[0])
    if origin is NotRequired or (isinstance(origin, type) and issubclass(origin, Sequence)):
        return _inner(arguments[0])
    return annotation


@cache
def _fields(nested: Any) -> dict[str, Any]:
    return get_type_hints(nested, localns=vars(pulumi.output), include_extras=True)


def _names_in(annotation: Any) -> set[str]:
    inner = _inner(annotation)
    if not is_typeddict(inner):
        return set()
    names = set(_fields(inner))
    return names.union(*(_names_in(each) for each in _fields(inner).values()))
