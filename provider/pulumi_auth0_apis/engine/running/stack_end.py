"""The end of a stack's deployment: its outputs are set, and the policies judge the whole."""

from __future__ import annotations

from pulumi_auth0_apis.engine.children.program import RunInfo
from pulumi_auth0_apis.engine.model.run_status import RunStatus
from pulumi_auth0_apis.engine.model.urns import STACK_TYPE, make_urn
from pulumi_auth0_apis.engine.model.values import Properties
from pulumi_auth0_apis.engine.planning.policing import Policing
from pulumi_auth0_apis.engine.running.executor import Executor
from pulumi_auth0_apis.engine.running.work import Work


def urn_of_stack(run_info: RunInfo) -> str:
    """The URN of the resource that stands for the stack."""
    name = f"{run_info.project}-{run_info.stack}"
    return make_urn(run_info.stack, run_info.project, "", STACK_TYPE, name)


def tell_its_end(urn: str, executor: Executor) -> None:
    """Tell of a stack that is gone, or stays as it was: it is told all the same, as by the CLI."""
    if urn in executor.finished:
        executor.tell(urn)


async def finish_stack(
    urn: str, outputs: Properties | None, work: Work, policing: Policing, status: RunStatus
) -> None:
    """Set the outputs of the stack and let the policies judge it.

    Where something went wrong, outputs of before that the program has not set again stay.
    """
    if outputs is not None and urn in work.executor.finished:
        kept = None if status.is_clean else work.planner.old(urn)
        await work.executor.set_outputs(urn, {**(kept.outputs if kept else {}), **outputs})
    if status.failed:
        return
    skipped = [step.state for step in work.executor.finished.values() if step.skipped]
    states = [state for state in (*work.recorder.new.values(), *skipped) if not state.external]
    if await policing.analyze_stack(states, work.planner.goals, work.planner.provider_states, urn):
        status.object()
