"""The names of a deployment's resources, and what the state holds under them.

A resource is looked for under its own URN first, then under those that it had before: by its aliases, and by
those of its parent, which its children inherit. These are the rules of Pulumi's own engine (`getOldResource`
and `generateAliases` in `pkg/resource/deploy/step_generator.go`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pulumi_auth0_apis.engine.model.aliases import Alias
from pulumi_auth0_apis.engine.model.goals import Goal
from pulumi_auth0_apis.engine.model.problems import Refusal
from pulumi_auth0_apis.engine.model.state import ResourceState
from pulumi_auth0_apis.engine.model.urns import STACK_TYPE, make_urn, name_of, project_of, stack_of, type_of

_KEPT = (
    "a resource that is not among the targets was registered before this one and needs it as the state has "
    "it. Name both with --target, or run without targets."
)


@dataclass(frozen=True)
class FoundState:
    """A resource as the state holds it, and the reasons why it may not be taken, a sentence each."""

    old: ResourceState | None = None
    conflicts: tuple[str, ...] = ()


class Names:
    """Gives each resource its URN and finds it in the state, also under a former one."""

    def __init__(self, stack: str, project: str, base: Sequence[ResourceState]) -> None:
        self._stack = stack
        self._project = project
        self._base = base
        self._positions = {state.urn: at for at, state in enumerate(base) if not state.delete}
        self.given: set[str] = set()
        """The URNs of what the program has registered."""
        self._kept: set[str] = set()
        """The URNs of what stays as the state has it, because this run is not about it."""
        self._former: dict[str, str] = {}
        """The former URNs of resources that were found under one, by URN."""
        self._taken: dict[str, str] = {}
        """The URNs of those resources by the former one."""

    def give(self, goal: Goal) -> str:
        """Give a resource its URN. Raises `Refusal` for one that is taken or has no parent."""
        urn = make_urn(self._stack, self._project, goal.parent, goal.type, goal.name)
        if goal.parent and not (goal.parent in self.given or goal.parent in self._kept):
            raise Refusal(urn, f"could not find parent resource {goal.parent}")
        if urn in self.given:
            raise Refusal(urn, f"Duplicate resource URN '{urn}'; try giving it a unique name")
        if urn in self._kept:
            raise Refusal(urn, _KEPT)
        self.given.add(urn)
        return urn

    def foreseen(self, goal: Goal) -> tuple[str, ResourceState | None] | None:
        """What `give` and `find` will most likely say of a resource; None where only they can tell."""
        urn = make_urn(self._stack, self._project, goal.parent, goal.type, goal.name)
        old = self.old(urn)
        if old is None and (goal.aliases or goal.parent in self._former):
            return None
        return urn, old

    def keep(self, urn: str) -> None:
        """Let a resource have the name that the state has for it, whatever the program makes of it later."""
        self._kept.add(urn)

    def position(self, urn: str) -> int | None:
        """Where the state has the resource of exactly this URN."""
        return self._positions.get(urn)

    def old(self, urn: str) -> ResourceState | None:
        """The resource of exactly this URN in the state."""
        position = self.position(urn)
        return None if position is None else self._base[position]

    def find(self, urn: str, goal: Goal) -> FoundState:
        """The resource in the state, under its URN or a former one; from then on that one is taken."""
        conflicts: list[str] = []
        if urn in self._taken:
            other = self._taken[urn]
            conflicts.append(
                f"Duplicate resource URN '{urn}' conflicting with alias on resource with URN '{other}'"
            )
        for candidate in (urn, *self._former_urns(goal)):
            old = self.old(candidate)
            if old is not None:
                if candidate != urn:
                    conflicts += self._take(candidate, urn)
                return FoundState(old, tuple(conflicts))
        return FoundState(None, tuple(conflicts))

    def with_former(self, urns: Iterable[str]) -> set[str]:
        """URNs, and those under which the same resources were found in the state."""
        return {name for urn in urns for name in (urn, self._former.get(urn, urn))}

    def _take(self, former: str, urn: str) -> list[str]:
        """Take a former URN; returns why that may not be."""
        others = [urn] if former in self.given or former in self._kept else []
        if former in self._taken:
            others.append(self._taken[former])
        self._taken[former] = urn
        self._former[urn] = former
        return [
            f"Duplicate resource alias '{former}' applied to resource with URN '{urn}' conflicting with "
            f"resource with URN '{other}'"
            for other in others
        ]

    def _former_urns(self, goal: Goal) -> Iterator[str]:
        own = [self._resolved(alias, goal) for alias in goal.aliases]
        yield from own
        if goal.parent in self._former:
            yield self._inherited(goal.parent, goal.type, goal.name)
            for urn in own:
                yield self._inherited(goal.parent, type_of(urn), name_of(urn))

    def _resolved(self, alias: Alias, goal: Goal) -> str:
        """The URN that an alias means; a former parent is meant by the name that it had then."""
        if alias.urn:
            return alias.urn
        kind, name = alias.type or goal.type, alias.name or goal.name
        parent = self._former.get(alias.parent, alias.parent) or goal.parent
        if alias.no_parent or not parent or type_of(parent) == STACK_TYPE:
            return make_urn(alias.stack or self._stack, alias.project or self._project, "", kind, name)
        return make_urn(stack_of(parent), project_of(parent), parent, kind, name)

    def _inherited(self, parent: str, kind: str, name: str) -> str:
        """A child's URN under its parent's former one; a name that begins with the parent's follows it."""
        former = self._former[parent]
        if name.startswith(name_of(parent)):
            name = name_of(former) + name.removeprefix(name_of(parent))
        return make_urn(self._stack, self._project, former, kind, name)
