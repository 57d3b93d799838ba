"""One pass of a program over the state of its stack, for a preview or an update.

While it runs it is answered. When it is through, what it has not registered is deleted, and the stack is
finished.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection
from contextlib import AsyncExitStack

from pulumi_auth0_apis.engine.children.callbacks import Callbacks
from pulumi_auth0_apis.engine.children.connections import make_server
from pulumi_auth0_apis.engine.children.processes import Child
from pulumi_auth0_apis.engine.children.program import SHOWED_A_MESSAGE, RunInfo, start_program
from pulumi_auth0_apis.engine.events.stream import EventStream
from pulumi_auth0_apis.engine.model.problems import EngineError, Refusal
from pulumi_auth0_apis.engine.model.run_status import RunStatus
from pulumi_auth0_apis.engine.running.executor import Executor
from pulumi_auth0_apis.engine.running.hooks import Hooks
from pulumi_auth0_apis.engine.running.monitor import Monitor, add_monitor
from pulumi_auth0_apis.engine.running.registrations import Registrations

Clear = Callable[[Collection[str]], Awaitable[None]]
"""Deletes what is to go, but for what the resources of these URNs need, which a failure has taken."""


class Deployment:
    """Runs a program to its end; `clear` then deletes what is to go."""

    def __init__(
        self,
        run_info: RunInfo,
        *,
        registrations: Registrations,
        executor: Executor,
        clear: Clear,
        callbacks: Callbacks,
        hooks: Hooks,
        events: EventStream,
        status: RunStatus,
    ) -> None:
        self._run_info = run_info
        self._registrations = registrations
        self._executor = executor
        self._clear = clear
        self._callbacks = callbacks
        self._hooks = hooks
        self._events = events
        self._status = status
        self._through = asyncio.Event()
        self._over = asyncio.Event()

    async def run(self, engine_address: str) -> None:
        """Run the program and clear up after it; the status knows how it went."""
        server, address = make_server()
        add_monitor(Monitor(self._run_info, self._registrations, self, self._callbacks, self._hooks), server)
        await server.start()
        async with AsyncExitStack() as ending:
            ending.push_async_callback(server.stop, None)
            ending.push_async_callback(self._callbacks.close)
            ending.push_async_callback(self._executor.idle)
            program = await start_program(self._run_info, self._events, address, engine_address)
            ending.push_async_callback(program.stop)
            await self._follow(program)
            await self._executor.idle()
            if not self._status.stopped.is_set():
                await self._clear(self._registrations.lost)
            if self._answers:
                self._over.set()
                await self._end_of(program)

    def abandon(self, reason: Exception) -> None:
        """Go no further; tells why, unless that has been told."""
        self._status.fail()
        self._status.stop()
        if isinstance(reason, Refusal) and reason.message:
            self._events.diagnostic("error", reason.message, reason.urn)
        elif isinstance(reason, EngineError):
            self._events.diagnostic("error", str(reason))

    async def program_is_through(self) -> None:
        """The program has registered everything it wants; returns once nothing more will be asked of it."""
        self._through.set()
        if self._answers:
            await self._over.wait()

    @property
    def _answers(self) -> bool:
        """Whether the program waits, so that its hooks can be called."""
        return self._through.is_set() and bool(self._hooks)

    async def _follow(self, program: Child) -> None:
        """Wait until the program is through, has failed, or nothing more may be done.

        One that has hooks is not over then: it answers to the end of the deployment.
        """
        through = asyncio.create_task(self._through.wait())
        stopped = asyncio.create_task(self._status.stopped.wait())
        await asyncio.wait([through, stopped, program.ended], return_when=asyncio.FIRST_COMPLETED)
        through.cancel()
        stopped.cancel()
        if not self._answers:
            await self._end_of(program)

    async def _end_of(self, program: Child) -> None:
        """Wait until the program has ended, or nothing more may be done; tells why it failed, if it did."""
        if not self._status.stopped.is_set():
            stopped = asyncio.create_task(self._status.stopped.wait())
            await asyncio.wait([stopped, program.ended], return_when=asyncio.FIRST_COMPLETED)
            stopped.cancel()
        if program.ended.done() and (code := program.ended.result()):
            self._status.fail()
            self._status.stop()
            if code != SHOWED_A_MESSAGE:
                told = f"an unhandled error occurred: program exited with non-zero exit code: {code}"
                self._events.diagnostic("error", told)
