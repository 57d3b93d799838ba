"""What happens between the two runs of a row."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from pulumi_auth0_apis.engine.model.state import ResourceState

from ..model.declarations import Key, Program
from ..model.runs import Options, tainted
from ..model.world import World
from .rows import Act, named

MARKERS = ("holder", "released_scopes")
"""Outputs that say who holds what."""


def taint(name: str, of: Program) -> Act:
    """Somebody taints a resource."""
    return lambda world: world.driver.rewrite("one", tainted(named(of, name).urn("one")))


@dataclass(frozen=True)
class Interrupted:
    """Somebody runs this program and interrupts it after so many steps."""

    steps: int
    of: Program
    options: Options = field(default_factory=Options)

    def __call__(self, world: World) -> None:
        world.write("one", self.of)
        world.run("one", "up", replace(self.options, stop_after=self.steps))


def attempt(of: Program) -> Act:
    """Somebody runs this program, which is refused."""

    def act(world: World) -> None:
        world.write("one", of)
        assert not world.run("one", "up").ok

    return act


def both(first: Act, second: Act) -> Act:
    """One after the other."""

    def act(world: World) -> None:
        first(world)
        second(world)

    return act


def run_other_stack(of: Program) -> Act:
    """Somebody runs this program in the stack `two`."""

    def act(world: World) -> None:
        world.write("two", of)
        world.up("two")

    return act


def by_hand(key: Key, **settings: Any) -> Act:
    """Somebody makes an object, or an interrupted run has."""

    def act(world: World) -> None:
        world.tenant.make(key, **settings)
        world.by_hand()

    return act


def deleted_by_hand(key: Key) -> Act:
    """Somebody deletes an object."""

    def act(world: World) -> None:
        world.tenant.delete(key)
        world.by_hand()

    return act


def held_twice(name: str, again: str, of: Program) -> Act:
    """An older version has let two resources hold one object; nothing in its state tells them apart."""
    old = named(of, name).urn("one")
    new = f"{old.rpartition('::')[0]}::{again}"

    def twice(states: list[ResourceState]) -> list[ResourceState]:
        at = next(n for n, each in enumerate(states) if each.urn == old)
        return [*states[: at + 1], replace(states[at], urn=new), *states[at + 1 :]]

    def act(world: World) -> None:
        world.driver.rewrite("one", unmarked)
        world.driver.rewrite("one", twice)
        world.write("one", of.with_added(replace(named(of, name), name=again)))

    return act


def unmarked(states: list[ResourceState]) -> list[ResourceState]:
    """A state as it was written before there were markers."""

    def plain(outputs: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in outputs.items() if name not in MARKERS}

    return [replace(each, outputs=plain(each.outputs)) for each in states]
