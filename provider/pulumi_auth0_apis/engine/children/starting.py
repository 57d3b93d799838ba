"""The engine's side of `starter`: one starter for each Python, kept as long as this process lives."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from weakref import finalize

from pulumi_auth0_apis.engine.children.starter import PID, SIZE

STARTER = Path(__file__).with_name("starter.py")
SDK = (
    "pulumi",
    "pulumi.dynamic",
    "pulumi.runtime.proto",
    "grpc._channel",  # which gRPC imports for the first channel, and the next for the first server
    "grpc._server",
)
READ_AT_ONCE = ("PYTHON", "GRPC_", "PROTOCOL_BUFFERS_", "LD_")
"""How variables begin that a Python, or a library when it is imported, reads once and for all."""
MOST_STARTERS = 8


@dataclass(frozen=True)
class Started:
    """A child that runs: its pid and our ends of its pipes."""

    pid: int
    stdin: int
    stdout: int
    stderr: int
    end: int
    """Tells the exit code when the child has ended."""
    starter: object
    """Kept, because it alone can tell."""


def start(
    python: str,
    argv: Sequence[str],
    *,
    name: str,
    cwd: Path,
    environment: Mapping[str, str],
    preload: Sequence[str] = (),
) -> Started:
    """Start `argv`, a script and its arguments, in this Python; raises OSError where that cannot be.

    `preload` names modules that children are likely to import.
    """
    kind = _kind(python, environment, preload)
    job = {"argv": list(argv), "cwd": str(cwd), "environment": dict(environment), "name": name}
    try:
        return _starter(*kind).start(job)
    except ConnectionError:  # somebody has ended it
        _starter.cache_clear()
        return _starter(*kind).start(job)


def warm_up(python: str = sys.executable, *, preload: Sequence[str]) -> None:
    """Begin to import what children will, so that the first of them need not wait for it.

    Returns at once. Of use to children with this Python, our environment and the same `preload`.
    """
    with contextlib.suppress(OSError):  # which whoever starts a child will be told
        _starter(*_kind(python, os.environ, preload))


def _kind(
    python: str, environment: Mapping[str, str], preload: Sequence[str]
) -> tuple[str, tuple[tuple[str, str], ...], tuple[str, ...]]:
    """What tells children apart that cannot be of one starter."""
    read_at_once = {key: value for key, value in environment.items() if key.startswith(READ_AT_ONCE)}
    return python, tuple(sorted(read_at_once.items())), tuple(preload)


class _Starter:
    """A running starter."""

    def __init__(self, python: str, variables: tuple[tuple[str, str], ...], preload: tuple[str, ...]) -> None:
        self._socket, theirs = socket.socketpair()
        self._lock = threading.Lock()
        try:
            with theirs:
                self._process = _running(python, theirs.fileno(), [*SDK, *preload], dict(variables))
        except OSError:
            self._socket.close()
            raise
        finalize(self, _end, self._socket, self._process)

    def start(self, job: Mapping[str, object]) -> Started:
        document = json.dumps(job).encode()
        ours, theirs = _pipes()
        try:
            with self._lock:
                socket.send_fds(self._socket, [SIZE.pack(len(document))], theirs)
                self._socket.sendall(document)
                pid = self._answer()
        except OSError:
            _close(ours)
            raise
        finally:
            _close(theirs)
        stdin, stdout, stderr, end = ours
        return Started(pid, stdin, stdout, stderr, end, self)

    def _answer(self) -> int:
        if not (answer := self._socket.recv(PID.size, socket.MSG_WAITALL)):
            raise ConnectionResetError("the process that starts children is gone")
        (pid,) = PID.unpack(answer)
        if pid < 0:
            raise OSError(-pid, os.strerror(-pid))
        return int(pid)


@lru_cache(MOST_STARTERS)
def _starter(python: str, variables: tuple[tuple[str, str], ...], preload: tuple[str, ...]) -> _Starter:
    return _Starter(python, variables, preload)


def _running(
    python: str, requests: int, modules: Sequence[str], variables: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - the program's own Python
        [python, "-u", str(STARTER), str(requests), *modules],
        env={**os.environ, **variables},
        pass_fds=[requests],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _end(requests: socket.socket, process: subprocess.Popen[bytes]) -> None:
    requests.close()
    process.terminate()  # it may be importing still, and not look up
    process.wait()


def _pipes() -> tuple[list[int], list[int]]:
    """Our ends and the child's of its standard input, output, error, and of what tells that it has ended."""
    stdin, stdout, stderr, end = (os.pipe() for _ in range(4))
    ours = [stdin[1], stdout[0], stderr[0], end[0]]
    return ours, [stdin[0], stdout[1], stderr[1], end[1]]


def _close(files: Sequence[int]) -> None:
    for file in files:
        with contextlib.suppress(OSError):
            os.close(file)
