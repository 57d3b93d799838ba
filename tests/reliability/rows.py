"""What each row of `tests/adoption` comes to, and on which engines it was played."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from ..adoption.playing import is_interrupted, play
from ..adoption.rows import WAYS, Row, Way
from ..adoption.stages import STAGES
from ..adoption.tables import TABLES
from ..model.judging import Loss, Mismatch
from .figures import ENGINES, Asked, Figures, Part

GAP = "**not yet** ¹"
FOOT = """\
¹ Known, and an expected failure of the tests, which break when it goes:

- *renamed with `adopt`, interrupted, the old one run with `--target`*: of what is not targeted the engine
  tells the provider nothing, so nobody knows that another resource holds the object, and it is deleted. End
  an interrupted run with an `up` without `--target`.
- *an API on which somebody else holds a grant is removed*: the API is refused, and its permissions have
  left the state and not the tenant, because the engine asks nobody to delete what goes with an API. After
  the grant is gone the next run deletes all of them; to keep the API, put it back and run once with
  `AUTH0_ADOPT=equal`.
- Not in the tables: *an API is renamed with `adopt`, and one of its permissions is removed at once*. The
  permission stays in the tenant, for the same reason, and a line of the run names it. Remove it in a run of
  its own.
"""


def measure(asked: Asked, before: Figures) -> Figures:
    """Play every row in each of its ways on these engines."""
    played = {engine: _played_on(engine) for engine in asked.engines}
    return {engine: played.get(engine, before.get(engine, {})) for engine in ENGINES}


def _played_on(engine: str) -> dict[str, dict[Way, str]]:
    cells: dict[str, dict[Way, str]] = {}
    for row in (row for rows in TABLES.values() for row in rows):
        if is_possible(row, engine):
            cells[row.change] = {way: came_to(row, way, engine) for way in row.outcomes}
            print(f"{engine}: {row.change}", flush=True)
    return cells


def is_possible(row: Row, engine: str) -> bool:
    """Whether an engine can play a row: nobody presses ^C at the right moment in the real command."""
    return engine != "pulumi" or not is_interrupted(row)


def came_to(row: Row, way: Way, engine: str) -> str:
    """What a row comes to in one way, and how many calls that took."""
    with STAGES[engine]() as (driver, tenant):
        try:
            played = play(row, way, driver, tenant)
        except (Loss, Mismatch):
            return GAP
        if played.outcome != row.outcomes[way]:
            print(f"{row.change}, {way}: {played.run}", file=sys.stderr)
        return f"{played.outcome} ({played.calls})"


def lines(figures: Figures) -> Iterator[str]:
    """How often each engine has played, where they do not come to the same, and the tables."""
    for engine, name in ENGINES.items():
        if count := sum(map(len, figures.get(engine, {}).values())):
            yield f"- Played on {name}: {count} times."
    yield from _differences(figures)
    yield ""
    for title, rows in TABLES.items():
        yield f"## {title}\n"
        yield from _table(rows, figures["local"])
        yield ""
    yield FOOT


def _differences(figures: Figures) -> Iterator[str]:
    for engine, name in ENGINES.items():
        for change, cells in figures.get(engine, {}).items():
            for way, cell in cells.items():
                if _outcome(cell) != _outcome(figures["local"][change][way]):
                    yield f"- On {name}: {change} ({WAYS[way]}): {_outcome(cell)}."


def _outcome(cell: str) -> str:
    return cell.partition(" (")[0]


def _table(rows: list[Row], cells: Figures) -> Iterator[str]:
    ways: list[Way] = [way for way in WAYS if any(way in row.outcomes for row in rows)]
    yield f"| change | {' | '.join(WAYS[way] for way in ways)} |"
    yield "|---" * (len(ways) + 1) + "|"
    for row in rows:
        yield f"| {row.change} | {' | '.join(cells[row.change].get(way, '-') for way in ways)} |"


PART = Part(measure, lines)
