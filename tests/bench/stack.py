"""One stack on one tenant, run through every operation by one engine: calls, seconds, memory."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import httpx
import psutil

from pulumi_auth0_apis.emulator import Sandbox

Engine = Literal["local", "pulumi"]

PROGRAM = Path(__file__).parent / "program"
THREADS = 4
PAGE = 100
LOOK_EVERY_SECONDS = 0.05

COMMANDS = {
    "create": ["up", "--yes", "--skip-preview"],
    "preview": ["preview"],
    "nothing changed": ["up", "--yes"],
    "refresh": ["refresh", "--yes", "--skip-preview"],
    "destroy": ["destroy", "--yes", "--skip-preview"],
}


@dataclass(frozen=True)
class Size:
    """How much a stack holds: each API has so many permissions and grants."""

    apis: int
    permissions: int
    grants: int

    @property
    def resources(self) -> int:
        return self.apis * (1 + self.permissions + self.grants)

    @property
    def floors(self) -> dict[str, int]:
        """The fewest calls: one an object, one for four permissions, one for a hundred objects read.

        A tenant has one API and one grant more than the stack: the Management API, and our own access to it.
        """
        written = self.apis * (1 + self.grants + _pages(self.permissions, THREADS))
        read = _pages(self.apis + 1, PAGE) + _pages(self.apis * self.grants + 1, PAGE)
        return {"create": written, "preview": 0, "nothing changed": 0, "refresh": read, "destroy": written}

    def __str__(self) -> str:
        return f"{self.apis} APIs x ({self.permissions} permissions + {self.grants} grants)"


def _pages(objects: int, size: int) -> int:
    return -(-objects // size)


@dataclass(frozen=True)
class Stack:
    """The stack, the engine that runs it, and the tenant that it is for."""

    engine: Engine
    sandbox: Sandbox
    folder: Path
    size: Size

    def prepare(self) -> None:
        """The applications that grants need, and the stack's configuration."""
        clients = self.sandbox.tenant.clients
        body = {"app_type": "non_interactive", "name": "bench"}
        made = [clients.create(dict(body))["client_id"] for _ in range(self.size.grants)]
        config = {
            "bench:apis": str(self.size.apis),
            "bench:permissions": str(self.size.permissions),
            "bench:clients": ",".join(made),
        }
        if self.engine == "pulumi":
            self._run("stack", "init", "bench")
        (self.folder / "Pulumi.bench.yaml").write_text(json.dumps({"config": config}))

    def measure(self, operation: str) -> dict[str, Any]:
        """Run the operation: its calls by route, those refused, its seconds, the provider's peak memory."""
        requests = f"{self.sandbox.domain}/_sandbox/requests"
        httpx.delete(requests).raise_for_status()
        started = time.monotonic()
        with _provider_watched() as watch:
            self._run(*COMMANDS[operation], "--stack", "bench")
        seconds = time.monotonic() - started
        counted = httpx.get(requests).json()
        routes = {route: n for route, n in counted["routes"].items() if "/oauth/token" not in route}
        return {
            "calls": sum(routes.values()),
            "floor": self.size.floors[operation],
            "refused": counted["statuses"].get("429", 0),
            "tokens": counted["total"] - sum(routes.values()),
            "seconds": round(seconds, 1),
            "provider_mb": round(watch.peak_bytes / 2**20),
            "routes": routes,
        }

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


@dataclass
class _Watch:
    """The most memory that a provider process of ours has held."""

    peak_bytes: int = 0
    ended: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        while not self.ended.wait(LOOK_EVERY_SECONDS):
            for process in psutil.Process().children(recursive=True):
                self._look(process)

    def _look(self, process: psutil.Process) -> None:
        try:
            if "pulumi.dynamic" in process.cmdline():
                self.peak_bytes = max(self.peak_bytes, process.memory_info().rss)
        except psutil.Error:  # it ended while we looked
            pass


@contextmanager
def _provider_watched() -> Iterator[_Watch]:
    watch = _Watch()
    thread = threading.Thread(target=watch.run)
    thread.start()
    try:
        yield watch
    finally:
        watch.ended.set()
        thread.join()


def run(engine: Engine, size: Size, latency: float = 0.0, plan: str | None = None) -> dict[str, Any]:
    """Every operation of one stack on a fresh tenant."""
    with Sandbox(latency=latency, plan=plan) as sandbox, tempfile.TemporaryDirectory() as folder:
        shutil.copytree(PROGRAM, folder, dirs_exist_ok=True)
        stack = Stack(engine, sandbox, Path(folder), size)
        stack.prepare()
        return {operation: stack.measure(operation) for operation in COMMANDS}
