"""One setting of a resource: how it is read, and what it means when the program leaves it out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from .view import View

T = TypeVar("T")


class WrongTypeError(Exception):
    """A setting holds a value of another type. The message names the setting, never the value."""


class Setting(Generic[T]):
    """A typed attribute of a `View`; reading one that is not known yet raises `UnknownSettingError`."""

    def __init__(self, read: Callable[[Any], T], unset: T) -> None:
        self._read = read
        self._unset = unset

    def __set_name__(self, owner: type[View], name: str) -> None:
        self._name = name

    def __get__(self, view: View, owner: type[View]) -> T:
        value = view.read(self._name)
        if value is None:
            return self._unset
        try:
            return self._read(value)
        except (TypeError, ValueError, KeyError):
            raise WrongTypeError(self._name) from None


def seconds(value: Any) -> int:
    """Read a whole number; the engine sends every number as a float."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    return int(value)


def flag(value: Any) -> bool:
    """Read a switch."""
    if not isinstance(value, bool):
        raise TypeError
    return value


def text(value: Any) -> str:
    """Read a string."""
    if not isinstance(value, str):
        raise TypeError
    return value


def texts(value: Any) -> tuple[str, ...]:
    """Read a list of strings."""
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise TypeError
    return tuple(text(item) for item in value)


def scope_values(value: Any) -> tuple[str, ...]:
    """Read the values of a list of scopes: `value` in the Management API, `name` in pulumi-auth0."""
    return tuple(text(item["value"] if "value" in item else item["name"]) for item in value)


def switched_on(value: Any) -> Mapping[str, Any] | None:
    """Read a nested object; pulumi-auth0 writes `disable: true` where the Management API clears by null."""
    if not isinstance(value, Mapping):
        raise TypeError
    return None if value.get("disable") is True else value
