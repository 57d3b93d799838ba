"""What a whole tenant costs: calls, seconds and how both grow, operation by operation.

    python tests/bench/run.py [--apis 10] [--permissions 20] [--grants 20] [--latency 0.05] [--plan free]

Runs one program through every operation, on the `pulumi` CLI where it is on PATH and `--engine` does not say
otherwise, and on the local engine. Prints a table, and writes `bench.json` and `bench.svg` into `--out`.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pygal
from rich.console import Console
from rich.table import Table

from pulumi_auth0_apis.emulator import Sandbox

PROGRAM = Path(__file__).parent / "program"
THREADS = 4
PAGE = 100


@dataclass(frozen=True)
class Size:
    """How much a stack holds: each API has so many permissions and grants."""

    apis: int
    permissions: int
    grants: int

    @property
    def floors(self) -> dict[str, int]:
        """The fewest calls: one an object, one for four permissions, one for a hundred objects read."""
        objects = self.apis * (1 + self.grants)
        batches = self.apis * -(-self.permissions // THREADS)
        pages = -(-self.apis // PAGE) + -(-self.apis * self.grants // PAGE)
        written = objects + batches
        return {"create": written, "preview": 0, "nothing": 0, "refresh": pages, "destroy": written}


COMMANDS = {
    "create": ["up", "--yes"],
    "preview": ["preview"],
    "nothing": ["up", "--yes"],
    "refresh": ["refresh", "--yes", "--skip-preview"],
    "destroy": ["destroy", "--yes"],
}


@dataclass(frozen=True)
class Bench:
    """One stack on one tenant, run by one engine."""

    engine: str
    sandbox: Sandbox
    folder: Path
    size: Size

    def prepare(self) -> None:
        """The applications that grants need, and the stack's configuration."""
        token = {"authorization": f"Bearer {self.sandbox.api_token}"}
        body = {"app_type": "non_interactive", "name": "bench"}
        url = f"{self.sandbox.domain}/api/v2/clients"
        clients = [
            httpx.post(url, json=body, headers=token).raise_for_status().json()["client_id"]
            for _ in range(self.size.grants)
        ]
        config = {
            "bench:apis": str(self.size.apis),
            "bench:permissions": str(self.size.permissions),
            "bench:clients": ",".join(clients),
        }
        if self.engine == "pulumi":
            self._run("stack", "init", "bench")
        (self.folder / "Pulumi.bench.yaml").write_text(json.dumps({"config": config}))

    def measure(self, operation: str) -> dict[str, Any]:
        """Run the operation: its calls by route, and its seconds."""
        requests = f"{self.sandbox.domain}/_sandbox/requests"
        httpx.delete(requests).raise_for_status()
        started = time.monotonic()
        self._run(*COMMANDS[operation], "--stack", "bench")
        seconds = time.monotonic() - started
        routes = {r: n for r, n in httpx.get(requests).json()["routes"].items() if "/oauth/token" not in r}
        floor = self.size.floors[operation]
        return {"calls": sum(routes.values()), "floor": floor, "seconds": round(seconds, 1), "routes": routes}

    def _run(self, *arguments: str) -> None:
        command = [shutil.which("pulumi") or "pulumi", "--non-interactive"]
        if self.engine == "local":
            command = [str(Path(sys.executable).parent / "auth0-apis")]
        done = subprocess.run(
            [*command, *arguments], cwd=self.folder, env=self._environment(), capture_output=True, text=True
        )
        if done.returncode:
            sys.exit(
                f"`{' '.join(arguments)}` on the {self.engine} engine failed:\n{done.stdout}{done.stderr}"
            )

    def _environment(self) -> Mapping[str, str]:
        return {
            **os.environ,
            **self.sandbox.environment,
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
            "PULUMI_BACKEND_URL": f"file://{self.folder}",
            "PULUMI_CONFIG_PASSPHRASE": "bench",
            "PULUMI_SKIP_UPDATE_CHECK": "true",
        }


def run(engine: str, size: Size, latency: float, plan: str | None) -> dict[str, Any]:
    """Every operation of one stack on a fresh tenant."""
    with Sandbox(latency=latency, plan=plan) as sandbox, tempfile.TemporaryDirectory() as folder:
        shutil.copytree(PROGRAM, folder, dirs_exist_ok=True)
        bench = Bench(engine, sandbox, Path(folder), size)
        bench.prepare()
        return {operation: bench.measure(operation) for operation in COMMANDS}


def show(engine: str, size: Size, operations: dict[str, Any]) -> None:
    """Print the table of one engine."""
    title = f"{size.apis} APIs x ({size.permissions} permissions + {size.grants} grants), {engine} engine"
    table = Table("operation", "calls", "floor", "seconds", title=title)
    for name, cost in operations.items():
        table.add_row(name, str(cost["calls"]), str(cost["floor"]), str(cost["seconds"]))
    Console().print(table)


def plot(operations: dict[str, Any], path: Path) -> None:
    """Draw calls beside the floor."""
    chart = pygal.Bar(title="Management API calls", x_labels=list(operations), js=[])
    for name in ("calls", "floor"):
        chart.add(name, [cost[name] for cost in operations.values()])
    chart.render_to_file(str(path))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    for name, default in (("apis", 10), ("permissions", 20), ("grants", 20)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--latency", type=float, default=0.05, help="seconds a call")
    parser.add_argument("--plan", help="the tenant's rate limit, such as free")
    parser.add_argument("--engine", choices=["local", "pulumi"], help="one engine alone")
    parser.add_argument("--out", type=Path, default=Path())
    asked = parser.parse_args()
    size = Size(asked.apis, asked.permissions, asked.grants)
    engines = [asked.engine] if asked.engine else ["local", *(["pulumi"] if shutil.which("pulumi") else [])]
    results = {engine: run(engine, size, asked.latency, asked.plan) for engine in engines}
    for engine, operations in results.items():
        show(engine, size, operations)
    document = {"operations": results[engines[0]], "engines": results}
    (asked.out / "bench.json").write_text(json.dumps(document, indent=2) + "\n")
    plot(results[engines[0]], asked.out / "bench.svg")


if __name__ == "__main__":
    main()
