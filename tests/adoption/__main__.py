"""`make reliability`: play every row, and write docs/reliability.md from what came of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from ..model.in_process_engine import InProcess
from ..model.judging import Loss, Mismatch
from ..model.witness import TenantModel
from .playing import is_playable, play
from .rows import WAYS, Row, Way
from .tables import TABLES

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
HEAD = """# Reliability

Made by `make reliability`: every change of a program that could lose an object, played on the local
engine with the package's own provider and a sandbox tenant, whose log of deletions is the witness. **What
the program declares before and after never ceases to exist, except by a replacement that is shown.** In
brackets: the calls of the run.

The columns are what a person says: nothing, an option on every resource, or a variable for that run. A
refusal names these ways; that each of them succeeds is tested in `tests/adoption`. `make model` plays
programs, runs and other hands on a tenant against each other for as long as one likes, from a new seed
each time.

"""
GAP = "**not yet** ¹"
FOOT = """
¹ Known, and an expected failure of the tests, which break when it goes:

- *two APIs swap, the old one to be deleted first*: with the program's own `delete_before_replace=True`
  the first is deleted before anybody tells that the second wants it; it is made anew, under a new id.
  Leave the option out.
- *an API is renamed, and one of its permissions is removed at once*: the engine deletes no permission
  whose API it takes for deleted. It stays in the tenant, and a line of the run names it. Remove it in a
  run of its own.
- *renamed with `adopt`, interrupted, the old one run with `--target`*: of what is not targeted the engine
  tells the provider nothing, so nobody knows that another resource holds the object. End with an `up`
  without `--target`.
- *an API on which somebody else holds a grant is removed*: the API is refused, and its permissions, for
  the same reason, have left the state and not the tenant. After the grant is gone the next run deletes
  all of them; to keep the API, put it back and run once with `AUTH0_ADOPT=equal`.
"""


def page() -> str:
    """The page. Plays everything."""
    tables = [line for title, rows in TABLES.items() for line in _table(title, rows)]
    return HEAD + "\n".join(tables) + FOOT


def _table(title: str, rows: list[Row]) -> Iterator[str]:
    ways = [way for way in WAYS if any(way in row.outcomes for row in rows)]
    yield f"## {title[:1].upper()}{title[1:]}\n"
    yield f"| change | {' | '.join(WAYS[way] for way in ways)} |"
    yield "|---" * (len(ways) + 1) + "|"
    for row in rows:
        yield f"| {row.change} | {' | '.join(_cell(row, way) for way in ways)} |"
    yield ""


def _cell(row: Row, way: Way) -> str:
    if way not in row.outcomes or not is_playable(row, way):
        return "-"
    driver = InProcess()
    try:
        played = play(row, way, driver, TenantModel(driver.tenant))
    except (Loss, Mismatch):
        return GAP
    return f"{played.outcome} ({played.calls})" if played.outcome == row.outcomes[way] else GAP


if __name__ == "__main__":
    sys.exit(PAGE.write_text(page()) == 0)
