"""The same model through the whole engine: programs and providers in processes, the tenant on a port."""

from __future__ import annotations

import pytest

from .stories import InProcesses, play


@pytest.mark.xdist_group("model")
@pytest.mark.parametrize("number", (5, 6))
def test_two_hundred_steps(number: int) -> None:
    """What holds in one process holds with all, a hundred a seed; `make model PROCESSES=yes` plays on."""
    play(InProcesses, 100, number, shrink=False)
