"""Every change that lost an object once, in every way that its reader may choose."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ..model.in_process_engine import InProcess
from ..model.support import ALIASES, HOLDERS_ARE_MARKED, REPLACES, TARGETS
from ..model.witness import TenantModel
from .playing import play
from .rows import Outcome, Row, Way
from .tables import TABLES

GAPS: set[tuple[str, Way]] = {
    ("two APIs swap, the old one to be deleted first", "neither"),
    ("two APIs swap, the old one to be deleted first", "adopt"),
    ("two APIs swap, the old one to be deleted first", "equal"),
    ("an API is renamed, and one of its permissions is removed at once", "adopt"),
    ("an API is renamed, and one of its permissions is removed at once", "equal"),
}
"""What does not hold yet."""


def cases() -> Iterator[object]:
    """Each row in each of its ways, as far as the local engine can play it."""
    for row in (row for rows in TABLES.values() for row in rows):
        for way in [way for way in row.outcomes if is_playable(row, way)]:
            strict = HOLDERS_ARE_MARKED  # before there were markers most rows lost something, not all
            is_gap = (row.change, way) in GAPS or not HOLDERS_ARE_MARKED
            marks = [pytest.mark.xfail(reason="not yet", strict=strict)] if is_gap else []
            yield pytest.param(row, way, id=f"{row.change}-{way}", marks=marks)


def is_playable(row: Row, way: Way) -> bool:
    """Whether the local engine has what it takes."""
    lacks = (way == "aliases" and not ALIASES) or (row.options.targets and not TARGETS)
    return not (lacks or (row.options.replaces and not REPLACES))


@pytest.mark.parametrize(("row", "way"), list(cases()))
def test_row(row: Row, way: Way) -> None:
    """It comes to what the table says; what is refused succeeds after the step that the refusal names."""
    driver = InProcess()
    played = play(row, way, driver, TenantModel(driver.tenant))
    assert played.outcome == row.outcomes[way], played.run
    assert played.calls == 0 or played.outcome is not Outcome.NO_CALL
    if played.outcome is Outcome.REFUSED and row.command == "up":
        played.world.up(row.stack)
