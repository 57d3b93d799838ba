"""What people do to a program, as functions from a program to the next one.

Each takes numbers that choose among what the program declares; where there is nothing to choose the program
stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count
from typing import Any, TypeVar

from pulumi_auth0_apis.resources import client_grant, permission, resource_server

from .declarations import CLIENTS, Component, Declaration, Key, Kind, Program, Was

IDENTIFIERS = ("https://a.example.com", "https://b.example.com", "https://c.example.com")
SCOPES = ("read", "write", "admin", "delete")
COMPONENTS = ("front", "back")
ALGORITHMS = ("PS256", "RS256")
OPTIONS: dict[str, Any] = {
    "delete_before_replace": True,
    "retain_on_delete": True,
    "adopt": True,
    "protect": True,
    "replace_on_changes": ("*",),
    "force": True,
}
PACKAGE_OPTIONS: dict[Kind, set[str]] = {
    "api": {option.name for option in resource_server.PROVIDER.options},
    "permission": {option.name for option in permission.PROVIDER.options},
    "grant": {option.name for option in client_grant.PROVIDER.options},
}
INITIALS: dict[Kind, str] = {"api": "a", "permission": "p", "grant": "g"}

T = TypeVar("T")


def add_api(program: Program, which: int, _: int) -> Program:
    """Declare one of the APIs that it does not declare yet."""
    free = [each for each in IDENTIFIERS if Key("api", each) not in program.keys]
    if not free:
        return program
    api = _picked(free, which)
    settings = {"name": f"The API {api[8]}"}
    return program.with_added(
        Declaration(kind="api", name=_fresh(program, "api"), api=api, settings=settings)
    )


def add_permission(program: Program, of: int, which: int) -> Program:
    """Declare another permission of one of its APIs; where that lists its permissions, list it."""
    if not (apis := program.of("api")):
        return program
    api = _picked(apis, of)
    free = [each for each in SCOPES if Key("permission", api.api, each) not in program.keys]
    if not free:
        return program
    scope = _picked(free, which)
    if "scopes" in api.settings:
        return program.with_changed(api, api.with_settings(scopes=(*api.settings["scopes"], scope)))
    name = _fresh(program, "permission")
    return program.with_added(Declaration(kind="permission", name=name, api=api.api, own=scope))


def add_grant(program: Program, of: int, which: int) -> Program:
    """Let an application ask for all permissions of one of its APIs."""
    if not (apis := program.of("api")):
        return program
    api = _picked(apis, of)
    free = [each for each in CLIENTS if Key("grant", api.api, each) not in program.keys]
    if not free:
        return program
    scopes = tuple(key.own for key in program.keys if key.kind == "permission" and key.api == api.api)
    name, client = _fresh(program, "grant"), _picked(free, which)
    settings = {"scopes": tuple(sorted(scopes))}
    return program.with_added(
        Declaration(kind="grant", name=name, api=api.api, own=client, settings=settings)
    )


def change(program: Program, which: int, value: int) -> Program:
    """Another setting, in place."""
    if not program.declarations:
        return program
    chosen = _picked(program.declarations, which)
    if chosen.kind == "api":
        changed = chosen.with_settings(token_lifetime=3_600 + value)
    elif chosen.kind == "permission":
        changed = chosen.with_settings(description=f"In words, {value}")
    else:
        changed = chosen.with_settings(organization_usage=_picked(("allow", "deny", "require"), value))
    return program.with_changed(chosen, changed)


def remove(program: Program, which: int, _: int) -> Program:
    """Take a declaration out, and all that needs it."""
    if not program.declarations:
        return program
    gone = _picked(program.declarations, which)
    if gone.kind == "api":
        return program.without(*(each for each in program if each.api == gone.api))
    if gone.kind == "permission":
        return _without_scope(program.without(gone), gone)
    return program.without(gone)


def remove_and_keep_granting(program: Program, which: int, _: int) -> Program:
    """Take a permission out whose text still stands in a grant."""
    chosen = program.of("permission")
    return program.without(_picked(chosen, which)) if chosen else program


def rename(program: Program, which: int, _: int) -> Program:
    """Call a resource by another name."""
    if not program.declarations:
        return program
    chosen = _picked(program.declarations, which)
    return program.with_changed(chosen, replace(chosen, name=_fresh(program, chosen.kind), aliases=()))


def rename_all(program: Program, _: int, __: int) -> Program:
    """Call every resource by another name at once."""
    for each in program:
        program = program.with_changed(each, replace(each, name=f"{each.name}n", aliases=()))
    return program


def move(program: Program, which: int, where: int) -> Program:
    """Move a resource into a component, or out of the one where it is."""
    if not program.declarations:
        return program
    chosen = _picked(program.declarations, which)
    component = "" if chosen.component else _picked(COMPONENTS, where)
    moved = replace(chosen, component=component, aliases=())
    if component and all(each.name != component for each in program.components):
        program = program.with_component(Component(component))
    return program.with_changed(chosen, moved)


def rename_with_alias(program: Program, which: int, _: int) -> Program:
    """Call a resource by another name, and say how it was called."""
    return _with_aliases(program, rename(program, which, _))


def move_with_alias(program: Program, which: int, where: int) -> Program:
    """Move a resource, and say where and how it was."""
    return _with_aliases(program, move(program, which, where))


def swap(program: Program, kind: int, which: int) -> Program:
    """Let two resources of a kind swap what they stand for, and with it their settings."""
    pairs = [
        (one, other)
        for one in program
        for other in program
        if one.kind == other.kind == _picked(tuple(INITIALS), kind) and one.name < other.name
    ]
    if not pairs:
        return program
    one, other = _picked(pairs, which)
    if one.kind == "api":
        return _exchanged(program, {one.api: other.api, other.api: one.api})
    changes = {one: _standing_for(one, other), other: _standing_for(other, one)}
    return replace(program, declarations=tuple(changes.get(each, each) for each in program))


def take_key(program: Program, which: int, _: int) -> Program:
    """Remove a permission or grant, and let another one of its kind stand for what it stood for."""
    pairs = [
        (gone, heir)
        for gone in program
        for heir in program
        if gone.kind == heir.kind != "api" and gone is not heir
    ]
    if not pairs:
        return program
    gone, heir = _picked(pairs, which)
    return program.without(gone).with_changed(heir, _standing_for(heir, gone))


def shift(program: Program, how: int, of: int) -> Program:
    """Permissions or grants that a loop names by position: the first goes, another comes first, or turned."""
    kind: Kind = _picked(("permission", "grant"), of)
    listed = program.of(kind)
    if len(listed) < 2:
        return program
    turned = [list(reversed(listed)), listed[1:], listed[1:] + listed[:1]][how % 3]
    for old, new in zip(listed, turned, strict=False):
        program = program.with_changed(old, _standing_for(old, new))
    return program.without(*listed[len(turned) :])


def share(program: Program, other: Program, which: int) -> Program:
    """Declare what the program of another stack declares; its API is named by text unless declared here."""
    listing = {each.api for each in program.of("api") if "scopes" in each.settings}
    new = [each for each in other if each.key not in program.keys and each.api not in listing]
    if not new:
        return program
    chosen = _picked(new, which)
    here = chosen.kind == "api" or chosen.key.of_api in program.keys
    own = Declaration(
        kind=chosen.kind,
        name=_fresh(program, chosen.kind),
        api=chosen.api,
        own=chosen.own,
        settings=chosen.settings,
        by_text=not here,
    )
    return program.with_added(own)


def duplicate(program: Program, which: int, _: int) -> Program:
    """Declare an object a second time, under another name."""
    if not program.declarations:
        return program
    chosen = _picked(program.declarations, which)
    return program.with_added(replace(chosen, name=_fresh(program, chosen.kind), aliases=()))


def sign_otherwise(program: Program, which: int, _: int) -> Program:
    """Another signing algorithm, which replaces an API where it is."""
    if not (apis := program.of("api")):
        return program
    api = _picked(apis, which)
    return program.with_changed(
        api,
        api.with_settings(signing_alg=next(a for a in ALGORITHMS if a != api.settings.get("signing_alg"))),
    )


def identify_otherwise(program: Program, which: int, to: int) -> Program:
    """Another identifier for an API, which replaces it by another object."""
    free = [each for each in IDENTIFIERS if Key("api", each) not in program.keys]
    if not free or not (apis := program.of("api")):
        return program
    return _exchanged(program, {_picked(apis, which).api: _picked(free, to)})


def list_permissions(program: Program, which: int, _: int) -> Program:
    """From `Permission` to `ResourceServer.scopes`, or back."""
    if not (apis := program.of("api")):
        return program
    api = _picked(apis, which)
    if "scopes" in api.settings:
        program = program.with_changed(api, api.with_settings(scopes=None))
        for scope in api.settings["scopes"]:
            name = _fresh(program, "permission")
            program = program.with_added(Declaration(kind="permission", name=name, api=api.api, own=scope))
        return program
    single = [each for each in program.of("permission") if each.api == api.api]
    listed = tuple(sorted({each.own for each in single}))
    return program.without(*single).with_changed(api, api.with_settings(scopes=listed))


def set_option(program: Program, which: int, option: int) -> Program:
    """Set one of the options that decide about deletion and replacement, or take it back."""
    if not program.declarations:
        return program
    chosen = _picked(program.declarations, which)
    taken = PACKAGE_OPTIONS[chosen.kind]
    name = _picked([each for each in OPTIONS if each not in ("adopt", "force") or each in taken], option)
    value = None if name in chosen.options else OPTIONS[name]
    return program.with_changed(chosen, chosen.with_options(**{name: value}))


Edit = Callable[[Program, int, int], Program]


def _picked(choices: Sequence[T], number: int) -> T:
    return choices[number % len(choices)]


def _fresh(program: Program, kind: Kind) -> str:
    taken = {each.name for each in program if each.kind == kind}
    return next(name for name in (f"{INITIALS[kind]}{n}" for n in count()) if name not in taken)


def _standing_for(declaration: Declaration, other: Declaration) -> Declaration:
    """A declaration under its own name with what another one stands for."""
    return replace(
        declaration, api=other.api, own=other.own, settings=other.settings, by_text=other.by_text, aliases=()
    )


def _exchanged(program: Program, identifiers: dict[str, str]) -> Program:
    """With other identifiers; what refers to an API by its output follows it."""
    changed = [replace(each, api=identifiers.get(each.api, each.api)) for each in program]
    return replace(program, declarations=tuple(changed))


def _without_scope(program: Program, permission: Declaration) -> Program:
    for grant in program.of("grant"):
        if grant.api == permission.api:
            left = tuple(scope for scope in grant.settings["scopes"] if scope != permission.own)
            program = program.with_changed(grant, grant.with_settings(scopes=left))
    return program


def _with_aliases(before: Program, after: Program) -> Program:
    """Say of every resource that is called or placed otherwise how and where it was."""
    pairs = zip(before.declarations, after.declarations, strict=True)
    changed = {
        new: replace(new, aliases=(Was(old.logical_name, old.component),))
        for old, new in pairs
        if (old.name, old.component) != (new.name, new.component)
    }
    for old, new in changed.items():
        after = after.with_changed(old, new)
    return after
