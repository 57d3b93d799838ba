"""One step of a plan: an operation on a resource, and the resource before and after it."""

from __future__ import annotations

from dataclasses import dataclass, field

from pulumi_auth0_apis.engine.model.decisions import Op
from pulumi_auth0_apis.engine.model.differences import Difference
from pulumi_auth0_apis.engine.model.state import ResourceState


@dataclass(frozen=True, eq=False)
class Step:
    """An operation that is to be carried out, or that has been."""

    op: Op
    old: ResourceState | None = None
    new: ResourceState | None = None
    """The resource as it is to be; on a step that is done, as it is. None where it is gone."""
    difference: Difference = field(default_factory=Difference)
    untargeted: bool = False
    """The run is limited to other resources: this one is told, and left as it is."""
    skipped: bool = False
    """A creation that the run is not about. The program goes on without it, and no state ever holds it."""
    recreated: bool = False
    """A deletion whose replacement is created later in this run; until then the state keeps it as pending."""

    goes_along: bool = False
    """A deletion that takes no call: this run deletes what the resource goes with (`deleted_with`)."""

    @property
    def state(self) -> ResourceState:
        """The newest state of the resource that there is."""
        state = self.new or self.old
        assert state is not None
        return state

    @property
    def urn(self) -> str:
        return self.state.urn

    @property
    def replace_keys(self) -> tuple[str, ...]:
        """The properties that force a replacement, on the steps that tell them."""
        return self.difference.replace_keys if self.op in (Op.REPLACE, Op.CREATE_REPLACEMENT) else ()
