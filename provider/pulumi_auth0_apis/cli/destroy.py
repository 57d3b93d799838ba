"""`auth0-apis destroy`: delete everything that the stack has made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pulumi_auth0_apis.cli.deploying import (
    CwdOption,
    DiffOption,
    EventLogOption,
    FakesOption,
    JsonOption,
    ParallelOption,
    PreviewOnlyOption,
    RefreshOption,
    Runner,
    RunProgramOption,
    SkipPreviewOption,
    StackOption,
    TargetDependentsOption,
    TargetOption,
    YesOption,
    confirm,
    finish,
)


def destroy(
    stack: StackOption = None,
    cwd: CwdOption = Path(),
    event_log: EventLogOption = None,
    fakes: FakesOption = None,
    as_json: JsonOption = False,
    diff: DiffOption = False,
    yes: YesOption = False,
    skip_preview: SkipPreviewOption = False,
    preview_only: PreviewOnlyOption = False,
    refresh: RefreshOption = False,
    run_program: RunProgramOption = False,
    target: TargetOption = [],  # noqa: B006 # never changed
    target_dependents: TargetDependentsOption = False,
    parallel: ParallelOption = 16,
) -> None:
    """Delete all resources of the stack, or only targets, after a preview. The stack itself stays."""
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
    options: dict[str, Any] = {
        "refresh": refresh,
        "run_program": run_program,
        "targets": target,
        "target_dependents": target_dependents,
    }
    if preview_only or not skip_preview:
        foreseen = runner.run(
            "Previewing destroy",
            lambda take: runner.engine.destroy(**options, preview=True, on_event=take),
            silent=as_json and not preview_only,
        )
        finish(foreseen)
        if preview_only:
            return
        confirm("Do you want to perform this destroy?", yes=yes)
    finish(runner.run("Destroying", lambda take: runner.engine.destroy(**options, on_event=take)))
