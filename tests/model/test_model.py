"""Nothing that is managed is ever lost: the model, on the local engine in one process."""

from __future__ import annotations

import pytest

from .stories import InOneProcess, OverThePlugin, play

SEEDS = (1, 2, 3, 4)
"""Stories of the seeds that have found something are told in `test_findings`."""


@pytest.mark.parametrize("number", SEEDS)
def test_two_thousand_steps(number: int) -> None:
    """After each `up` program, state and tenant agree, nothing declared was lost, and refusals lead on."""
    play(InOneProcess, 500, number)


@pytest.mark.parametrize("number", SEEDS[:2])
def test_a_thousand_steps_over_the_plugin(number: int) -> None:
    """The plugin loses nothing either."""
    play(OverThePlugin, 500, number)
