"""`auth0-apis refresh`: take over into the state what the tenant is in reality."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from pulumi_auth0_apis.cli.deploying import (
    Cwd,
    Diff,
    EventLog,
    ExpectNoChanges,
    Json,
    Parallel,
    PreviewOnly,
    Runner,
    SkipPreview,
    Stack,
    Target,
    TargetDependents,
    Yes,
    confirm,
    finish,
)


def refresh(
    stack: Stack = None,
    cwd: Cwd = Path(),
    event_log: EventLog = None,
    as_json: Json = False,
    diff: Diff = False,
    yes: Yes = False,
    skip_preview: SkipPreview = False,
    preview_only: PreviewOnly = False,
    target: Target = [],  # noqa: B006 # never changed
    target_dependents: TargetDependents = False,
    expect_no_changes: ExpectNoChanges = False,
    parallel: Parallel = 16,
) -> None:
    """Read every resource anew and bring the state up to date. Changes nothing in the tenant."""
    runner = Runner(
        cwd=cwd, stack=stack, parallel=parallel, event_log=event_log, as_json=as_json, details=diff
    )
    operate = partial(runner.engine.refresh, targets=target, target_dependents=target_dependents)
    if preview_only or not skip_preview:
        foreseen = runner.run(
            "Previewing refresh",
            lambda take: operate(preview=True, on_event=take),
            silent=as_json and not preview_only,
        )
        finish(foreseen, expect_no_changes=expect_no_changes, what=" for refresh")
        if preview_only:
            return
        confirm("Do you want to perform this refresh?", yes=yes)
    result = runner.run("Refreshing", lambda take: operate(on_event=take))
    finish(result, expect_no_changes=expect_no_changes, what=" for refresh")
