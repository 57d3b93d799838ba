"""What a run is judged by, and the two ways in which it can fail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pulumi_auth0_apis.engine.model.state import ResourceState

from .declarations import Key
from .runs import Command, Options, Run

if TYPE_CHECKING:
    from .world import Stack, World


class Loss(AssertionError):
    """An object that was to stay ceased to exist."""


class Mismatch(AssertionError):
    """Program, state and tenant do not agree."""


@dataclass(frozen=True)
class Scene:
    """How things stood before a run."""

    objects: Mapping[Key, str]
    held: Mapping[str, Mapping[Key, ResourceState]]
    """What each stack managed."""
    claimed: frozenset[Key]
    """What the stack of the run managed, or had replaced and not yet deleted."""
    by_hand: frozenset[Key]


@dataclass(frozen=True)
class Judgement:
    """A run, and all that it is judged by."""

    world: World
    stack: Stack
    scene: Scene
    run: Run
    command: Command
    options: Options

    @property
    def held(self) -> Mapping[Key, ResourceState]:
        """What the stack managed before the run."""
        return self.scene.held[self.stack.name]

    def told(self, complaint: str) -> str:
        """A complaint with what the run did and was asked for."""
        return f"{complaint}\n`{self.command}` of {self.stack.name}, {self.run}\n{self.stack.program}"
