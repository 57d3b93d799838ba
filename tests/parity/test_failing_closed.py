"""A pack that cannot be trusted ends the run of the real engine, too."""

from __future__ import annotations

import pytest

from ..policies.failing_packs import CASES, Case
from ..policies.test_failing_closed import pack
from .sides import Pulumi


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_run_ends_and_says_why(pulumi: Pulumi, case: Case) -> None:
    """Nothing is made, nothing hangs, and what is wrong is named."""
    stack = pulumi.stack.program('Thing("a")')
    given = pack(stack.folder, case)
    code, said = pulumi.cli(
        stack,
        "preview",
        "--policy-pack",
        str(given.directory),
        "--policy-pack-config",
        str(given.config),
    )
    assert code != 0
    assert case.told in said
