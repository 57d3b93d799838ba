"""Run a module as a child of the engine: `python lifeline.py <module> [arguments]`.

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
from pathlib import Path


def main() -> None:
    engine = os.dup(0)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    threading.Thread(target=end_with_the_engine, args=[engine], daemon=True).start()
    sys.argv = sys.argv[1:]
    sys.path[0] = str(Path.cwd())  # as `python -m` has it
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


def end_with_the_engine(engine: int) -> None:
    os.read(engine, 1)
    os.kill(os.getpid(), signal.SIGINT)


if __name__ == "__main__":
    main()
