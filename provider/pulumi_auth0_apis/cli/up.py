"""`auth0-apis up`: make the tenant as the program says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

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
    Replace,
    Runner,
    SkipPreview,
    Stack,
    Target,
    TargetDependents,
    TargetReplace,
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
    target: Target = [],  # noqa: B006 # never changed
    target_dependents: TargetDependents = False,
    replace: Replace = [],  # noqa: B006 # never changed
    target_replace: TargetReplace = [],  # noqa: B006 # never changed
    expect_no_changes: ExpectNoChanges = False,
    continue_on_error: KeepGoing = False,
    parallel: Parallel = 16,
) -> None:
    """Create, update and delete what the program asks for, after a preview."""
    runner = Runner(
        cwd=cwd, stack=stack, parallel=parallel, event_log=event_log, as_json=as_json, details=diff
    )
    runner.prepare(changes=True, create=create, yes=yes)
    options: dict[str, Any] = {
        "refresh": refresh,
        "targets": [*target, *target_replace],
        "target_dependents": target_dependents,
        "replace": [*replace, *target_replace],
        "policy_packs": packs(policy_pack, policy_pack_config),
    }
    if not skip_preview:
        foreseen = runner.run(
            "Previewing update",
            lambda take: runner.engine.preview(**options, on_event=take),
            silent=as_json,
        )
        finish(foreseen, expect_no_changes=expect_no_changes)
        confirm("Do you want to perform this update?", yes=yes)
    result = runner.run(
        "Updating",
        lambda take: runner.engine.up(**options, keep_going=continue_on_error, on_event=take),
    )
    finish(result, expect_no_changes=expect_no_changes)
