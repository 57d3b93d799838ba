"""`auth0-apis destroy`: delete everything that the stack has made."""

from __future__ import annotations

from pathlib import Path

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
    parallel: Parallel = 16,
) -> None:
    """Delete all resources of the stack, after a preview. The stack itself stays."""
    runner = Runner(
        cwd=cwd, stack=stack, parallel=parallel, event_log=event_log, as_json=as_json, details=diff
    )
    runner.prepare(changes=not preview_only)
    if preview_only or not skip_preview:
        foreseen = runner.run(
            "Previewing destroy",
            lambda take: runner.engine.destroy(preview=True, refresh=refresh, on_event=take),
            silent=as_json and not preview_only,
        )
        finish(foreseen)
        if preview_only:
            return
        confirm("Do you want to perform this destroy?", yes=yes)
    finish(runner.run("Destroying", lambda take: runner.engine.destroy(refresh=refresh, on_event=take)))
