"""What a model asks of an engine, and what it hears back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple, Protocol

from pulumi_auth0_apis.engine.model.state import ResourceState
from pulumi_auth0_apis.engine.model.values import unwrapped

from .declarations import KINDS, Key, Program

Command = Literal["up", "preview", "refresh", "destroy"]


@dataclass(frozen=True, kw_only=True)
class Options:
    """How a command is run."""

    equal: bool = False
    """With AUTH0_ADOPT=equal in the environment."""
    force: bool = False
    """With AUTH0_FORCE=true in the environment."""
    refresh: bool = False
    targets: tuple[str, ...] = ()
    """URNs of `--target`."""
    replaces: tuple[str, ...] = ()
    """URNs of `--replace`."""
    stop_after: int | None = None
    """Somebody interrupts the run after so many steps."""
    engine_dies_after: int | None = None
    """The engine is killed when it has saved so many changes of the state."""
    provider_dies_at: int | None = None
    """The provider's process dies when its n-th write has taken effect, before it answers."""

    @property
    def environment(self) -> dict[str, str]:
        """The variables of the run."""
        given = {"AUTH0_ADOPT": "equal"} if self.equal else {}
        return given | ({"AUTH0_FORCE": "true"} if self.force else {})

    @property
    def arguments(self) -> dict[str, Any]:
        """What `up` is told, as far as the engine takes it."""
        wanted = {"refresh": self.refresh, "targets": self.targets, "replace": self.replaces}
        return {name: value for name, value in wanted.items() if value}

    @property
    def ends_early(self) -> bool:
        return any(
            each is not None for each in (self.stop_after, self.engine_dies_after, self.provider_dies_at)
        )


class Shown(NamedTuple):
    """A step as it is shown when it begins, and the objects it is about."""

    op: str
    urn: str
    before: Key | None
    after: Key | None


@dataclass(frozen=True, kw_only=True)
class Run:
    """What one command did and said."""

    ok: bool
    steps: Sequence[Shown] = ()
    errors: Sequence[tuple[str, str]] = ()
    """Each message with the URN of its resource, which may be empty."""
    notes: Sequence[str] = ()
    """What was told beside errors."""
    changes: Mapping[str, int] = field(default_factory=dict)

    @property
    def has_changes(self) -> bool:
        return any(count for op, count in self.changes.items() if op != "same")

    @property
    def replaced(self) -> set[Key]:
        """The objects that the run says to replace where they are: the same before and after."""
        return {
            each.before
            for each in self.steps
            if "replace" in each.op and each.before is not None and each.after in (each.before, None)
        }

    def __str__(self) -> str:
        told = [f"{op} {urn.rpartition('::')[2]}" for op, urn, *_ in self.steps if op != "same"]
        return "\n".join(
            [f"ok={self.ok}: {', '.join(told)}", *(f"{urn}: {text}" for text, urn in self.errors)]
        )


Rewriting = Callable[[list[ResourceState]], list[ResourceState]]
"""From the resources of a state to what stands there afterwards."""


def tainted(urn: str) -> Rewriting:
    """Mark a resource as `pulumi state taint` does."""
    return lambda states: [replace(each, taint=each.taint or each.urn == urn) for each in states]


class Driver(Protocol):
    """An engine with stacks on one tenant."""

    can_die: bool
    """Whether engine and provider can be made to die in the middle of something."""

    @property
    def calls(self) -> int:
        """How many calls the tenant has answered, but for those that ask for a token."""
        ...

    def run(self, stack: str, command: Command, program: Program, options: Options) -> Run:
        """Run a command to its end."""
        ...

    def state(self, stack: str) -> Sequence[ResourceState]:
        """What the state of a stack holds."""
        ...

    def rewrite(self, stack: str, change: Rewriting) -> None:
        """Change the state of a stack behind the engine's back."""
        ...


def key_of(state: ResourceState) -> Key | None:
    """The object that a resource of the state stands for."""
    return _key(state.type, unwrapped({**state.inputs, **state.outputs}))


def _key(resource_type: str, values: Mapping[str, Any]) -> Key | None:
    kind = KINDS.get(resource_type)
    if kind == "api":
        return Key(kind, values["identifier"])
    if kind == "permission":
        return Key(kind, values["resource_server_identifier"], values["scope"])
    return Key(kind, values["audience"], values["client_id"]) if kind else None


def observed(ok: bool, events: Sequence[Mapping[str, Any]], changes: Mapping[str, int]) -> Run:
    """A run by what the engine told of it."""
    begun = [each for each in events if "resourcePreEvent" in each]
    told = [each["diagnosticEvent"] for each in events if "diagnosticEvent" in each]
    messages = [(each["severity"], each["message"].strip(), each.get("urn", "")) for each in told]
    return Run(
        ok=ok,
        steps=[_shown(each) for each in begun],
        errors=[(message, urn) for severity, message, urn in messages if severity == "error"],
        notes=[message for severity, message, _ in messages if severity != "error"],
        changes={str(op): count for op, count in changes.items()},
    )


def _shown(event: Mapping[str, Any]) -> Shown:
    metadata = event["resourcePreEvent"]["metadata"]
    return Shown(metadata["op"], metadata["urn"], _told(metadata["old"]), _told(metadata["new"]))


def _told(state: Mapping[str, Any] | None) -> Key | None:
    """The object that a resource of an event stands for; none where a limited run has not looked at it."""
    values = {**(state.get("inputs") or {}), **(state.get("outputs") or {})} if state else {}
    return _key(state["type"], values) if state and values else None
