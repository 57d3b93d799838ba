"""Run a module as a child of the engine: `python lifeline.py <module> [arguments]`.

A call that ends by SystemExit or KeyboardInterrupt ends the process. Its caller would wait for ever: gRPC
answers for an `Exception` alone (`_call_behavior` in grpc/_server.py), and so does the SDK around a
provider's methods (`_abort_with_traceback` in pulumi/dynamic/__main__.py). A process that is gone the engine
notices.

The engine holds the other end of standard input. When that closes, the engine is gone, however it went; then
this process ends like at an interrupt, after the calls that it is carrying out. This file is started by its
name in the Python of the program, and imports the standard library alone.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
import threading
from collections.abc import Callable
from concurrent import futures
from pathlib import Path
from typing import Any


def main() -> None:
    engine = os.dup(0)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    threading.Thread(target=end_with_the_engine, args=[engine], daemon=True).start()
    futures.ThreadPoolExecutor = Calls  # type: ignore[misc]
    sys.argv = sys.argv[1:]
    sys.path[0] = str(Path.cwd())  # as `python -m` has it
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


class Calls(futures.ThreadPoolExecutor):
    """The threads in which the SDK's gRPC server answers calls."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> futures.Future[Any]:
        return super().submit(ending_the_process, fn, *args, **kwargs)


def ending_the_process(call: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    try:
        return call(*args, **kwargs)
    except Exception:
        raise
    except BaseException as error:
        print(
            f"{type(error).__name__} was raised in a call of the engine, which ends it.",
            file=sys.stderr,
            flush=True,
        )
        os._exit(1)


def end_with_the_engine(engine: int) -> None:
    os.read(engine, 1)
    os.kill(os.getpid(), signal.SIGINT)


if __name__ == "__main__":
    main()
