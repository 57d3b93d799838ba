"""The quickstart up and down, as a user's test has it; as many times as `TIMES` says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pulumi_auth0_apis.testing.plugin import MakeProgram

QUICKSTART = Path(__file__).parents[3] / "examples" / "quickstart"


@pytest.mark.parametrize("_time", range(int(os.environ["TIMES"])))
def test_up_and_down(pulumi_program: MakeProgram, _time: int) -> None:
    """Setup and teardown of the tenant belong to it."""
    program = pulumi_program(QUICKSTART, stack="dev")
    program.up()
    program.destroy()
