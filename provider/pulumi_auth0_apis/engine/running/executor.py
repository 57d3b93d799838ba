"""Carries steps out: calls the provider, keeps the record, tells the events.

The steps of one resource run one after the other, those of different resources at the same time. After a
failure no step begins, but what runs is finished and recorded.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from pulumi_auth0_apis.engine.children.players import Players
from pulumi_auth0_apis.engine.children.providers import ProviderError
from pulumi_auth0_apis.engine.events.stream import EventStream
from pulumi_auth0_apis.engine.model.decisions import LOGICAL, Op
from pulumi_auth0_apis.engine.model.problems import EngineError
from pulumi_auth0_apis.engine.model.run_status import RunStatus
from pulumi_auth0_apis.engine.model.state import ResourceState
from pulumi_auth0_apis.engine.model.steps import Step
from pulumi_auth0_apis.engine.model.urns import is_default_provider, is_provider_type, package_of
from pulumi_auth0_apis.engine.model.values import Properties
from pulumi_auth0_apis.engine.running.hooks import Hooks
from pulumi_auth0_apis.engine.running.provider_calls import ProtectedError, ProviderCalls, with_what_stays
from pulumi_auth0_apis.engine.running.step_recorder import StepRecorder


class StepFailed(Exception):
    """A step failed, or was not begun because another one had; the user has been told."""


class Executor:
    """Carries out the steps of one deployment."""

    def __init__(
        self,
        *,
        preview: bool,
        parallel: int,
        calls: ProviderCalls,
        players: Players,
        hooks: Hooks,
        recorder: StepRecorder,
        events: EventStream,
        status: RunStatus,
        keep_going: bool = False,
        is_refresh: bool = False,
    ) -> None:
        """With `keep_going` a failure stops nothing but what depends on it.

        Where the operation `is_refresh`, what each resource came to is told and counted.
        """
        self._preview = preview
        self._slots = asyncio.Semaphore(parallel)
        self._calls = calls
        self._players = players
        self._hooks = hooks
        self._recorder = recorder
        self._events = events
        self._keep_going = keep_going
        self._is_refresh = is_refresh
        self._status = status
        self._running: set[asyncio.Task[list[Step]]] = set()
        self.changes: Counter[str] = Counter()
        self.finished: dict[str, Step] = {}
        """The last logical step of each resource as it was done, by URN."""
        self._played: dict[str, str] = {}
        """The packages of the resources that fakes have played, by URN."""

    async def run(self, steps: Sequence[Step]) -> list[Step]:
        """Carry out the steps of one resource; returns them as they are done. Raises `StepFailed`.

        They go on even when the caller is cancelled: a step that runs is always recorded.
        """
        task = asyncio.create_task(self._run(steps))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)

    async def idle(self) -> None:
        """Wait until no step runs."""
        while self._running:
            await asyncio.wait(self._running)

    def fakes(self) -> Counter[str]:
        """How many resources fakes have played, by package."""
        return Counter(self._played.values())

    def abandon(self) -> None:
        """Wait for no step any more; the record keeps those that run as pending."""
        for task in self._running:
            task.cancel()

    async def set_outputs(self, urn: str, outputs: Properties) -> None:
        """Keep outputs that a component or the stack has registered. Raises `EngineError` for any other."""
        step = self.finished.get(urn)
        if step is None:
            raise EngineError(f"cannot complete a resource '{urn}' whose registration isn't pending")
        if step.skipped:
            return
        state = replace(step.state, outputs=outputs)
        self.finished[urn] = replace(step, new=state)
        await self._recorder.set_outputs(state)
        await self._hooks.after(self.finished[urn])
        self.tell(urn)

    def tell(self, urn: str) -> None:
        """Tell how a component, or the stack, has ended."""
        step = self.finished[urn]
        self._events.step_ended(step, step.op, planning=self._preview)

    async def _run(self, steps: Sequence[Step]) -> list[Step]:
        try:
            async with self._slots:
                return await self._run_in_turn(steps)
        except asyncio.CancelledError:
            self._status.fail()
            raise StepFailed from None

    async def _run_in_turn(self, steps: Sequence[Step]) -> list[Step]:
        done: list[Step] = []
        replacement: ResourceState | None = None
        for step in steps:
            if self._status.stopped.is_set():
                raise StepFailed
            is_late = step.op is Op.REPLACE and replacement is not None  # it tells of what is there by now
            done.append(await self._carry_out(replace(step, new=replacement) if is_late else step))
            if step.op in (Op.CREATE_REPLACEMENT, Op.READ_REPLACEMENT):
                replacement = done[-1].new
        return done

    async def _carry_out(self, step: Step) -> Step:
        """Carry out one step; returns it with the resource as it is then."""
        step = self._with_current_old(step)
        self._events.step_starts(step, planning=self._preview)
        number: int | None = None
        try:
            number = await self._recorder.begin(step)
            step = with_what_stays(step)
            applied = await self._calls.apply(step)
            step = replace(step, new=applied.new, difference=applied.difference)
            await self._recorder.succeed(number, step)
        except EngineError as error:
            self._fail(step, error)
            with suppress(EngineError):  # a record that cannot be written has been told
                await self._recorder.fail(number)
            raise StepFailed from None
        done = self._with_current_old(step)
        self._tell_end(done, applied.op)
        return done

    def _with_current_old(self, step: Step) -> Step:
        """The step with the old state of its resource as this run has marked it."""
        return step if step.old is None else replace(step, old=self._recorder.current(step.old))

    def _fail(self, step: Step, error: Exception) -> None:
        unknown = isinstance(error, ProviderError) and step.op not in (Op.CREATE, Op.CREATE_REPLACEMENT)
        is_change = not self._preview and step.op is not Op.REFRESH
        self._status.fail_step(corrupts=unknown and is_change)
        if not (self._keep_going or isinstance(error, ProtectedError)):
            self._status.stop()
        internal = is_default_provider(step.urn)
        told = f"Preview failed: {error}" if self._preview else str(error)
        self._events.diagnostic("error", told, "" if internal else step.urn)
        if not self._preview:
            self._events.step_failed(step, self.changes.total(), unknown=unknown)

    def _tell_end(self, step: Step, outcome: Op) -> None:
        op = outcome if self._is_refresh else step.op
        state = step.state
        if state.custom and self._players.is_other(state.type) and not is_provider_type(state.type):
            self._played[step.urn] = package_of(state.type)
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
