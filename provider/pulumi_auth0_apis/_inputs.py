"""The inputs of a resource: one table of settings, and the validation that follows from it.

A resource writes its inputs down once, as a tuple of `Setting`. The table decides what `check` refuses, what
`diff` replaces, what a removed input falls back to, and what the documentation says. This module knows
nothing of any resource, and it imports pydantic only when something is checked: a program never pays for it.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from difflib import get_close_matches
from functools import cache
from typing import (
    Annotated,
    Any,
    Literal,
    NotRequired,
    Required,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

import pulumi

from pulumi_auth0_apis._texts import without_value

Failure = tuple[str, str]
"""A property path and why its value cannot stand."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One input of a resource, in the words of the Management API.

    `description` says what it does, in a sentence or two with the unit, after the page that `source` names;
    `label` is Auth0's own name for it, where its Dashboard has one.
    `default` is what the tenant does while the setting was never made; None where it does nothing.
    `answered` says that the tenant tells it of every object, whether it was given or not.
    `on_removal` says what a program gets when it drops the setting: `default` sends the default, `null`
    clears it, `keep` leaves the tenant as it is, where Auth0 documents no way back.
    `at_least` and `at_most` bound a number itself, and the length of a text or a list.
    """

    name: str
    type: Any
    _: KW_ONLY
    description: str
    label: str = ""
    at_least: int | None = None
    at_most: int | None = None
    unit: str = ""
    note: str = ""
    required: bool = False
    default: Any = field(default=None, hash=False)
    answered: bool = False
    on_change: Literal["update", "replace"] = "update"
    on_removal: Literal["default", "null", "keep"] = "default"
    unordered: bool = False
    secret: bool = False
    source: str = "https://auth0.com/docs/api/management/v2"

    @property
    def limit(self) -> str:
        """The range of the setting, for people: `1 … 2,592,000 s`."""
        return "; ".join(part for part in (self._choices(), self._range(), self.note) if part)

    def _choices(self) -> str:
        choices = get_args(self.type) if get_origin(self.type) is Literal else ()
        return ", ".join(f"`{choice}`" for choice in choices)

    def _range(self) -> str:
        unit = self.unit and f" {self.unit}"
        match self.at_least, self.at_most:
            case None, None:
                return ""
            case low, None:
                return f"at least {low:,}{unit}"
            case None, high:
                return f"at most {high:,}{unit}"
            case low, high:
                return f"{low:,} … {high:,}{unit}"


Settings = tuple[Setting, ...]


def canonical(settings: Settings, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """`inputs` in the one form in which they are compared, recorded and sent.

    The engine hands over every number as a float and compares lists in order: whole numbers become ints,
    nulls vanish, and lists whose order means nothing are sorted.
    """
    unordered = {setting.name for setting in settings if setting.unordered}
    plain: dict[str, Any] = _plain(inputs)
    return {name: _sorted(value) if name in unordered else value for name, value in plain.items()}


def _plain(value: Any) -> Any:
    match value:
        case float() if value.is_integer():
            return int(value)
        case Mapping():
            return {name: _plain(item) for name, item in value.items() if item is not None}
        case list() | tuple():
            return [_plain(item) for item in value]
        case _:
            return value


def _sorted(items: Any) -> Any:
    if not isinstance(items, list) or pulumi.output.contains_unknowns(items):
        return items
    return sorted(items, key=lambda item: str(item.get("value") if isinstance(item, Mapping) else item))


def is_unknown(value: object) -> bool:
    """Whether a preview cannot tell `value` yet."""
    return isinstance(value, pulumi.output.Unknown)


def known(inputs: Mapping[str, Any], *names: str) -> bool:
    """Whether all of these inputs are given and hold nothing unknown, so that a rule may compare them."""
    return all(name in inputs and not pulumi.output.contains_unknowns(inputs[name]) for name in names)


def shape_failures(settings: Settings, inputs: Mapping[str, Any]) -> list[Failure]:
    """Every way in which canonical `inputs` break their types and limits, one a path. Unknown values pass."""
    from pydantic import ValidationError

    failures = dict(without_value(inputs))
    try:
        model(settings).validate_python(dict(inputs))
    except ValidationError as error:
        for problem in error.errors():
            failures.setdefault(*_failure(settings, problem))
    return [*failures.items()]


def _failure(settings: Settings, problem: Mapping[str, Any]) -> Failure:
    location: tuple[int | str, ...] = problem["loc"]
    by_name = {setting.name: setting for setting in settings}
    setting = by_name.get(str(location[0]))
    if problem["type"] == "extra_forbidden":
        return _path(location), _unheard_of(location, list(by_name))
    if problem["type"] == "missing":
        return _path(location), "is required"
    reason = re.sub("^(Input|List|String) should", "should", problem["msg"])
    if setting and setting.limit and len(location) == 1:
        # the choices are what it should be already
        limit = setting.note if problem["type"] == "literal_error" else setting.limit
        reason = f"{reason} ({'; '.join(filter(None, (limit, setting.source)))})"
    return _path(location), reason


def _unheard_of(location: tuple[int | str, ...], names: list[str]) -> str:
    near = get_close_matches(str(location[-1]), names) if len(location) == 1 else []
    return f"there is no such setting; did you mean {near[0]}?" if near else "there is no such setting"


def _path(location: tuple[int | str, ...]) -> str:
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in location)
    return path.removeprefix(".")


@cache
def model(settings: Settings) -> Any:
    """The pydantic model of a resource's inputs, made once a process from its table."""
    from pydantic import TypeAdapter

    fields = {setting.name: _field(setting) for setting in settings}
    return TypeAdapter(_closed_dict("Inputs", fields, {s.name for s in settings if s.required}))


def _field(setting: Setting) -> Any:
    from pydantic import Field

    sized = setting.type is not int
    limits = {
        "min_length" if sized else "ge": setting.at_least,
        "max_length" if sized else "le": setting.at_most,
    }
    given: dict[str, Any] = {name: limit for name, limit in limits.items() if limit is not None}
    return _or_unknown(Annotated[_bare(setting.type), Field(**given)])


def _resolved(annotation: Any) -> Any:
    """`annotation` as the engine delivers it: Outputs and Awaitables are resolved, or yet unknown."""
    return _or_unknown(_bare(annotation))


def _bare(annotation: Any) -> Any:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Union:
        plain = [part for part in arguments if get_origin(part) not in (Awaitable, pulumi.Output)]
        return _bare(plain[0])
    if origin in (list, Sequence):
        return list[_resolved(arguments[0])]  # type: ignore[misc]
    return _bare_dict(annotation) if is_typeddict(annotation) else annotation


def _bare_dict(nested: Any) -> Any:
    hints = get_type_hints(nested, localns=vars(pulumi.output), include_extras=True)
    optional = {name for name, hint in hints.items() if get_origin(hint) is NotRequired}
    bare = {name: get_args(hint)[0] if name in optional else hint for name, hint in hints.items()}
    fields = {name: _resolved(hint) for name, hint in bare.items()}
    return _closed_dict(nested.__name__, fields, set(fields) - optional)


def _closed_dict(name: str, fields: dict[str, Any], required: set[str]) -> Any:
    """A dict that admits these keys only, each of exactly its type: "3600" is no number of seconds."""
    from pydantic import ConfigDict, with_config
    from typing_extensions import TypedDict

    typed = {key: Required[field] if key in required else field for key, field in fields.items()}
    closed = TypedDict(name, typed, total=False)  # type: ignore[misc]
    return with_config(ConfigDict(strict=True, extra="forbid", hide_input_in_errors=True))(closed)


def _or_unknown(bare: Any) -> Any:
    from pydantic import WrapValidator

    return Annotated[bare, WrapValidator(lambda value, valid: value if is_unknown(value) else valid(value))]


def duplicates(values: Sequence[Any]) -> Iterator[tuple[int, Any]]:
    """The position and value of each known item that stood in `values` before."""
    seen = set()
    for position, value in enumerate(values):
        if is_unknown(value):
            continue
        if value in seen:
            yield position, value
        seen.add(value)
