"""The engine as its callers see it: operations on a stack of a project in a folder."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .analyzers import PolicyPack
from .backend import Backend
from .events import Event, EventStream, OnEvent
from .operations import Operation, Order, Outcome
from .program import Surroundings
from .project import Project
from .saving import Saver
from .selection import selected_stack
from .stack_config import StackConfig
from .stack_store import StackStore, Update
from .state import Snapshot
from .targets import Targeting, Targets

SUCCEEDED = 0
FAILED = 1
CANCELED = 8
CHANGED = 7
"""Exit code of Pulumi where no changes were expected and there are some."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """What an operation did."""

    exit_code: int
    """0; 1 when it failed or a mandatory policy was violated; 8 when it was interrupted twice.

    The codes are those of the `pulumi` command.
    """
    change_summary: Mapping[str, int]
    """How many resources by operation, as in the summary event."""
    outputs: Mapping[str, Any]
    """The outputs of the stack after the operation; secrets are `Secret`."""
    events: Sequence[Event]
    """All events in their order, as `--event-log` writes them."""

    @property
    def ok(self) -> bool:
        """Whether everything went well."""
        return self.exit_code == SUCCEEDED

    @property
    def has_changes(self) -> bool:
        """Whether anything else than "same" was done or proposed."""
        return any(count for op, count in self.change_summary.items() if op != "same")

    @property
    def steps(self) -> list[dict[str, Any]]:
        """The metadata of every step that ended, in order: `op`, `urn`, `old`, `new`, …"""
        ended = [event["resOutputsEvent"]["metadata"] for event in self.events if "resOutputsEvent" in event]
        return [step for step in ended if not step["urn"].endswith("::default")]

    @property
    def diagnostics(self) -> list[dict[str, Any]]:
        """What program, providers and engine had to say: `severity`, `message`, `urn`."""
        return [event["diagnosticEvent"] for event in self.events if "diagnosticEvent" in event]

    @property
    def violations(self) -> list[dict[str, Any]]:
        """What policies had to say: `policyName`, `enforcementLevel`, `message`, `resourceUrn`, …"""
        return [event["policyEvent"] for event in self.events if "policyEvent" in event]


@dataclass(frozen=True)
class Opened:
    """A stack, with all that belongs to it."""

    project: Project
    stack: str
    config: StackConfig
    store: StackStore
    backend: Backend


class Engine:
    """Previews, updates, refreshes and destroys one stack of the project in a folder.

    Every operation reads project, configuration and state anew. Errors in them are raised as `EngineError`;
    what goes wrong later is told by events, and the result's exit code.
    """

    def __init__(
        self,
        cwd: Path | str = ".",
        stack: str | None = None,
        *,
        backend_url: str | None = None,
        environment: Mapping[str, str] | None = None,
        parallel: int = 16,
    ) -> None:
        """`environment` is what child processes get on top of ours; `backend_url` a `file://` URL."""
        self._cwd = Path(cwd)
        self._stack = stack
        self._backend_url = backend_url
        self._environment = dict(environment or {})
        self._parallel = parallel

    def preview(
        self,
        *,
        refresh: bool = False,
        targets: Sequence[str] = (),
        target_dependents: bool = False,
        replace: Sequence[str] = (),
        policy_packs: Sequence[PolicyPack] = (),
        on_event: OnEvent | None = None,
    ) -> Result:
        """Tell what `up` would do. Changes nothing."""
        targeting = _targeting(targets, target_dependents, replace)
        order = Order(kind="update", refresh=refresh, policy_packs=policy_packs, targeting=targeting)
        return self._run(order, on_event, preview=True)

    def up(
        self,
        *,
        refresh: bool = False,
        targets: Sequence[str] = (),
        target_dependents: bool = False,
        replace: Sequence[str] = (),
        policy_packs: Sequence[PolicyPack] = (),
        keep_going: bool = False,
        on_event: OnEvent | None = None,
    ) -> Result:
        """Create, update and delete what the program asks for, without a preview before it.

        With `targets` only those, and with `target_dependents` what needs them; `replace` is replaced even
        if nothing differs. All are URNs or patterns, in which `*` is anything but colons, `**` anything.
        """
        order = Order(
            kind="update",
            refresh=refresh,
            policy_packs=policy_packs,
            keep_going=keep_going,
            targeting=_targeting(targets, target_dependents, replace),
        )
        return self._run(order, on_event)

    def refresh(
        self,
        *,
        targets: Sequence[str] = (),
        target_dependents: bool = False,
        preview: bool = False,
        on_event: OnEvent | None = None,
    ) -> Result:
        """Take over into the state what the resources are in reality, or only the `targets`."""
        order = Order(kind="refresh", targeting=_targeting(targets, target_dependents))
        return self._run(order, on_event, preview=preview)

    def destroy(
        self,
        *,
        refresh: bool = False,
        targets: Sequence[str] = (),
        target_dependents: bool = False,
        preview: bool = False,
        on_event: OnEvent | None = None,
    ) -> Result:
        """Delete everything in the state, or only the `targets`."""
        targeting = _targeting(targets, target_dependents)
        order = Order(kind="destroy", refresh=refresh, targeting=targeting)
        return self._run(order, on_event, preview=preview)

    def open(self) -> Opened:
        """Read project and settings of the stack. Raises `EngineError` where they are not valid."""
        environment = {**os.environ, **self._environment}
        project = Project.load(self._cwd)
        backend = Backend.open(self._backend_url, project, environment)
        name = self._stack or selected_stack(project, f"file://{backend.folder}", environment)
        config = StackConfig.load(project, name, environment)
        return Opened(project, name, config, backend.stack(name, config.secrets), backend)

    def _run(self, order: Order, on_event: OnEvent | None, *, preview: bool = False) -> Result:
        opened = self.open()
        if not opened.store.exists():
            opened.backend.create(opened.stack, opened.config.secrets)
        events = EventStream(on_event, opened.config.secret_texts)
        operation = Operation(self._surroundings(opened, preview=preview), order, events)
        if preview:
            outcome = _complete(operation, opened.store.load(), None)
        else:
            with opened.store.lock():
                outcome = self._change(opened, operation, order)
        return _result(outcome, events)

    def _change(self, opened: Opened, operation: Operation, order: Order) -> Outcome:
        began = time.time()
        opened.store.settle()
        outcome = _complete(operation, opened.store.load(), Saver(opened.store))
        opened.store.settle()
        opened.store.record(
            Update(
                kind=order.kind,
                started=began,
                succeeded=not outcome.failed,
                resource_changes=outcome.changes,
                config=opened.config.written,
                environment={},
            )
        )
        return outcome

    def _surroundings(self, opened: Opened, *, preview: bool) -> Surroundings:
        project = opened.project
        return Surroundings(
            project=project.name,
            stack=opened.stack,
            root=project.root,
            directory=project.program_directory,
            entry=project.program_entry,
            config=opened.config.values,
            secret_keys=opened.config.secret_keys,
            preview=preview,
            parallel=self._parallel,
            python=project.python,
            environment=self._environment,
        )


def _targeting(targets: Sequence[str], dependents: bool, replace: Sequence[str] = ()) -> Targeting:
    return Targeting(targets=Targets(targets), dependents=dependents, replace=Targets(replace))


def _complete(operation: Operation, base: Snapshot, save: Saver | None) -> Outcome:
    """Run an operation to its end. An interrupt lets running steps finish; a second one does not wait."""

    async def run() -> Outcome:
        if threading.current_thread() is threading.main_thread():
            loop = asyncio.get_running_loop()
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(number, operation.interrupt)
        return await operation.run(base, save)

    return asyncio.run(run())


def _result(outcome: Outcome, events: EventStream) -> Result:
    code = CANCELED if outcome.abandoned else FAILED if outcome.failed else SUCCEEDED
    return Result(
        exit_code=code,
        change_summary={str(op): count for op, count in outcome.changes.items()},
        outputs=outcome.outputs,
        events=events.events,
    )
