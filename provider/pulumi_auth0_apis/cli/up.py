"""`auth0-apis up`: make the tenant as the program says."""

from __future__ import annotations

from pathlib import Path

from pulumi_auth0_apis.cli.deploying import (
    Cwd,
    Diff,
    EventLog,
    ExpectNoChanges,
    Json,
    KeepGoing,
    PackConfigs,
    Packs,
    Parallel,
    Refresh,
    Runner,
    SkipPreview,
    Stack,
    Yes,
    confirm,
    finish,
    packs,
)
from pulumi_auth0_apis.cli.readiness import Create


def up(
    stack: Stack = None,
    cwd: Cwd = Path(),
    create: Create = False,
    policy_pack: Packs = [],  # noqa: B006 # never changed
    policy_pack_config: PackConfigs = [],  # noqa: B006 # never changed
    event_log: EventLog = None,
    as_json: Json = False,
    diff: Diff = False,
    yes: Yes = False,
    skip_preview: SkipPreview = False,
    refresh: Refresh = False,
    expect_no_changes: ExpectNoChanges = False,
    continue_on_error: KeepGoing = False,
    parallel: Parallel = 16,
) -> None:
    """Create, update and delete what the program asks for, after a preview."""
    runner = Runner(
        cwd=cwd, stack=stack, parallel=parallel, event_log=event_log, as_json=as_json, details=diff
    )
    runner.prepare(changes=True, create=create, yes=yes)
    chosen = packs(policy_pack, policy_pack_config)
    if not skip_preview:
        foreseen = runner.run(
            "Previewing update",
            lambda take: runner.engine.preview(refresh=refresh, policy_packs=chosen, on_event=take),
            silent=as_json,
        )
        finish(foreseen, expect_no_changes=expect_no_changes)
        confirm("Do you want to perform this update?", yes=yes)
    result = runner.run(
        "Updating",
        lambda take: runner.engine.up(
            refresh=refresh, policy_packs=chosen, keep_going=continue_on_error, on_event=take
        ),
    )
    finish(result, expect_no_changes=expect_no_changes)
