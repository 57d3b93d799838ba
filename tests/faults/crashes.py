"""`make crashes`: a run is killed at a random moment, and the next one goes on.

The engine, a provider or the program gets SIGINT, SIGTERM or SIGKILL when the tenant has answered so many
calls. Then the same command is run again: with AUTH0_ADOPT=equal where the message says so.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from pulumi_auth0_apis.emulator import Sandbox

from ..model.source import source
from ..model.witness import TenantModel
from .playing import TWELVE

VICTIMS = {
    "engine": (),
    "provider": ("pulumi.dynamic",),
    "program": ("program_runner", "language-python-exec"),
}
"""By a part of their command lines; the engine is the one that we have started."""
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)
LATENCY = 0.02
MOST_RUNS = 4


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
        command = ["pulumi", "--non-interactive"] if self.engine == "pulumi" else ["auth0-apis"]
        return subprocess.Popen(
            [*command, *arguments],
            cwd=self.folder,
            env={**self._environment, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def run(self, *arguments: str, **environment: str) -> tuple[int, str]:
        with self.start(*arguments, **environment) as process:
            told, _ = process.communicate(timeout=120)
        return process.returncode, told


def main() -> int:
    """Crash so many runs; says what was needed afterwards, and every crash that nothing mended."""
    parser = argparse.ArgumentParser(prog="make crashes")
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--engine", choices=["local", "pulumi"], default="local")
    options = parser.parse_args()
    if options.engine == "pulumi" and shutil.which("pulumi") is None:
        sys.exit("There is no `pulumi` command on PATH.")
    chance, ended = random.Random(options.seed), Counter[str]()
    for number in range(options.runs):
        crash = Crash(chance.choice(list(VICTIMS)), chance.choice(SIGNALS), chance.randrange(1, 12))
        with TemporaryDirectory() as folder, Sandbox(latency=LATENCY) as sandbox:
            came_to = crashed(Stack(Path(folder), sandbox, options.engine), crash)
        ended[came_to] += 1
        print(f"{number + 1}: {crash}: {came_to}", flush=True)
    print(f"seed {options.seed}: {dict(ended)}")
    return 1 if ended["not mended"] else 0


def crashed(stack: Stack, crash: Crash) -> str:
    """What it takes after a crash until the tenant is as the program says, and a preview says so."""
    tenant = TenantModel(stack.sandbox.tenant)
    first = stack.start("up", "--yes", "--skip-preview", "--stack", "one")
    strike(stack, first, crash)
    first.communicate(timeout=120)
    environment: dict[str, str] = {}
    for runs in range(1, MOST_RUNS):
        code, told = stack.run("up", "--yes", "--skip-preview", "--stack", "one", **environment)
        if code == 0:
            return "not mended" if lacks(stack, tenant) else _came_to(runs, environment)
        if "pulumi cancel" in told:  # the CLI's own lock, of a CLI that was killed
            stack.run("cancel", "--yes", "--stack", "one")
        elif "AUTH0_ADOPT=equal" in told:
            environment["AUTH0_ADOPT"] = "equal"
        else:
            print(told)
    return "not mended"


def _came_to(runs: int, environment: dict[str, str]) -> str:
    step = ", with AUTH0_ADOPT=equal" if environment else ""
    return (
        f"mended by the next run{step}" if runs == 1 + bool(environment) else f"mended by {runs} runs{step}"
    )


def strike(stack: Stack, process: subprocess.Popen[str], crash: Crash) -> None:
    """Send the signal once the tenant has answered so many calls, or the run has ended."""
    while process.poll() is None and stack.sandbox.calls.total() <= crash.calls:
        time.sleep(0.002)
    for victim in _victims(process, VICTIMS[crash.victim]):
        try:
            victim.send_signal(crash.number)
        except psutil.NoSuchProcess:
            continue


def _victims(process: subprocess.Popen[str], signs: Sequence[str]) -> list[psutil.Process]:
    try:
        engine = psutil.Process(process.pid)
        if not signs:
            return [engine]
        children = engine.children(recursive=True)
        return [each for each in children if any(sign in " ".join(each.cmdline()) for sign in signs)]
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return []


def lacks(stack: Stack, tenant: TenantModel) -> bool:
    """Whether tenant and program differ, or a preview has something to do."""
    code, told = stack.run("preview", "--expect-no-changes", "--stack", "one")
    wrong = code != 0 or set(tenant.objects) != set(TWELVE.keys)
    if wrong:
        print(told, sorted(set(tenant.objects) ^ set(TWELVE.keys)))
    return wrong


if __name__ == "__main__":
    sys.exit(main())
