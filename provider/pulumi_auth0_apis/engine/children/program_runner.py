"""Run a Pulumi program, the way `pulumi up` runs it. Started by file name in the program's own Python.

The request is the first line of standard input, one JSON document. Nothing but the Pulumi SDK is imported,
because the Python of the program need not have anything else.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import gc
import json
import logging
import os
import runpy
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

import pulumi
import pulumi.runtime
from pulumi.runtime.proto import engine_pb2

MANY_OBJECTS = 100_000
"""How many new objects are worth a look for garbage: what a program declares stays to its end."""

SHOWED_A_MESSAGE = 32
"""Exit code of a program whose error is already told, the same as Pulumi's own language host uses."""

GIVEN_UP = "Resource monitor has terminated, shutting down"
"""The SDK's error where the engine goes no further. The engine has told why."""


def main() -> int:
    request: dict[str, Any] = json.loads(sys.stdin.readline())
    engine = os.dup(0)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    threading.Thread(target=end_with_the_engine, args=[engine], daemon=True).start()
    gc.set_threshold(MANY_OBJECTS)
    configure(request)
    os.chdir(request["directory"])
    sys.path[0] = str(
        Path.cwd()
    )  # not this file's folder, whose modules would hide some of the standard library
    entry: str = request["entry"]
    sys.argv = [entry]
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)  # a failed program leaves its futures unobserved
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    executor = concurrent.futures.ThreadPoolExecutor(max_workers=4 * request["parallel"])
    loop.set_default_executor(executor)
    try:
        loop.run_until_complete(pulumi.runtime.run_in_stack(lambda: begin(entry)))
    except pulumi.RunError as error:
        if str(error) == GIVEN_UP:
            return SHOWED_A_MESSAGE
        pulumi.log.error(str(error))
        return 1
    except Exception as error:  # anything a program raises is told the user as a diagnostic
        pulumi.log.error("Program failed with an unhandled exception:\n" + traceback_of(error, entry))
        return SHOWED_A_MESSAGE
    finally:
        executor.shutdown(wait=True)
        loop.close()
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


def end_with_the_engine(engine: int) -> None:
    """The engine holds the other end of standard input; when that closes, nobody listens any more."""
    os.read(engine, 1)
    os._exit(1)


def configure(request: dict[str, Any]) -> None:
    """Hand the SDK its settings and config; the variables are for what reads them by itself."""
    os.environ["PULUMI_CONFIG"] = json.dumps(request["config"])
    os.environ["PULUMI_CONFIG_SECRET_KEYS"] = json.dumps(request["secret_keys"])
    pulumi.runtime.set_all_config(request["config"], request["secret_keys"])
    settings = pulumi.runtime.Settings(**request["settings"])
    settings.engine.Log = without_debug(settings.engine.Log)
    pulumi.runtime.configure(settings)


def without_debug(log: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The engine drops debug messages; the SDK has four for each resource, and waits for each to arrive."""
    return lambda message: None if message.severity == engine_pb2.DEBUG else log(message)


async def begin(entry: str) -> None:
    """Run the program, and let the registrations that it has scheduled take their first step.

    The SDK then waits for them one by one. Were none under way yet, it would wait for every output of every
    resource at once, again and again: more than ten times the CPU time for 3,000 resources.
    """
    execute(entry)
    await asyncio.sleep(0)


def execute(entry: str) -> None:
    if Path(entry).is_dir() and not Path(entry, "__main__.py").is_file():
        raise pulumi.RunError(
            f"unable to find main python program `__main__.py` in `{Path(entry).resolve()}`"
        )
    runpy.run_path(entry, run_name="__main__")


def traceback_of(error: Exception, entry: str) -> str:
    """The traceback from the user's own first line on; ours and the SDK's above it would not help."""
    start = error.__traceback__
    while start is not None and not is_program(start, entry):
        start = start.tb_next
    return "".join(traceback.format_exception(type(error), error, start or error.__traceback__))


def is_program(frame: TracebackType, entry: str) -> bool:
    program = Path(entry)
    if not program.suffix:
        program /= "__main__.py"
    return Path(frame.tb_frame.f_code.co_filename).resolve() == program.resolve()


if __name__ == "__main__":
    sys.exit(main())
