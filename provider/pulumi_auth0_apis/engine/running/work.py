"""What works on a state: the planner, the record and the executor of the steps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from pulumi_auth0_apis.engine.model.snapshot import Snapshot
from pulumi_auth0_apis.engine.planning.planner import Planner
from pulumi_auth0_apis.engine.running.executor import Executor
from pulumi_auth0_apis.engine.running.step_recorder import StepRecorder
from pulumi_auth0_apis.engine.store.journal_writer import JournalWriter

Begin = Callable[[Snapshot], tuple[Planner, StepRecorder, Executor]]
"""Makes all three for a state."""


class Work:
    """The work of one operation. A destroy that runs the program begins it anew, on what is there then."""

    def __init__(self, base: Snapshot, begin: Begin, writer: JournalWriter | None) -> None:
        self._begin = begin
        self._writer = writer
        self.planner, self.recorder, self.executor = begin(base)
        self._executors = [self.executor]

    @property
    def changes(self) -> Counter[str]:
        """How many resources by operation."""
        return sum((each.changes for each in self._executors), Counter())

    @property
    def fakes(self) -> Counter[str]:
        """How many resources fakes have played, by package."""
        played: Counter[str] = Counter()
        for each in self._executors:
            played |= each.fakes()
        return played

    async def begin_anew(self) -> None:
        """Go on with the state as it is by now, as if no resource of it had been registered."""
        state = self.recorder.snapshot()
        if self._writer is not None:
            await self._writer.replace(state)
        self.planner, self.recorder, self.executor = self._begin(state)
        self._executors.append(self.executor)
