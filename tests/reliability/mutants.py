"""How many changes of the core's lines the tests notice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..mutation.groups import GROUPS
from ..mutation.judging import Judged
from ..mutation.measuring import figures_of, measured
from .figures import Asked, Figures, Part

HEAD = """\
## Changes that the tests notice

`make mutants` changes the core's lines one at a time, as a slip of the hand would, and runs the tests of that
subject which need no other process. A mutant is noticed where a test fails, or where the tests do not end
any more (in brackets: how many of them). At least nine of ten are; whatever else survives is listed with its
reason in [survivors.json](../tests/mutation/survivors.json), which a run compares.

| | mutants | noticed | | survivors |
|---|---|---|---|---|"""


def measure(asked: Asked, before: Figures) -> Figures:
    """Judge every group; engines and chance have no part in it."""
    del asked
    return beside(before, measured(GROUPS))


def beside(before: Figures, found: Mapping[str, Judged]) -> Figures:
    """The figures of some groups, and those of the others from before."""
    figures = {**before, **{name: figures_of(group) for name, group in found.items()}}
    return {name: figures[name] for name in GROUPS if name in figures}


def lines(figures: Figures) -> Iterator[str]:
    """A row for each group, and one for all of them."""
    if not figures:
        return
    yield HEAD
    total = {
        name: sum(group[name] for group in figures.values()) for name in ("mutants", "timeouts", "survivors")
    }
    for name, group in {**figures, "all": total}.items():
        module = f"`{GROUPS[name].module}`" if name in GROUPS else f"**{name}**"
        mutants, timeouts, survivors = group["mutants"], group["timeouts"], group["survivors"]
        noticed = mutants - survivors
        yield f"| {module} | {mutants} | {noticed} ({timeouts}) | {noticed / mutants:.1%} | {survivors} |"
    yield ""


PART = Part(measure, lines)
