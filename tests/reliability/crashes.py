"""A run is killed at a random moment, and the next one goes on.

The engine, a provider or the program gets SIGINT, SIGTERM or SIGKILL when the tenant has answered so many
calls. Then the same command is run again: with AUTH0_ADOPT=equal where the message says so.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from pulumi_auth0_apis.emulator import Sandbox

from ..faults.playing import TWELVE
from ..model.source import source
from ..model.witness import TenantModel
from .figures import Asked, Figures, Part

VICTIMS = {
    "engine": (),
    "provider": ("dynamic provide", "pulumi.dynamic"),
    "program": ("program", "language-python-exec"),
}
"""By their names on the local engine, and what is in their command lines on the CLI; the engine is the one
that we have started."""
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)
LATENCY = 0.02
MOST_RUNS = 4
COMMANDS = {"local": ("auth0-apis",), "pulumi": ("pulumi", "--non-interactive")}
HEAD = """## Crashes

The same twelve resources are made, and after a random number of calls the engine, a provider or the program
gets SIGINT, SIGTERM or SIGKILL. Then the command is run again, until tenant and program are the same and a
preview has nothing to do:
"""
EMPTY_FILE = """
`pulumi` keeps a state in a folder as two files. Killed while it writes the second, it leaves an empty
`.pulumi/stacks/<project>/<stack>.json.attrs` and ends every later command with "failed to load checkpoint:
EOF". The state itself is whole: remove the empty file, and run again."""


class Mended(StrEnum):
    """What it took after a crash."""

    NEXT_RUN = "mended by the next run"
    EQUAL = "by AUTH0_ADOPT=equal, which the run asks for"
    MORE_RUNS = "by more runs"
    EMPTY_FILE = "by removing an empty file of the CLI's"
    NOT = "not"


@dataclass(frozen=True)
class Crash:
    """Who gets which signal after how many calls."""

    victim: str
    number: signal.Signals
    calls: int

    def __str__(self) -> str:
        return f"{self.number.name} to the {self.victim} after {self.calls} calls"


class Stack:
    """A project in a folder, and a command that runs it."""

    def __init__(self, folder: Path, sandbox: Sandbox, engine: str) -> None:
        self.folder, self.sandbox, self.engine = folder, sandbox, engine
        (folder / "Pulumi.yaml").write_text("name: model\nruntime: python\n")
        (folder / "Pulumi.one.yaml").write_text("config: {}\n")
        (folder / "__main__.py").write_text(source(TWELVE, "one"))
        self._environment = {
            **os.environ,
            **sandbox.environment,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "PULUMI_BACKEND_URL": folder.as_uri(),
            "PULUMI_HOME": str(folder / "home"),
            "PULUMI_CONFIG_PASSPHRASE": "test",
            "PULUMI_SKIP_UPDATE_CHECK": "true",
        }
        if engine == "pulumi":
            self.run("stack", "init", "one")

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*COMMANDS[self.engine], *arguments],
            cwd=self.folder,
            env={**self._environment, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def without_empty_file(self) -> bool:
        """Remove what an interrupted write of the CLI's file backend has left beside the state."""
        empty = [each for each in self.folder.rglob("*.json.attrs") if each.stat().st_size == 0]
        for each in empty:
            each.unlink()
        return bool(empty)

    def clear(self) -> None:
        """End what a killed engine has left running: the CLI's providers do not notice."""
        for process in psutil.process_iter(["cwd"]):
            if process.info["cwd"] == str(self.folder):
                process.kill()

    def run(self, *arguments: str, **environment: str) -> tuple[int, str]:
        with self.start(*arguments, **environment) as process:
            told, _ = process.communicate(timeout=120)
        return process.returncode, told


def measure(asked: Asked, before: Figures) -> Figures:
    """Crash so many runs on each engine; says every crash, and what was needed afterwards."""
    played = {engine: _ended(engine, asked) for engine in asked.engines if engine in COMMANDS}
    return {engine: played.get(engine, before.get(engine, {})) for engine in COMMANDS}


def _ended(engine: str, asked: Asked) -> Counter[str]:
    chance, ended = random.Random(asked.seed), Counter[str]()
    print(f"crashes on {engine}, seed {asked.seed}", flush=True)
    for number in range(asked.runs):
        crash = Crash(chance.choice(list(VICTIMS)), chance.choice(SIGNALS), chance.randrange(1, 12))
        with TemporaryDirectory() as folder, Sandbox(latency=LATENCY) as sandbox:
            stack = Stack(Path(folder), sandbox, engine)
            came_to = crashed(stack, crash)
            stack.clear()
        ended[came_to] += 1
        print(f"{number + 1}: {crash}: {came_to}", flush=True)
    return ended


def crashed(stack: Stack, crash: Crash) -> Mended:
    """What it takes after a crash until the tenant is as the program says, and a preview says so."""
    tenant = TenantModel(stack.sandbox.tenant)
    first = stack.start("up", "--yes", "--skip-preview", "--stack", "one")
    strike(stack, first, crash)
    first.communicate(timeout=120)
    environment: dict[str, str] = {}
    emptied = False
    for runs in range(1, MOST_RUNS):
        code, told = stack.run("up", "--yes", "--skip-preview", "--stack", "one", **environment)
        if code == 0 and lacks(stack, tenant):
            return Mended.NOT
        if code == 0 and emptied:
            return Mended.EMPTY_FILE
        if code == 0:
            by_one = Mended.EQUAL if environment else Mended.NEXT_RUN
            return by_one if runs == 1 + bool(environment) else Mended.MORE_RUNS
        if "pulumi cancel" in told:  # the CLI's own lock, of a CLI that was killed
            stack.run("cancel", "--yes", "--stack", "one")
        elif "AUTH0_ADOPT=equal" in told:
            environment["AUTH0_ADOPT"] = "equal"
        elif "failed to load checkpoint: EOF" in told and stack.without_empty_file():
            emptied = True
        else:
            print(told)
    return Mended.NOT


def strike(stack: Stack, process: subprocess.Popen[str], crash: Crash) -> None:
    """Send the signal once the tenant has answered so many calls, or the run has ended."""
    while process.poll() is None and stack.sandbox.calls.total() <= crash.calls:
        time.sleep(0.002)
    for victim in _victims(process, VICTIMS[crash.victim]):
        try:
            victim.send_signal(crash.number)
        except psutil.NoSuchProcess:
            continue


def _victims(process: subprocess.Popen[str], signs: tuple[str, ...]) -> list[psutil.Process]:
    try:
        engine = psutil.Process(process.pid)
        if not signs:
            return [engine]
        children = engine.children(recursive=True)
        return [each for each in children if _is_one(each, *signs)]
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return []


def _is_one(process: psutil.Process, name: str, command: str) -> bool:
    return process.name() == name or command in " ".join(process.cmdline())


def lacks(stack: Stack, tenant: TenantModel) -> bool:
    """Whether tenant and program differ, or a preview has something to do."""
    code, told = stack.run("preview", "--expect-no-changes", "--stack", "one")
    wrong = code != 0 or set(tenant.objects) != set(TWELVE.keys)
    if wrong:
        print(told, sorted(set(tenant.objects) ^ set(TWELVE.keys)))
    return wrong


def lines(figures: Figures) -> Iterator[str]:
    """A row for each engine."""
    if not any(figures.values()):
        return
    yield HEAD
    yield f"| | {' | '.join(Mended)} |"
    yield "|---" * (len(Mended) + 1) + "|"
    for engine, ended in figures.items():
        if ended:
            told = " | ".join(str(ended.get(each, 0)) for each in Mended)
            yield f"| `{COMMANDS[engine][0]}`, {sum(ended.values())} crashes | {told} |"
    if any(ended.get(Mended.EMPTY_FILE) for ended in figures.values()):
        yield EMPTY_FILE
    yield ""


PART = Part(measure, lines)
