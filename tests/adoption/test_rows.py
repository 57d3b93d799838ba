"""Every change that lost an object once, in every way that its reader may choose."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from ..model.in_process_engine import InProcess
from ..model.witness import TenantModel
from .playing import Played, play
from .rows import Outcome, Row, Way
from .tables import TABLES

REMOVED_WHILE_GRANTED = "an API on which somebody else holds a grant is removed"
OLD_ONE_TARGETED = "renamed with `adopt`, interrupted, the old one run with `--target`"
TAKEN_APART = "from `scopes` to `Permission`, interrupted, continued"

Cases = Collection[tuple[str, Way]]

GAPS: Cases = {
    (REMOVED_WHILE_GRANTED, "neither"),
    (OLD_ONE_TARGETED, "neither"),
}
"""What does not hold yet."""
GAPS_OF_STEPS: Cases = {(REMOVED_WHILE_GRANTED, "neither")}
"""Where a step is to come to what does not hold yet; others help all the same."""
OLD_STATES: dict[tuple[str, Way], Outcome] = {(TAKEN_APART, "neither"): Outcome.REFUSED}
"""What comes to something else where nothing in the state says who holds what."""


def cases(gaps: Cases, *, refused: bool = False) -> list[object]:
    """Each row in each of its ways, or in those that are refused."""
    found: list[object] = []
    for row in (row for rows in TABLES.values() for row in rows):
        for way, outcome in row.outcomes.items():
            if outcome is Outcome.REFUSED or not refused:
                is_gap = (row.change, way) in gaps
                marks = [pytest.mark.xfail(reason="not yet", strict=not refused)] if is_gap else []
                found.append(pytest.param(row, way, id=f"{row.change}-{way}", marks=marks))
    return found


def played(row: Row, way: Way, *, old_state: bool = False) -> Played:
    driver = InProcess()
    return play(row, way, driver, TenantModel(driver.tenant), old_state=old_state)


@pytest.mark.parametrize(("row", "way"), cases(GAPS))
def test_row(row: Row, way: Way) -> None:
    """It comes to what the table says."""
    came_to = played(row, way)
    assert came_to.outcome == row.outcomes[way], came_to.run


@pytest.mark.parametrize(("row", "way"), cases(GAPS))
def test_row_from_an_old_state(row: Row, way: Way) -> None:
    """It comes to the same where the state was written before there were markers."""
    came_to = played(row, way, old_state=True)
    assert came_to.outcome == OLD_STATES.get((row.change, way), row.outcomes[way]), came_to.run


@pytest.mark.parametrize("step", range(4))
@pytest.mark.parametrize(("row", "way"), cases(GAPS_OF_STEPS, refused=True))
def test_step_that_a_refusal_names(row: Row, way: Way, step: int) -> None:
    """What is refused succeeds after any of the steps that the refusal names."""
    if row.command == "up":
        played(row, way).world.up(row.stack, row.run_options(way), step)
