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
    """The table with one row an operation, and what a program, a large tenant and a user's test pay.

    A part that nobody has measured yet is left out.
    """
    measured = json.loads(MEASURED.read_text())
    told = {
        "program": _program,
        "scale": _scale,
        "tenant": _tenant,
        "plugin": _plugin,
        "tests": _tests,
        "import": _import,
    }
    parts = [tell(measured[part]) for part, tell in told.items() if part in measured]
    return "\n\n".join([_operations(measured), *parts])


def _operations(measured: Mapping[str, Any]) -> str:
    runs = {ENGINES[name]: run for name, run in measured["engines"].items()}
    if "plugin" in measured:
        runs["plugin, `pulumi` CLI"] = measured["plugin"]["operations"]
    runs["local engine, ten times the size, without latency"] = measured["large"]
    header = ("operation", "floor", *(f"calls, seconds: {name}" for name in runs))
    rows = [
        (operation, str(cost["floor"]), *(_cost(run[operation]) for run in runs.values()))
        for operation, cost in measured["operations"].items()
    ]
    return table(header, rows)


def _cost(cost: Mapping[str, Any]) -> str:
    return f"{cost['calls']:,}, {cost['seconds']} s"


def _program(program: Mapping[str, Any]) -> str:
    each, beyond = program["each_ms"]["empty"], program["beyond_empty_ms"]
    return f"""\
Declaring the resources of a tenant costs a program {beyond["tenant"]} ms each, on top of the {each} ms
of an empty dynamic resource; an API, which has the most outputs, costs {beyond["api"]} ms. Importing the
package takes {program["import_beyond_pulumi_ms"]:.0f} ms more than importing Pulumi."""


def _scale(scale: Mapping[str, Any]) -> str:
    costs = scale["operations"].values()
    provider, engine = (max(cost[of] for cost in costs) for of in ("provider_mb", "engine_mb"))
    rows = [
        (operation, f"{share:.2f}", f"{scale['of_ten_tenths'][operation]:.2f}")
        for operation, share in scale["of_the_floor"].items()
        if operation not in ("refresh", "destroy")  # which run no program
    ]
    told = f"""\
For the large tenant's program Pulumi's SDK alone takes {scale["floor_seconds"]} s: as many empty resources,
and an engine that answers at once. In the same run the local engine took as below, provider and all; the
provider's process held {provider} MB at most, the engine's {engine} MB."""
    return f"{told}\n\n{table(('operation', 'times the SDK alone', 'times ten tenths of the size'), rows)}"


def _tenant(ratios: Mapping[str, Any]) -> str:
    create, preview = ratios.values()
    return f"""\
At 50 ms a call, the creation takes {create} times what the provider's four threads need for it, and the
preview {preview} s more than that of an empty program."""


def _plugin(plugin: Mapping[str, Any]) -> str:
    operations, apart, limited = (plugin[run] for run in ("operations", "apart", "limited"))
    return f"""\
The plugin was run with 32 changes at a time, where the fewest calls for the creation are
{operations["create"]["floor"]}; they were {apart["create"]["calls"]} where the engine did not write its state
in between. A destroy of permissions that do not say `deletedWith` took {apart["destroy"]["calls"]} calls. On
the free plan a tenant of 60 resources was made by {limited["create"]["calls"]}, in
{limited["create"]["seconds"]} s."""


def _tests(tests: Mapping[str, Any]) -> str:
    return f"""\
The quickstart, up and down in a user's test, takes {tests["first_seconds"]} s the first time in a process
and {tests["each_more_seconds"]} s from then on."""


def _import(imported: Mapping[str, Any]) -> str:
    return f"""\
An import of {imported["resources"]:,} resources with the `pulumi` CLI takes {imported["of_the_preview"]}
times the CLI's own preview of the program that it writes."""
