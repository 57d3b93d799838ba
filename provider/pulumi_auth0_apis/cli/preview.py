"""`auth0-apis preview`: what `up` would do."""

from __future__ import annotations

from pathlib import Path

from pulumi_auth0_apis.cli.deploying import (
    Cwd,
    Diff,
    EventLog,
    ExpectNoChanges,
    Json,
    PackConfigs,
    Packs,
    Parallel,
    Refresh,
    Replace,
    Runner,
    Stack,
    Target,
    TargetDependents,
    TargetReplace,
    finish,
    packs,
)


def preview(
    stack: Stack = None,
    cwd: Cwd = Path(),
    policy_pack: Packs = [],  # noqa: B006 # never changed
    policy_pack_config: PackConfigs = [],  # noqa: B006 # never changed
    event_log: EventLog = None,
    as_json: Json = False,
    diff: Diff = False,
    refresh: Refresh = False,
    target: Target = [],  # noqa: B006 # never changed
    target_dependents: TargetDependents = False,
    replace: Replace = [],  # noqa: B006 # never changed
    target_replace: TargetReplace = [],  # noqa: B006 # never changed
    expect_no_changes: ExpectNoChanges = False,
    parallel: Parallel = 16,
) -> None:
    """Show what `up` would change. Calls no API, and changes nothing."""
    runner = Runner(
        cwd=cwd, stack=stack, parallel=parallel, event_log=event_log, as_json=as_json, details=diff
    )
    chosen = packs(policy_pack, policy_pack_config)
    result = runner.run(
        "Previewing update",
        lambda take: runner.engine.preview(
            refresh=refresh,
            targets=[*target, *target_replace],
            target_dependents=target_dependents,
            replace=[*replace, *target_replace],
            policy_packs=chosen,
            on_event=take,
        ),
    )
    finish(result, expect_no_changes=expect_no_changes)
