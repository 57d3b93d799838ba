"""What is promised of the APIs, tested on a tenant of this machine: `pytest`, with nothing else running."""

from __future__ import annotations

from pathlib import Path

from pulumi_auth0_apis.testing.plugin import MakeProgram

REPOSITORY = Path(__file__).parents[1]
POLICIES = REPOSITORY / "policies"
ADVICE = POLICIES / "config" / "dev.json"
"""Rules that advise. Once the program passes those of prod, name them here, so that it goes on to."""


def test_the_program_runs(pulumi_program: MakeProgram) -> None:
    """The program declares what it is to declare, and breaks no rule that is mandatory."""
    run = pulumi_program(REPOSITORY, stack="sandbox", policies=[(POLICIES, ADVICE)]).preview()
    assert set(run.changes.values()) == {"create"}
