"""The page docs/reliability.md, made from the figures."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from . import crashes, faults, mutants, other_writers, rows
from .figures import Figures, Part

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
PARTS: Mapping[str, Part] = {
    "rows": rows.PART,
    "faults": faults.PART,
    "crashes": crashes.PART,
    "writers": other_writers.PART,
    "mutants": mutants.PART,
}
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


def page(figures: Mapping[str, Figures]) -> str:
    """The whole page."""
    parts = [line for name, part in PARTS.items() for line in part.lines(figures.get(name, {}))]
    return "\n".join([HEAD, *parts])
