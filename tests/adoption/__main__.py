"""`make reliability`: play every row, and write docs/reliability.md from what came of it."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Iterable

from ..faults.page import faults
from ..model.judging import Loss, Mismatch
from .page import GAP, PAGE, Cell, Cells, page
from .playing import is_interrupted, play
from .rows import Row, Way
from .stages import STAGES, Stage
from .tables import TABLES


def came_to(row: Row, way: Way, stage: Stage) -> Cell:
    """What a row comes to in one way."""
    with stage() as (driver, tenant):
        try:
            played = play(row, way, driver, tenant)
        except (Loss, Mismatch):
            return Cell(GAP)
        if played.outcome != row.outcomes[way]:
            print(f"{row.change}, {way}: {played.run}", file=sys.stderr)
        return Cell(str(played.outcome), played.calls)


def is_possible(row: Row, engine: str) -> bool:
    """Whether an engine can play a row: nobody presses ^C at the right moment in the real command."""
    return engine != "pulumi" or not is_interrupted(row)


def played_on(engines: Iterable[str]) -> Cells:
    """What every row comes to in each of its ways on each engine."""
    cells: dict[tuple[str, str, Way], Cell] = {}
    for row in (row for rows in TABLES.values() for row in rows):
        for way in row.outcomes:
            for engine in (each for each in engines if is_possible(row, each)):
                cells[engine, row.change, way] = came_to(row, way, STAGES[engine])
        print(row.change, flush=True)
    return cells


def main() -> int:
    """Play on the engines asked for; the real command only where it is on PATH."""
    parser = argparse.ArgumentParser(prog="make reliability")
    parser.add_argument("--engines", nargs="+", choices=STAGES, default=["local"])
    engines = parser.parse_args().engines
    if "pulumi" in engines and shutil.which("pulumi") is None:
        sys.exit("There is no `pulumi` command on PATH: put it there, or leave it out of ENGINES.")
    for name in [name for name in os.environ if name.startswith("AUTH0_")]:
        del os.environ[name]
    PAGE.write_text(page(played_on(engines), faults()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
