"""Playing a row, and telling what it came to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ..model.declarations import Key
from ..model.runs import Driver, Run
from ..model.witness import TenantModel
from ..model.world import World
from .meanwhile import Interrupted, unmarked
from .rows import Outcome, Row, Way


@dataclass(frozen=True)
class Played:
    """What came of a row played in one way."""

    outcome: Outcome
    run: Run
    calls: int
    """How many calls the run took."""
    deleted: int
    """How many objects ceased to exist in it."""
    world: World


def play(row: Row, way: Way, driver: Driver, tenant: TenantModel, *, old_state: bool = False) -> Played:
    """Play a row up to its second run. Raises Loss or Mismatch where a run is not as it must be.

    With `old_state` the second run finds a state as it was written before there were markers.
    """
    world = World(driver, tenant)
    world.write("one", row.before)
    world.up("one")
    if row.meanwhile is not None:
        row.meanwhile(world)
    if old_state:
        driver.rewrite("one", unmarked)
    world.write(row.stack, row.program(way))
    before, calls = dict(tenant.objects), driver.calls
    run = world.run(row.stack, row.command, row.run_options(way))
    spent = driver.calls - calls
    return Played(_outcome(run, before, spent, tenant), run, spent, len(tenant.witness.lost), world)


def is_interrupted(row: Row) -> bool:
    """Whether somebody presses ^C in the row, which only the local engine's drivers know how to do."""
    return isinstance(row.meanwhile, Interrupted)


def _outcome(run: Run, before: Collection[Key], calls: int, tenant: TenantModel) -> Outcome:
    if not run.ok:
        return Outcome.REFUSED
    if not calls:
        return Outcome.NO_CALL
    lost = {each.key for each in tenant.witness.lost}
    made = {each.after for each in run.steps if each.op in ("create", "create-replacement")}
    if lost & {each.after for each in run.steps if each.before == each.after and "replace" in each.op}:
        return Outcome.REPLACED
    return Outcome.TAKEN_OVER if made.intersection(before) - lost else Outcome.DONE
