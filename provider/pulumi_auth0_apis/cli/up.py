"""`auth0-apis up`: make the tenant as the program says."""

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
    KeepGoingOption,
    PackConfigsOption,
    PacksOption,
    ParallelOption,
    RefreshOption,
    ReplaceOption,
    Runner,
    SkipPreviewOption,
    StackOption,
    TargetDependentsOption,
    TargetOption,
    TargetReplaceOption,
    YesOption,
    confirm,
    finish,
    packs,
)
from pulumi_auth0_apis.cli.readiness import CreateOption


def up(
    stack: StackOption = None,
    cwd: CwdOption = Path(),
    create: CreateOption = False,
    policy_pack: PacksOption = [],  # noqa: B006 # never changed
    policy_pack_config: PackConfigsOption = [],  # noqa: B006 # never changed
    event_log: EventLogOption = None,
    fakes: FakesOption = None,
    as_json: JsonOption = False,
    diff: DiffOption = False,
    yes: YesOption = False,
    skip_preview: SkipPreviewOption = False,
    refresh: RefreshOption = False,
    target: TargetOption = [],  # noqa: B006 # never changed
    target_dependents: TargetDependentsOption = False,
    replace: ReplaceOption = [],  # noqa: B006 # never changed
    target_replace: TargetReplaceOption = [],  # noqa: B006 # never changed
    expect_no_changes: ExpectNoChangesOption = False,
    continue_on_error: KeepGoingOption = False,
    parallel: ParallelOption = 16,
) -> None:
    """Create, update and delete what the program asks for, after a preview."""
    runner = Runner(
        cwd=cwd,
        stack=stack,
        parallel=parallel,
        event_log=event_log,
        as_json=as_json,
        details=diff,
        fakes=fakes,
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
