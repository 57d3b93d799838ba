"""The resources that an operation is limited to, or replaces, by URN or by a pattern of URNs."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from pulumi_auth0_apis.engine.events.stream import EventStream
from pulumi_auth0_apis.engine.model.dependencies import needs
from pulumi_auth0_apis.engine.model.problems import EngineError
from pulumi_auth0_apis.engine.model.state import ResourceState


class Targets:
    """Resources by name. In a pattern `*` is anything without a colon, and `**` anything at all.

    So Pulumi's own engine has it (`UrnTargets` in `pkg/resource/deploy/deployment.go`).
    """

    def __init__(self, urns: Iterable[str] = ()) -> None:
        given = tuple(urns)
        self._literals = tuple(urn for urn in given if "*" not in urn)
        self._patterns = tuple(_pattern(urn) for urn in given if "*" in urn)

    def __bool__(self) -> bool:
        """Whether anything is named. What it means where nothing is, is up to who asks."""
        return bool(self._literals or self._patterns)

    def __contains__(self, urn: str) -> bool:
        return urn in self._literals or any(pattern.fullmatch(urn) for pattern in self._patterns)

    def missing_from(self, urns: Collection[str]) -> list[str]:
        """Those that are none of these URNs. A pattern may match nothing."""
        return [urn for urn in self._literals if urn not in urns]

    def tell_missing(self, urns: Collection[str], events: EventStream) -> bool:
        """Tell the user which targets are none of these URNs; returns whether there are any."""
        missing = self.missing_from(urns)
        for urn in missing:
            forgotten = "" if "$" in urn else " Did you forget to escape $ in your shell?"
            events.diagnostic("error", f"Target '{urn}' could not be found in the stack.{forgotten}")
        return bool(missing)


def _pattern(glob: str) -> re.Pattern[str]:
    spans = ("[^:]*".join(map(re.escape, span.split("*"))) for span in glob.split("**"))
    return re.compile(".*".join(spans))


@dataclass(frozen=True, kw_only=True)
class Targeting:
    """The limits of an operation; without targets it is about everything."""

    targets: Targets = field(default_factory=Targets)
    dependents: bool = False
    """A resource that needs a target counts as one."""
    replace: Targets = field(default_factory=Targets)
    """The resources to replace, whether they differ or not; this limits nothing."""

    def require(self, base: Iterable[ResourceState]) -> None:
        """Raises `EngineError` for a target that the state does not have."""
        urns = {state.urn for state in base}
        for urn in self.targets.missing_from(urns):
            raise EngineError(f"no resource named '{urn}' found.{near(urn, urns)}")


def near(name: str, urns: Collection[str]) -> str:
    """Ask whether a name that is none of these URNs was meant to be one; empty where nothing is near."""
    found = get_close_matches(name, sorted(urns), n=3)
    return f" Did you mean {' or '.join(found)}?" if found else ""


def with_dependents(base: Iterable[ResourceState], targets: Targets) -> set[str]:
    """The URNs of the targets in a state, and of all that needs one, directly or not, children included."""
    found: set[str] = set()
    for state in base:
        if state.urn in targets or not found.isdisjoint(needs(state)):
            found.add(state.urn)
    return found
