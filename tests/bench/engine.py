"""What the engines themselves cost: resources that do nothing, operation by operation, on either engine.

    python tests/bench/engine.py [--resources 100 400] [--engine local]

Prints wall time, CPU time (user and system, of the command and all that it starts) and peak memory (the
resident sets of all of them together, looked at every 50 ms; Linux only). The `pulumi` CLI takes part where
it is on PATH. The default takes less than a minute.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

TRIVIAL = """
from pulumi import dynamic

class Provider(dynamic.ResourceProvider):
    serialize_as_secret_always = False

    def create(self, props):
        return dynamic.CreateResult(str(props["number"]), props)

    def read(self, id, props):
        return dynamic.ReadResult(id, props, props)

    def __reduce__(self):
        return (Provider, ())

class Trivial(dynamic.Resource):
    def __init__(self, number):
        super().__init__(Provider(), f"trivial-{number}", {"number": number})
"""
PROGRAM = """
import pulumi, trivial
for number in range(pulumi.Config().require_int("resources")):
    trivial.Trivial(number)
"""
OPERATIONS = {
    "up": ("up", "--yes", "--skip-preview"),
    "up, no change": ("up", "--yes", "--skip-preview"),
    "preview, no change": ("preview",),
    "refresh": ("refresh", "--yes", "--skip-preview"),
    "destroy": ("destroy", "--yes", "--skip-preview"),
}
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Cost:
    """What one command took."""

    seconds: float
    cpu: float
    memory: int
    """Bytes."""


def measure(command: list[str], folder: Path) -> Cost:
    """Run a command to its end, which must be a good one."""
    began = time.monotonic()
    with (folder / "output").open("w") as output:
        process = subprocess.Popen(
            command, cwd=folder, env=environment(folder), stdout=output, stderr=subprocess.STDOUT
        )
    peak = 0
    while True:
        pid, status, used = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        peak = max(peak, memory(process.pid))
        time.sleep(0.05)
    seconds = time.monotonic() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{(folder / 'output').read_text()}")
    return Cost(seconds, used.ru_utime + used.ru_stime, peak)


def memory(pid: int) -> int:
    """The resident set of a process and of all that it has started; 0 where nobody tells."""
    try:
        own = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
        children = [
            child
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text().split()
        ]
    except (OSError, IndexError):
        return 0
    return own + sum(memory(int(child)) for child in children)


def environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
        "PULUMI_BACKEND_URL": f"file://{folder}",
        "PULUMI_HOME": str(folder / "home"),
        "PULUMI_CONFIG_PASSPHRASE": "bench",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
    }


def run(engine: str, resources: int) -> dict[str, Cost]:
    """Every operation of one stack."""
    command = [str(Path(sys.executable).parent / "auth0-apis")]
    if engine == "pulumi":
        command = ["pulumi", "--non-interactive"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "Pulumi.yaml").write_text("name: bench\nruntime: python\n")
        (folder / "Pulumi.bench.yaml").write_text(f"config:\n  bench:resources: {resources}\n")
        (folder / "trivial.py").write_text(TRIVIAL)
        (folder / "__main__.py").write_text(PROGRAM)
        if engine == "pulumi":
            measure([*command, "stack", "init", "bench"], folder)
        return {
            operation: measure([*command, *arguments, "--stack", "bench"], folder)
            for operation, arguments in OPERATIONS.items()
        }


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--resources", type=int, nargs="+", default=[50, 200])
    parser.add_argument("--engine", choices=["local", "pulumi"], help="only this one")
    options = parser.parse_args()
    engines = ["local", *(["pulumi"] if shutil.which("pulumi") else [])]
    for resources in options.resources:
        table = Table("operation", "engine", "seconds", "CPU", "MB", title=f"{resources} resources")
        costs = {engine: run(engine, resources) for engine in engines if options.engine in (None, engine)}
        for operation in OPERATIONS:
            for engine, of in costs.items():
                cost = of[operation]
                table.add_row(
                    operation, engine, f"{cost.seconds:.1f}", f"{cost.cpu:.1f}", str(cost.memory >> 20)
                )
        Console().print(table)


if __name__ == "__main__":
    main()
