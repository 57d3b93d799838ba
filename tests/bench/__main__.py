"""What a whole tenant costs: calls, seconds and memory, how they grow, and what a rate limit makes of them.

    make bench        (python -m tests.bench [--out DIR] [--engine local|pulumi])

Every operation of one tenant on the local engine, and on the `pulumi` CLI where it is on PATH; the same at
ten times the size; the same under Auth0's smallest plan; what the engines themselves cost; and what a program
pays for declaring a tenant. Prints tables and writes `bench.json`, from which `make docs` makes the table of
the README, and `docs/bench.svg`.
"""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import time
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pygal
from pygal.style import Style
from rich.console import Console
from rich.table import Table

from tests.bench import engine, program_side, stack
from tests.bench.engine_run import Engine
from tests.bench.stack import Size

TENANT = Size(apis=10, permissions=20, grants=20)
LATENCY_SECONDS = 0.05
LARGE_TENANT = Size(apis=100, permissions=20, grants=20)
SMALL_TENANT = Size(apis=5, permissions=6, grants=5)
"""60 resources: what Auth0's free plan has room for."""
DECLARED = 5_000
TRIVIAL = 200
MANY_TRIVIAL = 2_000

Operations = dict[str, dict[str, Any]]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--engine", choices=["local", "pulumi"], help="one engine alone")
    parser.add_argument("--out", type=Path, default=Path())
    asked = parser.parse_args()
    engines: list[Engine] = ["local", *(["pulumi"] if shutil.which("pulumi") else [])]  # type: ignore[list-item]
    started = time.monotonic()
    document = measured([asked.engine] if asked.engine else engines)
    document["seconds"] = round(time.monotonic() - started)
    (asked.out / "bench.json").write_text(json.dumps(document, indent=2) + "\n")
    plot(document["engines"], asked.out / "docs" / "bench.svg")


def measured(engines: list[Engine]) -> dict[str, Any]:
    """All measurements, each shown as soon as it is there."""
    tenant = {each: shown(each, TENANT, latency=LATENCY_SECONDS) for each in engines}
    return {
        "machine": {
            "python": platform.python_version(),
            "pulumi": version("pulumi"),
            "latency_s": LATENCY_SECONDS,
        },
        "operations": tenant[engines[0]],
        "engines": tenant,
        "large": shown(engines[0], LARGE_TENANT),
        "limited": {each: shown(each, SMALL_TENANT, plan="free") for each in engines},
        "engine": {each: shown_engine(each, TRIVIAL) for each in engines},
        "engine_large": shown_engine(engines[0], MANY_TRIVIAL),
        "program": shown_program(),
    }


def shown(which: Engine, size: Size, latency: float = 0.0, plan: str | None = None) -> Operations:
    """Measure every operation, and print the table."""
    operations = stack.run(which, size, latency, plan)
    limit = f", {plan} plan" if plan else ""
    title = f"{size}: {size.resources:,} resources, {which} engine, {1000 * latency:g} ms a call{limit}"
    columns = ("calls", "floor", "refused", "seconds", "cpu_seconds", "provider_mb")
    table = Table("operation", *columns, title=title)
    for name, cost in operations.items():
        table.add_row(name, *(str(cost[column]) for column in columns))
    Console().print(table)
    return operations


def shown_engine(which: Engine, resources: int) -> Operations:
    """Measure an engine with resources that do nothing, and print it."""
    costs = engine.run(which, resources)
    table = Table("operation", "seconds", "CPU seconds", "MB", title=f"{resources:,} trivial, {which} engine")
    for name, cost in costs.items():
        table.add_row(name, f"{cost.seconds:.1f}", f"{cost.cpu_seconds:.1f}", str(cost.peak_mb))
    Console().print(table)
    return {name: asdict(cost) for name, cost in costs.items()}


def shown_program() -> dict[str, Any]:
    """Measure the program's side, and print it."""
    costs = program_side.run(DECLARED)
    table = Table("declared", "ms each", "beyond an empty one", "ratio", title=f"{DECLARED:,} resources, CPU")
    for kind, each in costs["each_ms"].items():
        table.add_row(
            kind,
            f"{each:.2f}",
            f"{costs['beyond_empty_ms'][kind]:.2f}",
            f"{costs['ratio_to_empty'][kind]:.2f}",
        )
    Console().print(table)
    Console().print(f"Importing the package: {costs['import_beyond_pulumi_ms']} ms beyond importing pulumi.")
    return costs


def plot(engines: dict[str, Operations], path: Path) -> None:
    """Draw the calls of each engine beside the floor."""
    operations = next(iter(engines.values()))
    style = Style(background="white", plot_background="white", font_family="sans-serif")
    chart = pygal.Bar(title="Management API calls", x_labels=list(operations), js=[], style=style, height=360)
    chart.add("floor", [cost["floor"] for cost in operations.values()])
    for which, costs in engines.items():
        name = {"local": "local engine", "pulumi": "pulumi CLI"}[which]
        chart.add(name, [cost["calls"] for cost in costs.values()])
    chart.render_to_file(str(path))


if __name__ == "__main__":
    main()
