"""Child processes: the program, the providers and the policy packs each run in a Python of their own.

Every child has a session of its own, so that an interrupt of the terminal reaches the engine alone and a
running step can finish. A child that ends is noticed at once; nothing ever waits for a dead one. An engine
that ends is noticed, too: see `lifeline`.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from .problems import EngineError

LONGEST_LINE = 16 * 1024 * 1024
SECONDS_TO_END = 5.0
SECONDS_TO_DRAIN = 1.0
"""How long a child that has ended is still heard; what it has started may keep its output open for ever."""

OnLine = Callable[[str, bool], None]
"""Called with each line a child prints and whether it came by standard error."""


class Output(asyncio.subprocess.SubprocessStreamProtocol):
    """What a child prints, and when it ends: `Process.wait` also waits for what it has left running."""

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        super().__init__(limit=LONGEST_LINE, loop=loop)
        self.exited = asyncio.Event()

    def process_exited(self) -> None:
        super().process_exited()
        self.exited.set()


class Child:
    """A running child process whose output is passed on line by line."""

    def __init__(
        self, transport: asyncio.SubprocessTransport, output: Output, what: str, on_line: OnLine
    ) -> None:
        self.what = what
        self._transport = transport
        self._output = output
        self._on_line = on_line
        self._port: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._readers: list[asyncio.Task[None]] = []
        self.ended: asyncio.Task[int] = asyncio.create_task(self._wait())

    @classmethod
    async def start(
        cls,
        what: str,
        argv: Sequence[str],
        *,
        cwd: Path,
        environment: Mapping[str, str],
        on_line: OnLine,
        serves: bool = False,
        request: bytes = b"",
    ) -> Child:
        """Start a child. One that `serves` prints its gRPC port on its first line.

        Its standard input begins with the request and stays open as long as we live: by its end a child knows
        that the engine is gone.
        """
        try:
            transport, output = await asyncio.get_running_loop().subprocess_exec(
                Output,
                *argv,
                cwd=cwd,
                env={**os.environ, **environment},
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                start_new_session=True,
            )
        except OSError as error:
            raise EngineError(
                f"{what} could not be started with {argv[0]}: {error.strerror or error}."
            ) from error
        child = cls(transport, output, what, on_line)
        child._read(serves)
        child._ask(request)
        return child

    async def port(self) -> int:
        """The port the child serves at. Raises `EngineError` when it ends before it has said so.

        Whoever stops waiting has no use for the child: it is ended.
        """
        try:
            return await asyncio.shield(self._port)
        except asyncio.CancelledError:
            await self.stop()
            raise

    async def fate(self) -> str:
        """What has become of a child that does not answer any more."""
        done, _ = await asyncio.wait([self.ended], timeout=SECONDS_TO_END)
        return f"ended with exit code {self.ended.result()}" if done else "stopped answering"

    async def stop(self) -> None:
        """End the child and everything it started; a child that does not listen is killed."""
        if not self.ended.done():
            self._signal(signal.SIGTERM)
            done, _ = await asyncio.wait([self.ended], timeout=SECONDS_TO_END)
            if not done:
                self._signal(signal.SIGKILL)
        await self.ended

    def _ask(self, request: bytes) -> None:
        assert self._output.stdin is not None
        self._output.stdin.write(request)

    def _read(self, serves: bool) -> None:
        assert self._output.stdout is not None
        assert self._output.stderr is not None
        self._readers = [
            asyncio.create_task(self._read_lines(self._output.stdout, is_error=False, serves=serves)),
            asyncio.create_task(self._read_lines(self._output.stderr, is_error=True, serves=False)),
        ]

    async def _read_lines(self, stream: asyncio.StreamReader, *, is_error: bool, serves: bool) -> None:
        while line := await _line(stream):
            text = line.decode(errors="replace").rstrip("\r\n")
            if serves and text.isdigit():
                self._port.set_result(int(text))
                serves = False
            else:
                self._on_line(text, is_error)

    async def _wait(self) -> int:
        await self._output.exited.wait()
        code = self._transport.get_returncode()
        assert code is not None
        _, open_still = await asyncio.wait(self._readers, timeout=SECONDS_TO_DRAIN)
        for reader in open_still:
            reader.cancel()
        self._transport.close()
        if not self._port.done():
            self._port.set_exception(
                EngineError(
                    f"{self.what} ended with exit code {code} before it was ready. See its output above."
                )
            )
            self._port.exception()  # seen here, so that an unasked port is no unretrieved exception
        return code

    def _signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._transport.get_pid(), number)


async def _line(stream: asyncio.StreamReader) -> bytes:
    """The next line; empty at the end. One that is too long is left out."""
    while True:
        try:
            return await stream.readline()
        except ValueError:
            continue
