"""`auth0-apis destroy`: delete everything that the stack has made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pulumi_auth0_apis.cli.deploying import (
    Cwd,
    Diff,
    EventLog,
    Json,
    Parallel,
    PreviewOnly,
    Refresh,
    Runner,
    SkipPreview,
    Stack,
    Target,
    TargetDependents,
    Yes,
    confirm,
    finish,
)


def destroy(
    stack: Stack = None,
    cwd: Cwd = Path(),
    event_log: EventLog = None,
    as_json: Json = False,
    diff: Diff = False,
    yes: Yes = False,
    skip_preview: SkipPreview = False,
    preview_only: PreviewOnly = False,
    refresh: Refresh = False,
    target: Target = [],  # noqa: B006 # never changed
    target_dependents: TargetDependents = False,
    parallel: Parallel = 16,
) -> None:
    """Delete all resources of the stack, or only targets, after a preview. The stack itself stays."""
    runner = Runner(
        cwd=cwd, stack=stack, parallel=parallel, event_log=event_log, as_json=as_json, details=diff
    )
    runner.prepare(changes=not preview_only)
    options: dict[str, Any] = {
        "refresh": refresh,
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
