"""The page docs/reliability.md: what each row came to, and on which engines it was played."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from .rows import WAYS, Row, Way
from .stages import ENGINES
from .tables import TABLES

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
HEAD = """\
# Reliability

Made by `make reliability`: every change of a program that could lose an object, played with the package's
own provider on a sandbox tenant, whose log of deletions is the witness. **What the program declares before
and after never ceases to exist, except by a replacement that is shown.** In brackets: the calls of the run.

The columns are what a person says: nothing, an option on every resource, or a variable for that run. A
refusal names these ways; that each of them succeeds is tested in `tests/adoption`. `make model` plays
programs, runs and other hands on a tenant against each other for as long as one likes, from a new seed
each time.
"""
GAP = "**not yet** ¹"
GAPS = """\
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
OTHER_WRITERS = """\
## Other writers

Auth0 keeps the permissions of an API as one list, replaced whole, and has no conditional write. Whoever
reads it, changes it and writes it back takes along what a run has written in between; the dashboard does
that. So the list is read again after each chain of changes, 0.75 s later at least, and what an older list
has undone is changed again, additions and removals alike. A run says so in a line.

Not for an API that the run itself has made: there every later reading and, at one call in fifty, later writes
of the run look again. What comes after the run's last look is seen by nobody until `pulumi refresh`. Tried
with another hand that reads the list and writes it back 0.3 to 0.7 s later (0.1 to 0.6 s for removals), on a
tenant that takes 50 ms to answer, six times each:

| the run | kept as the program says |
|---|---|
| makes an API with 12 permissions, and nothing else | 0 of 6 |
| makes it, and 40 other objects after it | 5 of 6 |
| removes 6 of 12 permissions of an API that was there | 6 of 6 |
| the same, and makes 40 other objects | 6 of 6 |

What the other hand adds is lost where it writes between a reading and a writing of ours, some 0.1 s each
(once in these 24 times). Two runs of this package look after themselves in the same way.
"""


@dataclass(frozen=True)
class Cell:
    """What a row came to in one way; no calls where the run was not as it must be."""

    outcome: str
    calls: int | None = None

    def __str__(self) -> str:
        return self.outcome if self.calls is None else f"{self.outcome} ({self.calls})"


Cells = Mapping[tuple[str, str, Way], Cell]


def page(cells: Cells, faults: Iterable[str]) -> str:
    """The whole page."""
    parts = [HEAD, *_played(cells), ""]
    parts += [line for title, rows in TABLES.items() for line in (f"## {title}\n", *_table(rows, cells), "")]
    return "\n".join([*parts, GAPS, *faults, OTHER_WRITERS])


def _played(cells: Cells) -> Iterator[str]:
    """How often each engine has played, and where engines do not come to the same."""
    for engine, name in ENGINES.items():
        if count := sum(each == engine for each, *_ in cells):
            yield f"- Played on {name}: {count} times."
    for (engine, change, way), cell in cells.items():
        first = cells.get(("local", change, way), cell)
        if cell.outcome != first.outcome:
            yield f"- On {ENGINES[engine]}: {change} ({WAYS[way]}): {cell.outcome}."


def _table(rows: list[Row], cells: Cells) -> Iterator[str]:
    ways: list[Way] = [way for way in WAYS if any(way in row.outcomes for row in rows)]
    yield f"| change | {' | '.join(WAYS[way] for way in ways)} |"
    yield "|---" * (len(ways) + 1) + "|"
    for row in rows:
        yield f"| {row.change} | {' | '.join(_cell(row, way, cells) for way in ways)} |"


def _cell(row: Row, way: Way, cells: Cells) -> str:
    found = [cells[engine, row.change, way] for engine in ENGINES if (engine, row.change, way) in cells]
    return str(found[0]) if found else "-"
