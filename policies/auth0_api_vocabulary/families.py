"""The families of resources: the packages that declare them, each with its type tokens and its spelling.

A reader of programs, states and event logs asks the family of a token for all that differs between packages,
and works in one spelling: that of the Management API, `token_lifetime`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from auth0_api_vocabulary.cases import camel_case, snake_case
from auth0_api_vocabulary.kinds import KINDS, ResourceKind
from auth0_api_vocabulary.settings import PROPERTIES

FREE = ("additional_settings", "authorization_details")
"""The settings inside of which nobody spells anything but Auth0 or a user."""

_PROPERTY = re.compile(r"`([a-z][a-z0-9_]*)((?:\.[a-z0-9_]+)*)`")
"""How a text names a property, or a part of one."""


@dataclass(frozen=True, eq=False)
class Family:
    """One package's resources.

    `package` is its name for people, `plugin` that of its provider in states, `tokens` its kinds by type
    token, and `spell` turns the Management API's name of a property into that of its programs, which are in
    Python alone where `python` says so.
    """

    package: str
    plugin: str
    tokens: Mapping[str, ResourceKind]
    spell: Callable[[str], str] = camel_case
    python: bool = False

    @property
    def provider(self) -> str:
        """The type token of its providers."""
        return f"pulumi:providers:{self.plugin}"

    def token(self, kind: ResourceKind) -> str:
        """The type token of a kind; raises KeyError where the package has none."""
        return {known: token for token, known in self.tokens.items()}[kind]

    def spelled(self, props: Mapping[str, Any]) -> dict[str, Any]:
        """Properties as a program of the family has them."""
        return _respelled(props, self.spell)

    def switched_on(self, option: str) -> str:
        """What a program says to switch an option on: `adopt=True`, or `adopt: true`."""
        return f"{option}=True" if self.python else f"{self.spell(option)}: true"

    def told(self, text: str) -> str:
        """A text with the properties that it has in backticks as a program of the family spells them.

        Only these are: another word may be a value that happens to be called like a property.
        """
        return _PROPERTY.sub(self._named, text)

    def _named(self, found: re.Match[str]) -> str:
        name, path = found.groups()
        return self.spell(name + path) if name in PROPERTIES.union(FREE) else found[0]


DYNAMIC = Family(
    "pulumi-auth0-apis",
    "pulumi-python",
    {kind.token: kind for kind in KINDS if kind.cls},
    spell=str,
    python=True,
)
"""The classes of pulumi-auth0-apis, which are dynamic resources of Python programs."""

PLUGIN = Family("auth0-apis", "auth0-apis", {kind.plugin: kind for kind in KINDS if kind.cls})
"""What pulumi-auth0-apis serves as a provider plugin, for programs in every language."""

BRIDGED = Family("pulumi-auth0", "auth0", {kind.bridged: kind for kind in KINDS if kind.bridged})
"""The resources of pulumi-auth0 (names as of its version 3.55)."""

FAMILIES = (DYNAMIC, PLUGIN, BRIDGED)

OUR_KINDS = tuple(kind for kind in KINDS if kind.cls)
"""The kinds that pulumi-auth0-apis has."""

OURS: Mapping[str, ResourceKind] = {**DYNAMIC.tokens, **PLUGIN.tokens}
"""They by type token: the token of a class, or that of the plugin."""

BY_TOKEN: Mapping[str, ResourceKind] = {**OURS, **BRIDGED.tokens}
"""Every kind by every type token."""

_PACKAGES = ("pulumi-python:dynamic", "auth0:", f"{PLUGIN.plugin}:")
"""How the type tokens of the families begin, and those of a hand-written dynamic resource."""


def family_of(token: str) -> Family | None:
    """The family of a type token, None where it is of no kind."""
    return next((family for family in FAMILIES if token in family.tokens), None)


def in_our_words(props: Mapping[str, Any]) -> dict[str, Any]:
    """Properties of any family by the Management API's names."""
    return _respelled(props, snake_case)


def looks_like(token: str, properties: Iterable[str]) -> ResourceKind | None:
    """Return the kind that a resource of an unknown type token seems to be, by its properties' names."""
    names = {snake_case(name) for name in properties}
    if token in BY_TOKEN or not token.startswith(_PACKAGES):
        return None
    return next((kind for kind in KINDS if names.issuperset(kind.telltale or kind.key)), None)


def _respelled(props: Mapping[str, Any], spell: Callable[[str], str]) -> dict[str, Any]:
    return {
        spell(name): value if snake_case(name) in FREE else _value(value, spell)
        for name, value in props.items()
    }


def _value(value: Any, spell: Callable[[str], str]) -> Any:
    if isinstance(value, Mapping):
        return _respelled(value, spell)
    if isinstance(value, list | tuple):
        return [_value(item, spell) for item in value]
    return value
