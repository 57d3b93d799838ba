"""The limits of a run that is about some resources alone, its targets.

The rules are those of Pulumi's own engine (`isTargetedForUpdate`, `validateSteps` and `GenerateDeletes` in
`pkg/resource/deploy/step_generator.go`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pulumi_auth0_apis.engine.model.dependencies import needs
from pulumi_auth0_apis.engine.model.state import ResourceState
from pulumi_auth0_apis.engine.model.steps import Step
from pulumi_auth0_apis.engine.model.urns import STACK_TYPE, is_provider_type
from pulumi_auth0_apis.engine.planning.objections import Objections
from pulumi_auth0_apis.engine.planning.targets import Targeting, with_dependents

_UNNAMED = (
    "Resource '{}' will be destroyed but was not specified in --target list.\n"
    "Either include resource in --target list or pass --target-dependents to proceed."
)


class Limits:
    """Knows which resources one run is about; it is asked about each after what that needs."""

    def __init__(
        self,
        targeting: Targeting,
        base: Sequence[ResourceState],
        objections: Objections,
    ) -> None:
        self._targets = targeting.targets
        self._dependents = targeting.dependents
        self._base = base
        self._objections = objections
        self._reached: set[str] = set()
        self._skipped: set[str] = set()

    def include(self, state: ResourceState) -> bool:
        """Whether the run is about a resource. It is always about providers and the stack itself."""
        if not self._targets:
            return True
        if state.urn in self._targets or (self._dependents and self._needs_a_target(state)):
            self._reached.add(state.urn)
            return True
        return is_provider_type(state.type) or state.type == STACK_TYPE

    def skip(self, urn: str) -> None:
        """Note that the program asks for a resource which this run is not to create."""
        self._skipped.add(urn)

    def check_needs(self, steps: Iterable[Step]) -> None:
        """Object to a step whose resource needs a skipped one."""
        for step in steps:
            needed = needs(step.new) if step.new is not None and not step.skipped else ()
            for urn in needed:
                if urn in self._skipped:
                    self._skipped.discard(urn)  # a preview tells of it once
                    self._objections.to(
                        step.urn,
                        f"Resource '{step.urn}' depends on '{urn}' which was not specified in --target list.",
                    )

    def condemned(self) -> set[str] | None:
        """The URNs that may be deleted; None where all may."""
        return with_dependents(self._base, self._targets) if self._targets else None

    def allow(self, deletions: Iterable[str]) -> bool:
        """Object to deletions of what is no target itself; returns whether to go on."""
        if not self._targets or self._dependents:
            return True
        unnamed = [urn for urn in deletions if urn not in self._targets]
        return self._objections.to_all({urn: _UNNAMED.format(urn) for urn in unnamed})

    def _needs_a_target(self, state: ResourceState) -> bool:
        return any(urn in self._reached or urn in self._targets for urn in needs(state))
