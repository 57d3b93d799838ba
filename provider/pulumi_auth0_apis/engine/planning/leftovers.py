"""The steps for resources that the state holds and the program does not register."""

from __future__ import annotations

from collections.abc import Container, Mapping

from pulumi_auth0_apis.engine.model.decisions import Op, leftover
from pulumi_auth0_apis.engine.model.state import ResourceState
from pulumi_auth0_apis.engine.model.steps import Step


def leftover_steps(
    remaining: Mapping[int, ResourceState], settled: Container[str], condemned: Container[str] | None
) -> dict[int, Step]:
    """Steps, by position, for what remains of a state and is not `settled`, all by URN.

    Where not everything is `condemned`, the rest is told and left as it is.
    """
    steps: dict[int, Step] = {}
    for position, state in remaining.items():
        is_targeted = condemned is None or state.urn in condemned
        if state.urn in settled and not (state.delete and is_targeted):
            continue
        op = leftover(
            targeted=is_targeted,
            replaced=state.delete,
            external=state.external,
            pending_replacement=state.pending_replacement,
        )
        kept = state if op is Op.SAME else None
        steps[position] = Step(op, old=state, new=kept, untargeted=not is_targeted)
    return steps
