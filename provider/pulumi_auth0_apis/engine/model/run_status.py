"""How a run stands: what has gone wrong so far, and whether anything more may begin."""

from __future__ import annotations

import asyncio


class RunStatus:
    """The status of one operation. Whatever plans, runs or ends it notes here what goes wrong."""

    def __init__(self) -> None:
        self.stopped = asyncio.Event()
        """Set once no more steps may begin."""
        self.failed = False
        """A step, the program, or the engine itself has failed."""
        self.has_failed_steps = False
        self.has_objections = False
        """Something may not be done: a mandatory policy, protection or the targets stand against it."""
        self.is_corrupt = False
        """A change failed, and nobody knows what it has changed all the same."""
        self.is_interrupted = False
        self.is_abandoned = False
        """The user has interrupted twice: not even running steps are waited for."""

    @property
    def is_clean(self) -> bool:
        """Whether nothing has failed and nothing was objected to; an interrupt is neither."""
        return not (self.failed or self.has_objections)

    @property
    def is_whole(self) -> bool:
        """Whether the operation does all that it was to do."""
        return self.is_clean and not self.is_interrupted

    def fail(self) -> None:
        """Note a failure that is no step's."""
        self.failed = True

    def fail_step(self, *, corrupts: bool) -> None:
        """Note that a step failed; `corrupts` says that nobody knows what it has done."""
        self.failed = self.has_failed_steps = True
        self.is_corrupt |= corrupts

    def object(self) -> None:
        """Note that something may not be done, of which the user has been told."""
        self.has_objections = True

    def stop(self) -> None:
        """Let no more steps begin."""
        self.stopped.set()

    def interrupt(self) -> None:
        """Let no more steps begin because the user wants so; the second time, wait for none either."""
        self.is_abandoned |= self.is_interrupted
        self.is_interrupted = True
        self.stop()
