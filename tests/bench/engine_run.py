"""One command of an engine, run to its end: what it took."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import psutil

Engine = Literal["local", "pulumi"]

NAME, MODULES = "dynamic provide", (["-m", "pulumi.dynamic"], ["-m", "pulumi_auth0_apis.plugin"])
"""The name of a process that runs dynamic resources on the local engine, whose children all have the command
line of what they are forked from; and what is in a provider's command line on the CLI."""
LOOK_EVERY_SECONDS = 0.05
MEGABYTE = 1 << 20


@dataclass
class Cost:
    """What one command took, with all the processes that it started."""

    seconds: float = 0.0
    cpu_seconds: float = 0.0
    """User and system."""
    peak_mb: int = 0
    """The most that all processes held together, as seen every 50 ms."""
    provider_mb: int = 0
    """The most that the process of the resources' provider held."""
    engine_mb: int = 0
    """The most that the command's own process held."""

    def look(self, process: psutil.Process) -> None:
        """Take in what the processes hold now."""
        total = 0
        for each in [process, *process.children(recursive=True)]:
            try:
                held = each.memory_info().rss // MEGABYTE
                if _is_provider(each):
                    self.provider_mb = max(self.provider_mb, held)
                elif each == process:
                    self.engine_mb = max(self.engine_mb, held)
            except psutil.Error:  # it ended while we looked
                continue
            total += held
        self.peak_mb = max(self.peak_mb, total)


def _is_provider(process: psutil.Process) -> bool:
    command = process.cmdline()
    return process.name() == NAME or any(command[at : at + 2] in MODULES for at in range(len(command)))


def run(engine: Engine, arguments: list[str], folder: Path, more: Mapping[str, str] | None = None) -> Cost:
    """Run a command in a project's folder, which is its backend too. One that fails ends the bench."""
    command = [str(Path(sys.executable).parent / "auth0-apis")]
    if engine == "pulumi":
        command = ["pulumi", "--non-interactive"]
    cost, before, began = Cost(), _cpu(), time.monotonic()
    with (folder / "output").open("w+") as output:
        running = subprocess.Popen(
            [*command, *arguments],
            cwd=folder,
            env=_environment(folder, more or {}),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        while running.poll() is None:
            try:
                cost.look(psutil.Process(running.pid))
            except psutil.Error:
                continue
            time.sleep(LOOK_EVERY_SECONDS)
        if running.returncode:
            output.seek(0)
            sys.exit(f"`{' '.join(arguments)}` on the {engine} engine failed:\n{output.read()}")
    cost.seconds, cost.cpu_seconds = time.monotonic() - began, _cpu() - before
    return cost


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _environment(folder: Path, more: Mapping[str, str]) -> dict[str, str]:
    return {
        **os.environ,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
        "PULUMI_BACKEND_URL": f"file://{folder}",
        "PULUMI_HOME": str(folder / "home"),
        "PULUMI_CONFIG_PASSPHRASE": "bench",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        **more,
    }
