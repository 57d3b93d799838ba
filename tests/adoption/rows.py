"""A change of a program that could lose an object, as a row: before, after, and what must come of it.

A row is played in several ways: as it stands, with `adopt=True` on every resource, and so on. What it must
come to in each of them is an `Outcome`, told by the tenant.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Literal

from ..model.declarations import Component, Declaration, Program, Was
from ..model.runs import Command, Options
from ..model.world import World

Way = Literal["neither", "adopt", "equal", "aliases", "first", "force"]

WAYS: Mapping[Way, str] = {
    "neither": "nothing said",
    "adopt": "`adopt=True`",
    "equal": "`AUTH0_ADOPT=equal`",
    "aliases": "`aliases`",
    "first": "`delete_before_replace=True`",
    "force": "`force=True`, `AUTH0_FORCE=true`",
}
OPTIONS: Mapping[Way, str] = {"adopt": "adopt", "first": "delete_before_replace", "force": "force"}


class Outcome(StrEnum):
    """What a run came to, by what it said and by what the tenant went through."""

    REFUSED = "refused, tenant whole"
    TAKEN_OVER = "taken over, nothing deleted"
    NO_CALL = "no call"
    DONE = "done"
    REPLACED = "replaced, as shown"


Act = Callable[[World], object]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One change of a program that has run: what is judged is the run of `after`.

    `meanwhile` happens between the two; `stack` runs `after`, where it is not the one of `before`.
    """

    change: str
    before: Program
    after: Program
    outcomes: Mapping[Way, Outcome]
    meanwhile: Act | None = None
    stack: str = "one"
    command: Command = "up"
    options: Options = field(default_factory=Options)

    def program(self, way: Way) -> Program:
        """What the second run is of."""
        after = aliased(self.before, self.after) if way == "aliases" else self.after
        for each in after:
            if way in OPTIONS and not (way == "force" and each.kind == "grant"):
                after = after.with_changed(each, each.with_options(**{OPTIONS[way]: True}))
        return after

    def run_options(self, way: Way) -> Options:
        """How it is run."""
        return replace(self.options, equal=way == "equal", force=way == "force")


def aliased(before: Program, after: Program) -> Program:
    """With the former name and place on everything whose object another resource stood for."""
    for each in after:
        was = before.keys.get(each.key)
        if was is not None and (was.logical_name, was.component) != (each.logical_name, each.component):
            alias = Was(was.logical_name, was.component)
            after = after.with_changed(each, replace(each, aliases=(alias,)))
    return after


# What the programs of the rows are made of


def api(called: str, identifier: str, /, **settings: object) -> Declaration:
    return Declaration(kind="api", name=called, api=identifier, settings=settings)


def permission(name: str, identifier: str, scope: str) -> Declaration:
    return Declaration(kind="permission", name=name, api=identifier, own=scope)


def grant(name: str, identifier: str, client: str, *scopes: str) -> Declaration:
    return Declaration(kind="grant", name=name, api=identifier, own=client, settings={"scopes": scopes})


def program(*declarations: Declaration) -> Program:
    return Program().with_added(*declarations)


def named(of: Program, name: str) -> Declaration:
    return next(each for each in of if each.name == name)


def renamed(before: Program, *names: str) -> Program:
    """With other names for these, or for all."""
    for each in before:
        if each.name in (names or (each.name,)):
            before = before.with_changed(each, replace(each, name=f"{each.name}-2"))
    return before


def moved(before: Program, *names: str) -> Program:
    """With these in a component, or all."""
    after = before.with_component(Component("group"))
    for each in before:
        if each.name in (names or (each.name,)):
            after = after.with_changed(each, replace(each, component="group"))
    return after


def changed(before: Program, called: str, /, **settings: object) -> Program:
    """With other settings for one."""
    old = named(before, called)
    return before.with_changed(old, old.with_settings(**settings))


def with_options(before: Program, called: str, /, **options: object) -> Program:
    """With other options for one."""
    old = named(before, called)
    return before.with_changed(old, old.with_options(**options))


def swapped(before: Program, one: str, other: str, *, with_settings: bool = True) -> Program:
    """With each of the two standing for what the other stood for."""
    first, second = named(before, one), named(before, other)
    changes = {first: standing_for(first, second), second: standing_for(second, first)}
    if not with_settings:
        changes = {old: replace(new, settings=old.settings) for old, new in changes.items()}
    return replace(before, declarations=tuple(changes.get(each, each) for each in before))


def at(identifier: str, before: Program) -> Program:
    """With another identifier for the one API, and for all that belongs to it."""
    return replace(before, declarations=tuple(replace(each, api=identifier) for each in before))


def standing_for(declaration: Declaration, other: Declaration) -> Declaration:
    """A declaration under its own name with what another one stands for."""
    return replace(declaration, api=other.api, own=other.own, settings=other.settings)
