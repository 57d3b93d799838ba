"""What the last `make bench` measured, part by part, as the README tells it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docs.settings import table

MEASURED = Path(__file__).parents[1] / "bench.json"
ENGINES = {"local": "local engine", "pulumi": "`pulumi` CLI"}


def text() -> str:
    """The table with one row an operation, and what a program, a large tenant and a user's test pay."""
    measured = json.loads(MEASURED.read_text())
    return "\n\n".join([_operations(measured), _program(measured), _scale(measured), _further(measured)])


def _operations(measured: Mapping[str, Any]) -> str:
    runs = {ENGINES[name]: run for name, run in measured["engines"].items()}
    runs["local engine, ten times the size, without latency"] = measured["large"]
    header = ("operation", "floor", *(f"calls, seconds: {name}" for name in runs))
    rows = [
        (operation, str(cost["floor"]), *(_cost(run[operation]) for run in runs.values()))
        for operation, cost in measured["operations"].items()
    ]
    return table(header, rows)


def _cost(cost: Mapping[str, Any]) -> str:
    return f"{cost['calls']:,}, {cost['seconds']} s"


def _program(measured: Mapping[str, Any]) -> str:
    program, large = measured["program"], measured["large"].values()
    each, beyond = program["each_ms"]["empty"], program["beyond_empty_ms"]
    provider, engine = (max(cost[of] for cost in large) for of in ("provider_mb", "engine_mb"))
    return f"""\
Declaring the resources of a tenant costs a program {beyond["tenant"]} ms each, on top of the {each} ms
of an empty dynamic resource; an API, which has the most outputs, costs {beyond["api"]} ms. Importing the
package takes {program["import_beyond_pulumi_ms"]:.0f} ms more than importing Pulumi. The provider's process
holds {provider} MB at most, the engine's {engine} MB, at ten times the size."""


def _scale(measured: Mapping[str, Any]) -> str:
    scale = measured["scale"]
    rows = [
        (operation, f"{share:.2f}", f"{scale['of_ten_tenths'][operation]:.2f}")
        for operation, share in scale["of_the_floor"].items()
        if operation not in ("refresh", "destroy")  # which run no program
    ]
    told = f"""\
For the large tenant's program Pulumi's SDK alone takes {scale["floor_seconds"]} s: as many empty resources,
and an engine that answers at once. In the same run the local engine took, provider and all:"""
    return f"{told}\n\n{table(('operation', 'times the SDK alone', 'times ten tenths of the size'), rows)}"


def _further(measured: Mapping[str, Any]) -> str:
    create, preview = measured["tenant"].values()
    tests, imported = measured["tests"], measured["import"]
    return f"""\
At 50 ms a call, the creation takes {create} times what the provider's four threads need for it, and the
preview {preview} s more than that of an empty program. The quickstart, up and down in a user's test, takes
{tests["first_seconds"]} s the first time in a process and {tests["each_more_seconds"]} s from then on. An
import of {imported["resources"]:,} resources with the `pulumi` CLI takes {imported["of_the_preview"]} times
the CLI's own preview of the program that it writes."""
