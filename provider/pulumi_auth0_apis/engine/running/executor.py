"""Carries steps out: calls the provider, keeps the record, tells the events.

The steps of one resource run one after the other, those of different resources at the same time. After a
failure no step begins, but what runs is finished and recorded.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress

from pulumi_auth0_apis.engine.children.providers import ProviderError
from pulumi_auth0_apis.engine.events.stream import EventStream
from pulumi_auth0_apis.engine.model.decisions import LOGICAL, Op
from pulumi_auth0_apis.engine.model.problems import EngineError
from pulumi_auth0_apis.engine.model.steps import Step
from pulumi_auth0_apis.engine.model.urns import is_default_provider
from pulumi_auth0_apis.engine.running.provider_calls import Applier, ProtectedError, with_secret_outputs
from pulumi_auth0_apis.engine.running.record import Record


class StepFailed(Exception):
    """A step failed, or was not begun because another one had; the user has been told."""


class Executor:
    """Carries out the steps of one deployment."""

    def __init__(
        self,
        *,
        preview: bool,
        parallel: int,
        applier: Applier,
        record: Record,
        events: EventStream,
        keep_going: bool = False,
        is_refresh: bool = False,
    ) -> None:
        """With `keep_going` a failure stops nothing but what depends on it.

        Where the operation `is_refresh`, what each resource came to is told and counted.
        """
        self._preview = preview
        self._slots = asyncio.Semaphore(parallel)
        self._applier = applier
        self._record = record
        self._events = events
        self._keep_going = keep_going
        self._is_refresh = is_refresh
        self._running: set[asyncio.Task[None]] = set()
        self.failed = False
        self.has_failed_steps = False
        self.is_corrupt = False
        """A change failed, and nobody knows what it has changed all the same."""
        self.stopped = asyncio.Event()
        self.changes: Counter[str] = Counter()
        self.finished: dict[str, Step] = {}
        """The last logical step of each resource, by URN."""

    async def run(self, steps: Sequence[Step]) -> None:
        """Carry out the steps of one resource. Raises `StepFailed`.

        They go on even when the caller is cancelled: a step that runs is always recorded.
        """
        task = asyncio.create_task(self._run(steps))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        await asyncio.shield(task)

    async def idle(self) -> None:
        """Wait until no step runs."""
        while self._running:
            await asyncio.wait(self._running)

    def stop(self) -> None:
        """Begin no more steps."""
        self.stopped.set()

    def abandon(self) -> None:
        """Wait for no step any more; the record keeps those that run as pending."""
        self.stop()
        for task in self._running:
            task.cancel()

    async def _run(self, steps: Sequence[Step]) -> None:
        try:
            await self._run_in_turn(steps)
        except asyncio.CancelledError:
            self.failed = True
            raise StepFailed from None

    async def _run_in_turn(self, steps: Sequence[Step]) -> None:
        async with self._slots:
            for position, step in enumerate(steps):
                if self.stopped.is_set():
                    raise StepFailed
                await self._carry_out(step)
                for later in steps[position + 1 :]:
                    if later.op is Op.REPLACE and step.op in (Op.CREATE_REPLACEMENT, Op.READ_REPLACEMENT):
                        later.new = step.new

    async def _carry_out(self, step: Step) -> None:
        self._look_up_old(step)
        self._events.step_starts(step, planning=self._preview)
        number: int | None = None
        try:
            number = await self._record.begin(step)
            op = await self._applier.apply(step)
            if step.new is not None and step.op is not Op.REPLACE:
                step.new = with_secret_outputs(step.new)
            await self._record.succeed(number, step)
        except EngineError as error:
            self._fail(step, error)
            with suppress(EngineError):  # a record that cannot be written has been told
                await self._record.fail(number)
            raise StepFailed from None
        self._look_up_old(step)
        self._tell_end(step, op)

    def _look_up_old(self, step: Step) -> None:
        """See the old state of a resource with the marks of this run."""
        if step.old is not None:
            step.old = self._record.current(step.old)

    def _fail(self, step: Step, error: Exception) -> None:
        self.failed = self.has_failed_steps = True
        unknown = isinstance(error, ProviderError) and step.op not in (Op.CREATE, Op.CREATE_REPLACEMENT)
        self.is_corrupt |= unknown and not self._preview
        if not (self._keep_going or isinstance(error, ProtectedError)):
            self.stop()
        internal = is_default_provider(step.urn)
        told = f"Preview failed: {error}" if self._preview else str(error)
        self._events.diagnostic("error", told, "" if internal else step.urn)
        if not self._preview:
            self._events.step_failed(step, self.changes.total(), unknown=unknown)

    def _tell_end(self, step: Step, outcome: Op) -> None:
        op = outcome if self._is_refresh else step.op
        if step.op in LOGICAL and step.new is not None:
            self.finished[step.urn] = step
        if self._counts(step, op) and not is_default_provider(step.urn):
            self.changes[op] += 1
        if self._preview or step.state.custom or op is Op.DELETE or step.op is Op.REFRESH:
            self._events.step_ended(step, op, planning=self._preview)

    def _counts(self, step: Step, op: Op) -> bool:
        if step.op is Op.READ:
            return bool(step.old and step.new) and step.old.outputs != step.new.outputs  # type: ignore[union-attr]
        return op in LOGICAL
