"""The steps that a refusal names, taken as its reader would take them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pulumi_auth0_apis.engine.model.state import ResourceState

from .declarations import COMPONENT_TYPE, Declaration, Key, Was, listed_permissions
from .runs import Options, Run

if TYPE_CHECKING:
    from .world import Stack, World

FOR_ONE_RUN = ("delete_before_replace",)
_SUBJECT = re.compile(
    r"The (?:API (?P<api>\S+)|permission (?P<scope>\S+) of the API (?P<of>\S+)|"
    r"client grant (?P<client>\S+), (?P<audience>[^\s,]+))"
)


@dataclass(frozen=True)
class Refusal:
    """What a run says of a resource that it could not make, change or delete."""

    message: str
    urn: str

    @property
    def about(self) -> str:
        """What tells refusals apart: the resource, or what is said of the program as a whole."""
        return self.urn or self.message

    @property
    def subject(self) -> Key | None:
        """The object of which the message speaks first: that of the resource, or one that is in its way."""
        if (found := _SUBJECT.search(self.message)) is None:
            return None
        if found["scope"]:
            return Key("permission", found["of"], found["scope"])
        return (
            Key("grant", found["audience"], found["client"]) if found["client"] else Key("api", found["api"])
        )

    def declaration(self, stack: Stack) -> Declaration | None:
        """The resource of the program that the reader thinks of: that of the object, else the one told of."""
        declared = stack.program.keys.get(self.subject) if self.subject else None
        return declared or stack.program.named(self.urn, stack.name)


Way = Callable[["World", "Stack", Refusal], Options | None]
"""Takes a step; returns how the next run is started, or None where the step is not for this refusal."""


def refusals(run: Run) -> list[Refusal]:
    """What a run says of resources; that it failed as well is said of the stack."""
    failed = re.compile(r"\w+ (failed|canceled)")
    return [Refusal(message, urn) for message, urn in run.errors if not failed.fullmatch(message)]


def take_one(
    world: World, stack: Stack, run: Run, options: Options, which: int, taken: set[tuple[str, str]]
) -> Options:
    """Take one of the steps that a run, refused with these options, names; say how the next one is to be run.

    Raises AssertionError where no step is named, or none that was not taken already for that resource: then
    the refusal leads nowhere.
    """
    for refusal in refusals(run):
        if "could not be found in the stack" in refusal.message:
            return replace(options, targets=(), replaces=())  # a step before has taken it out
        named = [name for name, (sign, _) in WAYS.items() if re.search(sign, refusal.message)]
        left = [name for name in named if (name, refusal.about) not in taken]
        first = which % max(1, len(left))
        for name in left[first:] + left[:first]:
            taken.add((name, refusal.about))
            if (once := WAYS[name][1](world, stack, refusal)) is not None:
                return replace(options, equal=options.equal or once.equal, force=options.force or once.force)
    raise AssertionError(f"No step helps (taken: {sorted(taken)}):\n{run}\n{stack.program}")


def put_back(stack: Stack) -> None:
    """Take out of the program what was only meant for one run."""
    for each in stack.program:
        if any(option in each.options for option in FOR_ONE_RUN):
            once = each.with_options(**dict.fromkeys(FOR_ONE_RUN))
            stack.program = stack.program.with_changed(each, once)


def _equal(world: World, stack: Stack, refusal: Refusal) -> Options | None:
    return Options(equal=True)


def _force_once(world: World, stack: Stack, refusal: Refusal) -> Options | None:
    return Options(force=True)


def _refresh(world: World, stack: Stack, refusal: Refusal) -> Options | None:
    run = world.run(stack.name, "refresh")
    assert run.ok, run
    return Options()


def _option(name: str) -> Way:
    """Setting an option on the resource."""

    def set_it(world: World, stack: Stack, refusal: Refusal) -> Options | None:
        declared = refusal.declaration(stack)
        if declared is None or name in declared.options:
            return None
        stack.program = stack.program.with_changed(declared, declared.with_options(**{name: True}))
        return Options()

    return set_it


def _unprotect(world: World, stack: Stack, refusal: Refusal) -> Options | None:
    """Take `protect` out of the program, and out of the state as `pulumi state unprotect --all` does."""
    for each in stack.program:
        stack.program = stack.program.with_changed(each, each.with_options(protect=None))
    world.driver.rewrite(stack.name, lambda states: [replace(each, protect=False) for each in states])
    return Options()


def _force(world: World, stack: Stack, refusal: Refusal) -> Options | None:
    """On what the program declares; on what has left it, in a run before it goes."""
    if refusal.declaration(stack) is not None:
        return _option("force")(world, stack, refusal)
    former, wanted = stack.former.pop(refusal.urn, None), stack.program
    if former is None or any(key.api == former.api for each in wanted for key in listed_permissions(each)):
        return None  # beside a list of permissions there can be no single one
    world.write(stack.name, wanted.with_added(former.with_options(force=True)))
    world.up(stack.name)
    world.write(stack.name, wanted)
    return Options()


def _delete_first(world: World, stack: Stack, refusal: Refusal) -> Options | None:
    """Where a resource is to be made anew, not where another one has its object."""
    declared = refusal.declaration(stack)
    entry = world.held(stack.name).get(declared.key) if declared else None
    if declared is None or entry is None or entry.urn != declared.urn(stack.name):
        return None
    return _option("delete_before_replace")(world, stack, refusal)


def _not_first(world: World, stack: Stack, refusal: Refusal) -> Options | None:
    """Let every resource be replaced in the order that its provider asks for."""
    put_back(stack)
    return Options()


def _absent(world: World, stack: Stack, refusal: Refusal) -> Options | None:
    """Take out what refers to an API that is not there, and that nobody here could make."""
    declared = refusal.declaration(stack)
    if declared is None or declared.key.of_api in {*stack.program.keys, *world.tenant.objects}:
        return None
    world.write(stack.name, stack.program.without(declared))
    return Options()


def _alias(world: World, stack: Stack, refusal: Refusal) -> Options | None:
    """Say how the object is called in the state."""
    declared = refusal.declaration(stack)
    entry = world.held(stack.name).get(declared.key) if declared else None
    if declared is None or entry is None or stack.program.named(entry.urn, stack.name):
        return None
    aliased = replace(declared, aliases=(*declared.aliases, _was(entry)))
    stack.program = stack.program.with_changed(declared, aliased)
    return Options()


def _no_alias(world: World, stack: Stack, refusal: Refusal) -> Options | None:
    """Take aliases back that name what the program declares as well."""
    for each in stack.program:
        stack.program = stack.program.with_changed(each, replace(each, aliases=()))
    return Options()


def _as_it_is(world: World, stack: Stack, refusal: Refusal) -> Options | None:
    """Ask for what an API has already, where that cannot be changed."""
    declared = refusal.declaration(stack)
    if declared is None or declared.kind != "api" or declared.key not in world.tenant.objects:
        return None
    found = world.tenant.settings(declared.key)["signing_alg"]
    stack.program = stack.program.with_changed(declared, declared.with_settings(signing_alg=found))
    return Options()


def _keep_one(world: World, stack: Stack, refusal: Refusal) -> Options | None:
    """Take one of two declarations for one object out of the program."""
    second = [each for each in stack.program if stack.program.keys[each.key] != each]
    world.write(stack.name, stack.program.without(*second[:1]))
    return Options() if second else None


def _was(entry: ResourceState) -> Was:
    qualified, _, name = entry.urn.rpartition("::")
    in_component = f"{COMPONENT_TYPE}$" in qualified
    return Was(name, entry.parent.rpartition("::")[2] if in_component else "")


WAYS: Mapping[str, tuple[str, Way]] = {
    "no alias": (r"Duplicate resource alias|conflicting with alias", _no_alias),
    "not first": (r"Leave the option out", _not_first),
    "alias": (r"\baliases\b", _alias),
    "equal": (r"AUTH0_ADOPT=equal", _equal),
    "adopt": (r"adopt=True", _option("adopt")),
    "delete first": (r"delete_before_replace=True", _delete_first),
    "force": (r"force=True", _force),
    "unprotect": (r"pulumi state unprotect|remove the `protect` flag", _unprotect),
    "force once": (r"AUTH0_FORCE=true", _force_once),
    "as it is": (r"ask for what it has", _as_it_is),
    "keep one": (r"declared twice|stand for one", _keep_one),
    "absent": (r"answered 404", _absent),
    "refresh": (r"\brefresh`|answered 404", _refresh),
}
"""Each step by the words that stand for it in a refusal."""
