"""`auth0-apis refresh`: take over into the state what the tenant is in reality."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pulumi_auth0_apis.cli.deploying import (
    CwdOption,
    DiffOption,
    EventLogOption,
    ExpectNoChangesOption,
    FakesOption,
    JsonOption,
    ParallelOption,
    PreviewOnlyOption,
    Runner,
    SkipPreviewOption,
    StackOption,
    TargetDependentsOption,
    TargetOption,
    YesOption,
    confirm,
    finish,
    stop,
)
from pulumi_auth0_apis.cli.pending_creates import ClearOption, SkipOption, to_clear


def refresh(
    stack: StackOption = None,
    cwd: CwdOption = Path(),
    event_log: EventLogOption = None,
    fakes: FakesOption = None,
    as_json: JsonOption = False,
    diff: DiffOption = False,
    yes: YesOption = False,
    skip_preview: SkipPreviewOption = False,
    preview_only: PreviewOnlyOption = False,
    target: TargetOption = [],  # noqa: B006 # never changed
    target_dependents: TargetDependentsOption = False,
    expect_no_changes: ExpectNoChangesOption = False,
    clear_pending_creates: ClearOption = False,
    skip_pending_creates: SkipOption = False,
    parallel: ParallelOption = 16,
) -> None:
    """Read every resource anew and bring the state up to date. Changes nothing in the tenant."""
    if clear_pending_creates and (skip_pending_creates or preview_only):
        other = "--skip-pending-creates" if skip_pending_creates else "--preview-only"
        stop(f"cannot set both {other} and --clear-pending-creates")
    runner = Runner(
        cwd=cwd,
        stack=stack,
        parallel=parallel,
        event_log=event_log,
        as_json=as_json,
        details=diff,
        fakes=fakes,
    )
    runner.prepare(changes=not preview_only)
    ask = not (yes or skip_pending_creates or preview_only)
    cleared = to_clear(runner, clear=clear_pending_creates, ask=ask)
    options: dict[str, Any] = {"targets": target, "target_dependents": target_dependents}
    if preview_only or not skip_preview:
        foreseen = runner.run(
            "Previewing refresh",
            lambda take: runner.engine.refresh(**options, preview=True, on_event=take),
            silent=as_json and not preview_only,
        )
        finish(foreseen, expect_no_changes=expect_no_changes, what=" for refresh")
        if preview_only:
            return
        confirm("Do you want to perform this refresh?", yes=yes)
    options["clear_pending_creates"] = cleared
    result = runner.run("Refreshing", lambda take: runner.engine.refresh(**options, on_event=take))
    finish(result, expect_no_changes=expect_no_changes, what=" for refresh")
