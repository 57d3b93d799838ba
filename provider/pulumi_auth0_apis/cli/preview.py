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
    Runner,
    Stack,
    finish,
    packs,
)
from pulumi_auth0_apis.cli.readiness import Create


def preview(
    stack: Stack = None,
    cwd: Cwd = Path(),
    create: Create = False,
    policy_pack: Packs = [],  # noqa: B006 # never changed
    policy_pack_config: PackConfigs = [],  # noqa: B006 # never changed
    event_log: EventLog = None,
    as_json: Json = False,
    diff: Diff = False,
    refresh: Refresh = False,
    expect_no_changes: ExpectNoChanges = False,
    parallel: Parallel = 16,
) -> None:
    """Show what `up` would change. Calls no API, and changes nothing."""
    runner = Runner(
        cwd=cwd, stack=stack, parallel=parallel, event_log=event_log, as_json=as_json, details=diff
    )
    runner.prepare(changes=False, create=create)
    chosen = packs(policy_pack, policy_pack_config)
    result = runner.run(
        "Previewing update",
        lambda take: runner.engine.preview(refresh=refresh, policy_packs=chosen, on_event=take),
    )
    finish(result, expect_no_changes=expect_no_changes)
