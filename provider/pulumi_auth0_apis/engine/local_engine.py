"""The engine as its callers see it: operations on a stack of a project in a folder."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pulumi_auth0_apis.engine.children.analyzers import PolicyPack
from pulumi_auth0_apis.engine.children.builtin import StackOutputs
from pulumi_auth0_apis.engine.children.fakes import Fakes
from pulumi_auth0_apis.engine.children.players import Players, Plugins
from pulumi_auth0_apis.engine.children.program import RunInfo
from pulumi_auth0_apis.engine.events.stream import Event, EventStream, OnEvent
from pulumi_auth0_apis.engine.model.pending import carried_on
from pulumi_auth0_apis.engine.model.snapshot import Snapshot
from pulumi_auth0_apis.engine.model.urns import is_default_provider
from pulumi_auth0_apis.engine.model.values import Properties
from pulumi_auth0_apis.engine.planning.targets import Targeting, Targets
from pulumi_auth0_apis.engine.project.secrets import PASSPHRASE
from pulumi_auth0_apis.engine.running.operation_options import OperationOptions
from pulumi_auth0_apis.engine.running.operations import Operation, Outcome
from pulumi_auth0_apis.engine.running.sealing import GeneratesSecret, Sealing, generates_none
from pulumi_auth0_apis.engine.store.journal_writer import JournalWriter
from pulumi_auth0_apis.engine.store.local_stack import LocalStack
from pulumi_auth0_apis.engine.store.stack_store import Update

SUCCEEDED = 0
FAILED = 1
CANCELED = 8
CHANGED = 7
"""Exit code of Pulumi where no changes were expected and there are some."""
STACK_NOT_FOUND = 6
"""Exit code of Pulumi where there is no such stack."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """The result of an operation."""

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
    fakes: Mapping[str, int] = field(default_factory=dict)
    """How many resources fakes have played, by package."""
    lacks_passphrase: bool = False
    """Whether a secret could not be kept because there is no passphrase; nothing of its resource was made."""

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
        return [step for step in ended if not is_default_provider(step["urn"])]

    @property
    def diagnostics(self) -> list[dict[str, Any]]:
        """The messages of program, providers and engine: `severity`, `message`, `urn`."""
        return [event["diagnosticEvent"] for event in self.events if "diagnosticEvent" in event]

    @property
    def violations(self) -> list[dict[str, Any]]:
        """The findings of policies: `policyName`, `enforcementLevel`, `message`, `resourceUrn`, …"""
        return [event["policyEvent"] for event in self.events if "policyEvent" in event]


class Engine:
    """Previews, updates, refreshes and destroys one stack of the project in a folder.

    Every operation reads project, configuration and state anew. Errors in them are raised as `EngineError`,
    and so is what would keep it from saving the state: a passphrase that is missing or wrong, a lock, a
    folder that cannot be written. What goes wrong later is told by events, and the result's exit code.
    A stack that does not exist is made by the first operation.
    """

    def __init__(
        self,
        cwd: Path | str = ".",
        stack: str | None = None,
        *,
        backend_url: str | None = None,
        environment: Mapping[str, str] | None = None,
        parallel: int = 16,
        passphrase: str | None = None,
        generates_secret: GeneratesSecret = generates_none,
        preload: Sequence[str] = (),
        plugins: Plugins = MappingProxyType({}),
        fakes: Fakes | None = None,
    ) -> None:
        """`environment` is what child processes get on top of ours; `backend_url` a `file://` URL.

        A `passphrase` goes before the environment's, and to no child. `generates_secret` foretells, by type
        and inputs, that creating a resource brings a secret. `preload` names modules that programs and
        providers import, which makes their start quicker. `plugins` are providers, by package, as modules of
        the program's Python that serve them. Where `fakes` are given, be they none, fakes play
        the resources of all other providers; otherwise such resources are refused.
        """
        self._cwd = Path(cwd)
        self._name = stack
        self._backend_url = backend_url
        self._environment = dict(environment or {})
        self._parallel = parallel
        self._passphrase = {} if passphrase is None else {PASSPHRASE: passphrase}
        self._generates_secret = generates_secret
        self._preload = preload
        self._plugins = plugins
        self._fakes = fakes

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
        options = OperationOptions(
            kind="update", refresh=refresh, policy_packs=policy_packs, targeting=targeting
        )
        return self._run(options, on_event, preview=True)

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
        options = OperationOptions(
            kind="update",
            refresh=refresh,
            policy_packs=policy_packs,
            keep_going=keep_going,
            targeting=_targeting(targets, target_dependents, replace),
        )
        return self._run(options, on_event)

    def refresh(
        self,
        *,
        targets: Sequence[str] = (),
        target_dependents: bool = False,
        preview: bool = False,
        clear_pending_creates: Collection[str] = (),
        on_event: OnEvent | None = None,
    ) -> Result:
        """Take over into the state what the resources are in reality, or only the `targets`.

        `clear_pending_creates` are URNs of interrupted creations that the state is to forget.
        """
        options = OperationOptions(
            kind="refresh",
            targeting=_targeting(targets, target_dependents),
            clear_pending_creates=clear_pending_creates,
        )
        return self._run(options, on_event, preview=preview)

    def destroy(
        self,
        *,
        refresh: bool = False,
        targets: Sequence[str] = (),
        target_dependents: bool = False,
        run_program: bool = False,
        preview: bool = False,
        on_event: OnEvent | None = None,
    ) -> Result:
        """Delete everything in the state, or only the `targets`.

        With `run_program` the program runs beside it: it answers for hooks of deletions, which cannot go
        without it, and its providers get the configuration of now. It makes nothing.
        """
        targeting = _targeting(targets, target_dependents)
        options = OperationOptions(
            kind="destroy", refresh=refresh, run_program=run_program, targeting=targeting
        )
        return self._run(options, on_event, preview=preview)

    def pending_creates(self) -> list[str]:
        """The URNs of what interrupted runs may have created and the state does not manage."""
        return [each.resource.urn for each in carried_on(self.open().store.load())]

    def require_known_stack(self) -> None:
        """Raise `UnknownStackError` for a stack that has neither state nor settings."""
        self._stack.require_known()

    def open(self) -> LocalStack:
        """Read project and settings of the stack. Raises `EngineError` where they are not valid."""
        stack = self._stack
        stack.check_readable()
        return stack

    def open_unchecked(self) -> LocalStack:
        """The stack, of which nothing has been read yet: its settings need not be complete."""
        return self._stack

    @property
    def _stack(self) -> LocalStack:
        """The stack as it is now."""
        variables = {**os.environ, **self._environment, **self._passphrase}
        return LocalStack(self._cwd, self._name, url=self._backend_url, environment=variables)

    def _run(self, options: OperationOptions, on_event: OnEvent | None, *, preview: bool = False) -> Result:
        opened = self.open()
        opened.project.require_python()
        if opened.project.always_refreshes:
            options = replace(options, refresh=True)
        opened.unlock()
        opened.create()
        events = EventStream(on_event, opened.config.secret_texts)
        players = Players(plugins=self._plugins, fakes=self._fakes, stack_outputs=_reader(opened, events))
        sealing = Sealing(opened.store, self._generates_secret, players, preview=preview)
        operation = Operation(self._run_info(opened, preview=preview), options, events, sealing, players)
        if preview:
            outcome = _complete(operation, opened.store.load(), None)
        else:
            with opened.store.lock():
                outcome = self._change(opened, operation, options)
        return _result(outcome, events, sealing)

    def _change(self, opened: LocalStack, operation: Operation, options: OperationOptions) -> Outcome:
        began = time.time()
        opened.store.check_writable()
        opened.store.settle()
        outcome = _complete(operation, opened.store.load(), JournalWriter(opened.store))
        opened.store.settle()
        opened.store.record(
            Update(
                kind=options.kind,
                started=began,
                succeeded=not outcome.failed,
                resource_changes=outcome.changes,
                config=opened.config.written,
                environment={},
            )
        )
        return outcome

    def _run_info(self, opened: LocalStack, *, preview: bool) -> RunInfo:
        project = opened.project
        return RunInfo(
            project=project.name,
            stack=opened.name,
            root=project.root,
            directory=project.program_directory,
            entry=project.program_entry,
            config=opened.config.values,
            secret_keys=opened.config.secret_keys,
            preview=preview,
            parallel=self._parallel,
            python=project.python,
            environment=self._environment,
            preload=self._preload,
        )


def _reader(stack: LocalStack, events: EventStream) -> StackOutputs:
    """Reads the outputs of other stacks, and tells where their secrets are left out, as the CLI does."""

    def read(name: str) -> Properties:
        outputs, is_whole = stack.outputs_of(name)
        if not is_whole:
            events.diagnostic("info", f"eliding undecryptable secrets for stack reference '{name}'")
        return outputs

    return read


def _targeting(targets: Sequence[str], dependents: bool, replace: Sequence[str] = ()) -> Targeting:
    return Targeting(targets=Targets(targets), dependents=dependents, replace=Targets(replace))


def _complete(operation: Operation, base: Snapshot, writer: JournalWriter | None) -> Outcome:
    """Run an operation to its end. An interrupt lets running steps finish; a second one does not wait."""

    async def run() -> Outcome:
        if threading.current_thread() is threading.main_thread():
            loop = asyncio.get_running_loop()
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(number, operation.interrupt)
        return await operation.run(base, writer)

    return asyncio.run(run())


def _result(outcome: Outcome, events: EventStream, sealing: Sealing) -> Result:
    code = CANCELED if outcome.abandoned else FAILED if outcome.failed else SUCCEEDED
    return Result(
        exit_code=code,
        change_summary={str(op): count for op, count in outcome.changes.items()},
        outputs=outcome.outputs,
        events=events.events,
        fakes=outcome.fakes,
        lacks_passphrase=sealing.lacks_passphrase,
    )
