"""A program as the model holds it: what it declares, and what each declaration is called and stands for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple

from pulumi_auth0_apis.emulator import BILLING_CLIENT_ID, REPORTING_CLIENT_ID
from pulumi_auth0_apis.engine.model.urns import STACK_TYPE, make_urn

Kind = Literal["api", "permission", "grant"]

PROJECT = "model"
COMPONENT_TYPE = "shop:index:Component"
CLASSES: dict[Kind, str] = {"api": "ResourceServer", "permission": "Permission", "grant": "ClientGrant"}
TYPES: dict[Kind, str] = {kind: f"pulumi-python:dynamic/auth0:{name}" for kind, name in CLASSES.items()}
KINDS: dict[str, Kind] = {token: kind for kind, token in TYPES.items()}
CLIENTS = (BILLING_CLIENT_ID, REPORTING_CLIENT_ID)


class Key(NamedTuple):
    """What identifies an object of the tenant; `own` is the scope or the application."""

    kind: Kind
    api: str
    own: str = ""

    @property
    def of_api(self) -> Key:
        """The API that the object belongs to, or is."""
        return Key("api", self.api)

    def __str__(self) -> str:
        return " ".join(filter(None, self))


@dataclass(frozen=True)
class Was:
    """An alias: the former name, and the former component ("" is none); None is as now."""

    name: str | None = None
    component: str | None = None


@dataclass(frozen=True)
class Component:
    """A component resource. The names of its children begin with its own."""

    name: str
    aliases: tuple[Was, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """One resource of a program.

    `api` is an identifier: the resource's own, or that of the API which it refers to. It refers by the output
    of the API that the program declares, else, and with `by_text`, by the text. `own` is the scope of a
    permission, the application of a grant. A grant's setting `scopes`, like that of an API, lists texts.
    """

    kind: Kind
    name: str
    api: str
    own: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict, hash=False)
    by_text: bool = False
    component: str = ""
    aliases: tuple[Was, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict, hash=False)
    """Arguments of this package (`adopt`, `force`) and resource options (`delete_before_replace`, …)."""

    @property
    def key(self) -> Key:
        return Key(self.kind, self.api, self.own)

    @property
    def logical_name(self) -> str:
        return f"{self.component}-{self.name}" if self.component else self.name

    def urn(self, stack: str) -> str:
        return make_urn(
            stack, PROJECT, parent_urn(stack, self.component), TYPES[self.kind], self.logical_name
        )

    def with_settings(self, **settings: Any) -> Declaration:
        """With other settings; None takes one out."""
        merged = {**self.settings, **settings}
        kept = {name: value for name, value in merged.items() if value is not None}
        return replace(self, settings=kept)

    def with_options(self, **options: Any) -> Declaration:
        """With other options; None takes one out."""
        merged = {**self.options, **options}
        kept = {name: value for name, value in merged.items() if value is not None}
        return replace(self, options=kept)

    def __str__(self) -> str:
        parts = [CLASSES[self.kind], self.logical_name, self.api, self.own]
        told = {"settings": dict(self.settings), **self.options, "aliases": self.aliases}
        return " ".join([*filter(None, parts), *(f"{name}={value}" for name, value in told.items() if value)])


@dataclass(frozen=True)
class Program:
    """What a stack's program declares, in its order."""

    declarations: tuple[Declaration, ...] = ()
    components: tuple[Component, ...] = ()

    def __iter__(self) -> Iterator[Declaration]:
        return iter(self.declarations)

    def __len__(self) -> int:
        return len(self.declarations)

    @property
    def keys(self) -> dict[Key, Declaration]:
        """All objects that it declares, listed permissions too, by the first who declares each."""
        found: dict[Key, Declaration] = {}
        for each in self:
            for key in (each.key, *listed_permissions(each)):
                found.setdefault(key, each)
        return found

    def of(self, kind: Kind) -> list[Declaration]:
        return [each for each in self if each.kind == kind]

    def named(self, urn: str, stack: str) -> Declaration | None:
        """The declaration of that URN."""
        return next((each for each in self if each.urn(stack) == urn), None)

    def referred(self, declaration: Declaration) -> Declaration | None:
        """The API whose output a declaration refers to: the nearest one above it."""
        if declaration.kind == "api":
            return None
        above = self.declarations[: self.declarations.index(declaration)]
        return next((each for each in reversed(above) if each.key == declaration.key.of_api), None)

    def permission(self, grant: Declaration, scope: str) -> Declaration | None:
        """The permission whose output a grant refers to for one of its scopes."""
        above = self.declarations[: self.declarations.index(grant)]
        key = Key("permission", grant.api, scope)
        return next((each for each in above if each.key == key), None)

    def with_added(self, *declarations: Declaration) -> Program:
        """With more of them, in the order in which Python can name them: APIs, permissions, grants."""
        everything = (*self.declarations, *declarations)
        in_order = sorted(everything, key=lambda each: list(TYPES).index(each.kind))
        return replace(self, declarations=tuple(in_order))

    def without(self, *declarations: Declaration) -> Program:
        return replace(self, declarations=tuple(each for each in self if each not in declarations))

    def with_changed(self, old: Declaration, new: Declaration) -> Program:
        """With a declaration in the place of another."""
        return replace(self, declarations=tuple(new if each == old else each for each in self))

    def with_component(self, component: Component) -> Program:
        others = tuple(each for each in self.components if each.name != component.name)
        return replace(self, components=(*others, component))

    def __str__(self) -> str:
        return "\n".join(map(str, self)) or "(nothing)"


def listed_permissions(declaration: Declaration) -> list[Key]:
    """The permissions that an API lists itself."""
    if declaration.kind != "api":
        return []
    return [Key("permission", declaration.api, scope) for scope in declaration.settings.get("scopes", ())]


def stack_urn(stack: str) -> str:
    return make_urn(stack, PROJECT, "", STACK_TYPE, f"{PROJECT}-{stack}")


def parent_urn(stack: str, component: str) -> str:
    """The URN of a component, or of the stack itself."""
    if not component:
        return stack_urn(stack)
    return make_urn(stack, PROJECT, stack_urn(stack), COMPONENT_TYPE, component)
