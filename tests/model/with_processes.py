"""The local engine as its users run it: programs and providers in processes, the tenant on a port."""

from __future__ import annotations

import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from pulumi_auth0_apis.emulator import Sandbox
from pulumi_auth0_apis.engine import Engine
from pulumi_auth0_apis.engine.events.stream import Event
from pulumi_auth0_apis.engine.model.state import ResourceState
from pulumi_auth0_apis.stacks.warm_start import PRELOAD

from .declarations import PROJECT, Program
from .runs import Command, Options, Rewriting, Run, observed
from .source import source


class WithProcesses:
    """Stacks of one project in a folder, on the tenant of a sandbox."""

    can_die = False
    """What a process does between a write and its answer is not to be had from outside."""

    def __init__(self, folder: Path, sandbox: Sandbox) -> None:
        self._folder = folder
        self._sandbox = sandbox
        self._environment = {**sandbox.environment, "PULUMI_CONFIG_PASSPHRASE": "test"}
        (folder / "Pulumi.yaml").write_text(f"name: {PROJECT}\nruntime: python\n")

    @property
    def calls(self) -> int:
        return self._sandbox.calls.total() - self._sandbox.calls["POST /oauth/token"]

    def run(self, stack: str, command: Command, program: Program, options: Options) -> Run:
        (self._folder / "__main__.py").write_text(source(program, stack))
        engine = self._engine(stack, options.environment)
        on_event = None if options.stop_after is None else _interrupting(options.stop_after)
        given = options.arguments if command == "up" else {}
        result = getattr(engine, command)(on_event=on_event, **given)
        return observed(result.ok, result.events, result.change_summary)

    def state(self, stack: str) -> list[ResourceState]:
        store = self._engine(stack).open().store
        return store.load().resources if store.exists() else []

    def rewrite(self, stack: str, change: Rewriting) -> None:
        store = self._engine(stack).open().store
        with store.lock():
            kept = store.load()
            store.save(replace(kept, resources=change(kept.resources)))

    def _engine(self, stack: str, environment: dict[str, str] | None = None) -> Engine:
        everything = {**self._environment, **(environment or {})}
        return Engine(
            self._folder, stack, backend_url=self._folder.as_uri(), environment=everything, preload=PRELOAD
        )


def _interrupting(steps: int) -> Callable[[Event], Any]:
    """Press ^C after so many steps."""
    left = steps

    def count(event: Event) -> None:
        nonlocal left
        if "resOutputsEvent" in event:
            left -= 1
            if left == 0:
                signal.raise_signal(signal.SIGINT)

    return count
