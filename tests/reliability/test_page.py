"""The page of figures is what was measured, of what there is to measure now."""

from __future__ import annotations

from ..adoption.tables import TABLES
from .figures import read
from .page import PAGE, PARTS, page
from .rows import GAP


def test_the_page_is_made_from_the_figures() -> None:
    """Nobody writes a figure by hand."""
    assert PAGE.read_text() == page(read())


def test_every_part_is_measured() -> None:
    """There is no part without figures."""
    assert [name for name in PARTS if not read().get(name)] == []


def test_every_row_is_on_the_page_as_it_is_tested() -> None:
    """A row that is new, gone, or comes to something else needs another `make reliability`."""
    rows = {row.change: row.outcomes for rows in TABLES.values() for row in rows}
    measured = read()["rows"]["local"]
    told = {
        change: {way: cell.partition(" (")[0] for way, cell in cells.items()}
        for change, cells in measured.items()
    }
    expected = {change: dict(outcomes) for change, outcomes in rows.items()}
    for change, cells in told.items():
        for way in [way for way, cell in cells.items() if cell == GAP]:
            expected[change].pop(way, None)
            del cells[way]
    assert told == expected
