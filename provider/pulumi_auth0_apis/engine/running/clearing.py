"""The end of a run: what the program has not registered is deleted, everything after what depends on it."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from contextlib import suppress

from pulumi_auth0_apis.engine.model.dependencies import deletion_order
from pulumi_auth0_apis.engine.model.run_status import RunStatus
from pulumi_auth0_apis.engine.model.steps import Step
from pulumi_auth0_apis.engine.planning.planner import Planner
from pulumi_auth0_apis.engine.running.executor import Executor, StepFailed
from pulumi_auth0_apis.engine.running.step_recorder import StepRecorder


async def clear_leftovers(
    planner: Planner,
    recorder: StepRecorder,
    executor: Executor,
    status: RunStatus,
    lost: Collection[str] = (),
) -> None:
    """Delete what is left of the old state, but for what this run is not about or `lost` resources need."""
    if planner.tell_missing_targets():
        status.fail()
    steps = planner.plan_leftovers(recorder.remaining, lost)
    with suppress(StepFailed):
        await executor.run([step for step in steps.values() if step.untargeted])
    await _delete({position: step for position, step in steps.items() if not step.untargeted}, executor)


async def _delete(steps: Mapping[int, Step], executor: Executor) -> None:
    """Delete, by position in the state; what a failed deletion depends on is left alone."""
    before = deletion_order({position: step.state for position, step in steps.items()})
    tasks: dict[int, asyncio.Task[None]] = {}

    async def delete(position: int) -> None:
        if before[position]:
            await asyncio.gather(*(tasks[each] for each in before[position]))
        await executor.run([steps[position]])

    for position in steps:
        tasks[position] = asyncio.create_task(delete(position))
    for outcome in await asyncio.gather(*tasks.values(), return_exceptions=True):
        if isinstance(outcome, BaseException) and not isinstance(outcome, StepFailed):
            raise outcome
