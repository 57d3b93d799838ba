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

from pulumi_auth0_apis.engine.children.starting import Started, start
from pulumi_auth0_apis.engine.model.problems import EngineError

LONGEST_LINE = 16 * 1024 * 1024
SECONDS_TO_END = 5.0
SECONDS_TO_DRAIN = 1.0
"""How long a child that has ended is still heard; what it has started may keep its output open for ever."""

OnLine = Callable[[str, bool], None]
"""Called with each line a child prints and whether it came by standard error."""


class Child:
    """A running child process whose output is passed on line by line."""

    def __init__(self, started: Started, pipes: Pipes, what: str, on_line: OnLine) -> None:
        self.what = what
        self._started = started
        self._pipes = pipes
        self._on_line = on_line
        self._port: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._readers: list[asyncio.Task[None]] = []
        self.ended: asyncio.Task[int] = asyncio.create_task(self._wait())

    @classmethod
    async def start(
        cls,
        what: str,
        python: str,
        argv: Sequence[str],
        *,
        cwd: Path,
        environment: Mapping[str, str],
        on_line: OnLine,
        preload: Sequence[str] = (),
        serves: bool = False,
        request: bytes = b"",
    ) -> Child:
        """Start a script in a Python. One that `serves` prints its gRPC port on its first line.

        Its standard input begins with the request and stays open as long as we live: by its end a child knows
        that the engine is gone.
        """
        environment = {**os.environ, **environment}
        try:
            started = start(
                python,
                argv,
                name=what.removeprefix("The "),
                cwd=cwd,
                environment=environment,
                preload=preload,
            )
        except OSError as error:
            raise EngineError(
                f"{what} could not be started with {python}: {error.strerror or error}."
            ) from error
        connecting = asyncio.ensure_future(Pipes.of(started))
        try:
            await asyncio.shield(connecting)
        except asyncio.CancelledError:
            await cls(started, await connecting, what, on_line).stop()
            raise
        child = cls(started, connecting.result(), what, on_line)
        child._read(serves)
        child._pipes.stdin.write(request)
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
        """The fate of a child that does not answer any more, in words."""
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

    def _read(self, serves: bool) -> None:
        self._readers = [
            asyncio.create_task(self._read_lines(self._pipes.stdout, is_error=False, serves=serves)),
            asyncio.create_task(self._read_lines(self._pipes.stderr, is_error=True, serves=False)),
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
        told = await self._pipes.end.read()
        if not told:  # the starter has been killed, which alone could tell
            self._signal(signal.SIGKILL)
        code = int(told or -signal.SIGKILL)
        _, open_still = await asyncio.wait(self._readers, timeout=SECONDS_TO_DRAIN)
        for reader in open_still:
            reader.cancel()
        self._pipes.close()
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
            os.killpg(self._started.pid, number)


class Pipes:
    """Our ends of a child's pipes, on the running loop."""

    stdin: asyncio.WriteTransport
    stdout: asyncio.StreamReader
    stderr: asyncio.StreamReader
    end: asyncio.StreamReader

    def __init__(self) -> None:
        self._transports: list[asyncio.BaseTransport] = []

    @classmethod
    async def of(cls, started: Started) -> Pipes:
        pipes = cls()
        pipes.stdout = await pipes._reader(started.stdout)
        pipes.stderr = await pipes._reader(started.stderr)
        pipes.end = await pipes._reader(started.end)
        loop, stdin = asyncio.get_running_loop(), os.fdopen(started.stdin, "wb", buffering=0)
        pipes.stdin, _ = await loop.connect_write_pipe(asyncio.BaseProtocol, stdin)
        pipes._transports.append(pipes.stdin)
        return pipes

    async def _reader(self, file: int) -> asyncio.StreamReader:
        reader = asyncio.StreamReader(LONGEST_LINE)
        transport, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(file, "rb", buffering=0)
        )
        self._transports.append(transport)
        return reader

    def close(self) -> None:
        for transport in self._transports:
            transport.close()


async def _line(stream: asyncio.StreamReader) -> bytes:
    """The next line; empty at the end. One that is too long is left out."""
    while True:
        try:
            return await stream.readline()
        except ValueError:
            continue
