"""One stack on one tenant, run through every operation by one engine: calls, seconds, memory."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from pulumi_auth0_apis.emulator import Sandbox
from tests.bench import engine_run
from tests.bench.engine_run import Engine

PROGRAM = Path(__file__).parent / "tenant"
THREADS = 4
PAGE = 100

COMMANDS = {
    "create": ["up", "--yes", "--skip-preview"],
    "preview": ["preview"],
    "nothing changed": ["up", "--yes", "--skip-preview"],
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

    def floors(self, together: int) -> dict[str, int]:
        """The fewest calls: one an object, one for what permissions come together, one for a hundred read.

        A tenant has one API and one grant more than the stack: the Management API, and our own access to it.
        Permissions go with their API.
        """
        objects = self.apis * (1 + self.grants)
        created = objects + self.apis * _pages(self.permissions, together)
        read = _pages(self.apis + 1, PAGE) + _pages(self.apis * self.grants + 1, PAGE)
        return {"create": created, "preview": 0, "nothing changed": 0, "refresh": read, "destroy": objects}

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
    together: int = THREADS
    """How many changes the provider carries out at a time."""

    def prepare(self) -> None:
        """The applications that grants need, and the stack."""
        made = self.applications()
        if self.engine == "pulumi":
            self._run("stack", "init", "bench")
        config = {
            "bench:apis": str(self.size.apis),
            "bench:permissions": str(self.size.permissions),
            "bench:clients": ",".join(made),
        }
        (self.folder / "Pulumi.bench.yaml").write_text(json.dumps({"config": config}))

    def applications(self) -> list[str]:
        """Make as many as an API has grants; their client ids."""
        clients = self.sandbox.tenant.clients
        body = {"app_type": "non_interactive", "name": "bench"}
        return [clients.create(dict(body))["client_id"] for _ in range(self.size.grants)]

    def measure(self, operation: str) -> dict[str, Any]:
        """Run the operation: its calls by route, those refused, its seconds, the provider's peak memory."""
        requests = f"{self.sandbox.domain}/_sandbox/requests"
        httpx.delete(requests).raise_for_status()
        cost = self._cost(operation)
        counted = httpx.get(requests).json()
        routes = {route: n for route, n in counted["routes"].items() if "/oauth/token" not in route}
        return {
            "calls": sum(routes.values()),
            "floor": self.size.floors(self.together)[operation],
            "refused": counted["statuses"].get("429", 0),
            "tokens": counted["total"] - sum(routes.values()),
            "seconds": round(cost.seconds, 1),
            "cpu_seconds": round(cost.cpu_seconds, 1),
            "provider_mb": cost.provider_mb,
            "engine_mb": cost.engine_mb,
            "routes": routes,
        }

    def seconds_of(self, operation: str) -> float:
        """Run the operation, and count nothing but its time."""
        return self._cost(operation).seconds

    def _cost(self, operation: str) -> engine_run.Cost:
        return self._run(*COMMANDS[operation], "--stack", "bench")

    def _run(self, *arguments: str) -> engine_run.Cost:
        return engine_run.run(self.engine, list(arguments), self.folder, self.sandbox.environment)


def preview_of_nothing(engine: Engine) -> float:
    """Seconds of a preview of a program without resources: what the engine takes for itself."""
    with _stack(engine, Size(0, 0, 0)) as stack:
        stack.prepare()
        return round(stack.seconds_of("preview"), 1)


def share(operations: dict[str, Any], size: Size, latency: float) -> float:
    """How many times what the provider's threads need for them, each a call long, the creation took."""
    seconds: float = operations["create"]["seconds"]
    return round(seconds / (size.resources / THREADS * latency), 2)


def run(engine: Engine, size: Size, latency: float = 0.0, plan: str | None = None) -> dict[str, Any]:
    """Every operation of one stack on a fresh tenant."""
    with _stack(engine, size, latency, plan) as stack:
        stack.prepare()
        return {operation: stack.measure(operation) for operation in COMMANDS}


@contextmanager
def _stack(engine: Engine, size: Size, latency: float = 0.0, plan: str | None = None) -> Iterator[Stack]:
    with Sandbox(latency=latency, plan=plan) as sandbox, tempfile.TemporaryDirectory() as folder:
        shutil.copytree(PROGRAM, folder, dirs_exist_ok=True)
        yield Stack(engine, sandbox, Path(folder), size)
