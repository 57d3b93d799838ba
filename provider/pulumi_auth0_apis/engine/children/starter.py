"""Start the engine's children: `python -u starter.py <socket> [modules]`.

Importing Pulumi's SDK takes a Python half a second, more than most programs and providers need for their
work. This process does so once and forks itself for each child, on Linux; where forking is not safe (macOS's
own libraries do not stand it) and while a module that was imported runs threads, a child is started anew.

A request is the length of a JSON document and four file descriptors (standard input, output, error, and where
to tell the exit code), then the document: `argv`, `cwd`, `environment`. The answer is the child's pid, or an
error number below zero. When the socket closes, the engine is gone, and so is this process.

Started by its file name in the Python of the program; imports the standard library, and what it is told.
"""

from __future__ import annotations

import atexit
import contextlib
import errno
import gc
import importlib
import io
import json
import os
import runpy
import selectors
import signal
import socket
import struct
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

SIZE = struct.Struct("!I")
PID = struct.Struct("!i")
TASKS = Path("/proc/self/task")
"""The threads of this process; there is such a folder on Linux alone."""
LONGEST_NAME = 15
BUFFERED = (io.TextIOBase, io.BufferedIOBase)


@dataclass(frozen=True)
class Job:
    """A child to be started."""

    argv: list[str]
    cwd: str
    environment: dict[str, str]
    name: str
    files: tuple[int, int, int, int]


class Starter:
    """Takes requests, starts children and tells how they ended."""

    def __init__(self, requests: socket.socket) -> None:
        self._requests = requests
        self._ends: dict[int, int] = {}
        self._woken, self._wakes = socket.socketpair()
        self._selector = selectors.DefaultSelector()

    def serve(self) -> Job | None:
        """Start what is asked for until the engine is gone; the job in a child that was forked for it."""
        self._wakes.setblocking(False)
        signal.set_wakeup_fd(self._wakes.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for file in (self._requests, self._woken):
            self._selector.register(file, selectors.EVENT_READ)
        while True:
            ready = {key.fileobj for key, _ in self._selector.select()}
            if self._woken in ready:
                self._woken.recv(4096)
                self._tell_ends()
            if self._requests in ready:
                if (job := received(self._requests)) is None:
                    return None
                if not self._start(job):
                    return job

    def _start(self, job: Job) -> bool:
        """Start a child and answer with its pid; False in the child."""
        *standard, end = job.files
        try:
            os.chdir(job.cwd)
            pid = self._forked(job) if can_fork() else spawned(job)
        except OSError as error:
            self._requests.sendall(PID.pack(-(error.errno or errno.EIO)))
            os.close(end)
        else:
            if pid == 0:
                return False
            self._ends[pid] = end
            self._requests.sendall(PID.pack(pid))
        for file in standard:
            os.close(file)
        return True

    def _forked(self, job: Job) -> int:
        """The pid of a child that leads a session of its own by now; 0 in it."""
        ready, is_ready = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(ready)
            os.setsid()
            self._leave()
            take_on(job)
        os.close(is_ready)
        if pid:
            os.read(ready, 1)
            os.close(ready)
        return pid

    def _leave(self) -> None:
        """In a child: let go of what belongs to this process."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self._selector.close()
        for file in (self._requests, self._woken, self._wakes):
            file.close()
        for end in self._ends.values():
            os.close(end)

    def _tell_ends(self) -> None:
        with contextlib.suppress(ChildProcessError):
            while True:
                pid, status = os.waitpid(-1, os.WNOHANG)
                if pid == 0:
                    return
                end = self._ends.pop(pid)
                with contextlib.suppress(BrokenPipeError):  # nobody asks any more
                    os.write(end, str(os.waitstatus_to_exitcode(status)).encode())
                os.close(end)


def received(requests: socket.socket) -> Job | None:
    """The next request; None where the engine is gone."""
    header, files, _, _ = socket.recv_fds(requests, SIZE.size, 4)
    if len(header) < SIZE.size:
        return None
    with requests.makefile("rb") as stream:
        document = stream.read(SIZE.unpack(header)[0])
    stdin, stdout, stderr, end = files
    return Job(**json.loads(document), files=(stdin, stdout, stderr, end))


def can_fork() -> bool:
    """Whether this is Linux, and nothing here runs threads, which a forked child would miss."""
    return TASKS.is_dir() and len(list(TASKS.iterdir())) == 1


def spawned(job: Job) -> int:
    stdin, stdout, stderr, _ = job.files
    child = subprocess.Popen(  # noqa: S603 - what the engine asks for
        [sys.executable, "-u", "-B", *job.argv],
        env=job.environment,
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        start_new_session=True,
    )
    child.returncode = 0  # waited for here, not by the object
    return child.pid


def take_on(job: Job) -> None:
    """In a forked child: become what was asked for, as far as a new Python would be."""
    for number, file in enumerate(job.files[:3]):
        os.dup2(file, number)
    for file in job.files:
        os.close(file)
    os.environ.clear()
    os.environ.update(job.environment)
    sys.argv = job.argv
    # Compiled files are dated to the second: what is changed and run again within one would run as it was.
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(Path(job.argv[0]).parent))
    with contextlib.suppress(OSError):
        Path("/proc/self/comm").write_text(job.name[:LONGEST_NAME])


def warm_up(modules: list[str]) -> None:
    """Import what the children will; what is not there, or fails, they will tell of themselves."""
    for module in modules:
        with contextlib.suppress(Exception):
            importlib.import_module(module)
    gc.collect()
    gc.freeze()  # so that children share the memory of what is there


def main() -> None:
    codes: list[int] = []
    atexit.register(leave, codes)  # first, and so called last: what is imported may have things to do as well
    requests = socket.socket(fileno=int(sys.argv[1]))
    del sys.path[0]  # this file's folder, in which nothing that is imported should be found
    if can_fork():
        warm_up(sys.argv[2:])
    if (job := Starter(requests).serve()) is not None:
        run(job.argv[0], codes)


def run(script: str, codes: list[int]) -> None:
    """Run the script of a forked child. One that ends well leaves its code, to `leave` with."""
    try:
        runpy.run_path(script, run_name="__main__")
        codes.append(0)
    except SystemExit as left:
        if left.code is None or isinstance(left.code, int):
            codes.append(left.code or 0)
        raise


def leave(codes: list[int]) -> None:
    """End a process that has left its code. Threads have been waited for by now, and all else done at exit.

    Python would free every object that the children share, each of which is copied first: 50 ms. Nothing of
    it would be seen outside but that files are closed, which may have something to write yet.
    """
    if not codes:
        return
    files = (each for each in gc.get_objects() if issubclass(type(each), BUFFERED))  # none of those shared
    for file in sorted(files, key=is_written_to):
        with contextlib.suppress(Exception):
            file.close()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):
            stream.flush()
    os._exit(codes[0])


def is_written_to(file: io.IOBase) -> tuple[bool, bool]:
    """How far down a file is where files write into one another: text, what packs it, the buffer."""
    return isinstance(file, io.BufferedWriter | io.BufferedRandom), not isinstance(file, io.TextIOBase)


if __name__ == "__main__":
    main()
