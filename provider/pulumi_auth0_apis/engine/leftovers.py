"""Deleting what the program no longer registers, everything after what depends on it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from .dependencies import deletion_order
from .executor import Executor, StepFailed
from .planned_step import Step


async def delete_leftovers(steps: Mapping[int, Step], executor: Executor) -> None:
    """Carry out deletions, by position in the state; what a failed one depends on is left alone."""
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
