"""`auth0-apis preview`: what `up` would do."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from pulumi_auth0_apis.cli.deploying import (
    CwdOption,
    DiffOption,
    EventLogOption,
    ExpectNoChangesOption,
    FakesOption,
    JsonOption,
    PackConfigsOption,
    PacksOption,
    ParallelOption,
    RefreshOption,
    ReplaceOption,
    Runner,
    StackOption,
    TargetDependentsOption,
    TargetOption,
    TargetReplaceOption,
    finish,
    packs,
    stop,
)
from pulumi_auth0_apis.cli.readiness import CreateOption
from pulumi_auth0_apis.cli.terminal import say

if TYPE_CHECKING:
    from pulumi_auth0_apis.engine import Result


def preview(
    stack: StackOption = None,
    cwd: CwdOption = Path(),
    create: CreateOption = False,
    policy_pack: PacksOption = [],  # noqa: B006 # never changed
    policy_pack_config: PackConfigsOption = [],  # noqa: B006 # never changed
    event_log: EventLogOption = None,
    fakes: FakesOption = None,
    as_json: JsonOption = False,
    diff: DiffOption = False,
    refresh: RefreshOption = False,
    target: TargetOption = [],  # noqa: B006 # never changed
    target_dependents: TargetDependentsOption = False,
    replace: ReplaceOption = [],  # noqa: B006 # never changed
    target_replace: TargetReplaceOption = [],  # noqa: B006 # never changed
    expect_no_changes: ExpectNoChangesOption = False,
    parallel: ParallelOption = 16,
) -> None:
    """Show what `up` would change. Calls no API, and changes nothing."""
    runner = Runner(
        cwd=cwd,
        stack=stack,
        parallel=parallel,
        event_log=event_log,
        as_json=as_json,
        details=diff,
        fakes=fakes,
    )
    runner.prepare(changes=False, create=create)
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
    if result.ok and result.change_summary.keys() & {"delete", "replace"}:
        _tell_moves(result)
    finish(result, expect_no_changes=expect_no_changes)


def _tell_moves(result: Result) -> None:
    """Tell which resource takes an object that another one gives up. Exits where `up` would refuse that."""
    from pulumi_auth0_apis.report import advise, moves, paragraphs, run_of

    equal_is_taken = os.environ.get("AUTH0_ADOPT") == "equal"
    told = advise(moves(run_of(result.events), equal_is_taken=equal_is_taken))
    for each in told:
        if not each.step:
            say(f"info: {each.told}", err=True)
    if refused := paragraphs(told):
        stop("\nerror: ".join(refused))
