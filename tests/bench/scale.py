"""A large tenant beside what the SDK alone takes for it, and beside a tenth of it; all without latency."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.bench import program_floor, stack
from tests.bench.stack import Size

TENTH = 10


def run(large: Size) -> dict[str, Any]:
    """The seconds of each operation on the local engine, the floor's, and the ratios that count.

    The floor is measured before and after: the lesser counts, as what disturbs a run only adds to it.
    """
    config = {"bench:apis": large.apis, "bench:permissions": large.permissions, "bench:grants": large.grants}
    floors = [_floor(config)]
    operations = stack.run("local", large)
    floors.append(_floor(config))
    floor = min(floors)
    small = stack.run("local", replace(large, apis=large.apis // TENTH))
    return {
        "operations": operations,
        "floor_seconds": round(floor, 1),
        "of_the_floor": {name: round(cost["seconds"] / floor, 2) for name, cost in operations.items()},
        "of_ten_tenths": {
            name: round(cost["seconds"] / (TENTH * small[name]["seconds"]), 2)
            for name, cost in operations.items()
        },
    }


def _floor(config: dict[str, int]) -> float:
    return program_floor.run({key: str(value) for key, value in config.items()}).seconds
