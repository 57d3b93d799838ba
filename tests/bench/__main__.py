"""What a whole tenant costs: calls, seconds and memory, how they grow, and what a rate limit makes of them.

    make bench                    (python -m tests.bench [--parts PART …] [--engine local|pulumi])
    make bench PART="scale program"

Each part of `PARTS` can be measured by itself. What it comes to is printed and kept in `bench.json`, beside
what the other parts came to before; from that `make docs` makes the tables of the README. The `pulumi` CLI is
measured where it is on PATH.
"""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.bench import engine, imports, plugin, program_side, scale, shown, stack, user_tests
from tests.bench.engine_run import Engine
from tests.bench.stack import Size

TENANT = Size(apis=10, permissions=20, grants=20)
LATENCY_SECONDS = 0.05
LARGE_TENANT = Size(apis=100, permissions=20, grants=20)
SMALL_TENANT = Size(apis=5, permissions=6, grants=5)
"""60 resources: what Auth0's free plan has room for."""
IMPORTED_TENANT = Size(apis=100, permissions=20, grants=10)
DECLARED = 2_000
TRIVIAL = 200
MANY_TRIVIAL = 2_000

Document = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS), help="these alone")
    parser.add_argument("--engine", choices=["local", "pulumi"], help="one engine alone")
    parser.add_argument("--out", type=Path, default=Path())
    asked = parser.parse_args()
    engines: list[Engine] = ["local", *(["pulumi"] if shutil.which("pulumi") else [])]  # type: ignore[list-item]
    (asked.out / "docs").mkdir(parents=True, exist_ok=True)
    kept = asked.out / "bench.json"
    document: Document = json.loads(kept.read_text()) if kept.exists() else {}
    for part in asked.parts:
        began = time.monotonic()
        document |= PARTS[part]([asked.engine] if asked.engine else engines)
        document["machine"] = machine()
        document.setdefault("took_seconds", {})[part] = round(time.monotonic() - began)
        kept.write_text(json.dumps(document, indent=2) + "\n")
    shown.plot(document.get("engines", {}), asked.out / "docs" / "bench.svg")


def machine() -> dict[str, Any]:
    """What a figure depends on beside our own code."""
    return {
        "python": platform.python_version(),
        "pulumi": version("pulumi"),
        "latency_s": LATENCY_SECONDS,
    }


def tenant(engines: Sequence[Engine]) -> Document:
    """A tenant at 50 ms a call, operation by operation."""
    measured = {each: stack.run(each, TENANT, LATENCY_SECONDS) for each in engines}
    for each, operations in measured.items():
        shown.operations(f"{TENANT}, {each} engine, {1000 * LATENCY_SECONDS:g} ms a call", operations)
    empty = {each: stack.preview_of_nothing(each) for each in engines}
    ratios = {
        "create, of the four threads' time": stack.share(measured["local"], TENANT, LATENCY_SECONDS),
        "preview, seconds beyond an empty program's": round(
            measured["local"]["preview"]["seconds"] - empty["local"], 1
        ),
    }
    shown.ratios(f"{TENANT}, local engine", ratios)
    return {"operations": measured[engines[0]], "engines": measured, "empty": empty, "tenant": ratios}


def large(_engines: Sequence[Engine]) -> Document:
    """Ten times as many, without latency, beside what the SDK alone takes."""
    found = scale.run(LARGE_TENANT)
    shown.operations(f"{LARGE_TENANT}, local engine, no latency", found["operations"])
    shown.scale(found)
    return {"large": found["operations"], "scale": found}


def limited(engines: Sequence[Engine]) -> Document:
    """A small tenant under the rate limit of Auth0's free plan."""
    measured = {each: stack.run(each, SMALL_TENANT, plan="free") for each in engines}
    for each, operations in measured.items():
        shown.operations(f"{SMALL_TENANT}, {each} engine, free plan", operations)
    return {"limited": measured}


def by_plugin(engines: Sequence[Engine]) -> Document:
    """The same two tenants by the provider plugin, with the `pulumi` CLI; nothing where that is not there."""
    if "pulumi" not in engines:
        return {}
    found = plugin.run(TENANT, SMALL_TENANT, LATENCY_SECONDS)
    title = f"{TENANT}, plugin, {plugin.PARALLEL} at a time, {1000 * LATENCY_SECONDS:g} ms a call"
    shown.operations(title, found["operations"])
    shown.operations(f"the same, {plugin.APART}", found["apart"])
    shown.operations(f"{SMALL_TENANT}, plugin, free plan", found["limited"])
    return {"plugin": found}


def engine_alone(engines: Sequence[Engine]) -> Document:
    """Resources that do nothing."""
    costs = {each: engine.run(each, TRIVIAL) for each in engines}
    many = engine.run(engines[0], MANY_TRIVIAL)
    for each, found in costs.items():
        shown.costs(f"{TRIVIAL:,} trivial, {each} engine", found)
    shown.costs(f"{MANY_TRIVIAL:,} trivial, {engines[0]} engine", many)
    return {
        "engine": {
            each: {name: asdict(cost) for name, cost in found.items()} for each, found in costs.items()
        },
        "engine_large": {name: asdict(cost) for name, cost in many.items()},
    }


def program(_engines: Sequence[Engine]) -> Document:
    """What a program pays for declaring a tenant."""
    costs = program_side.run(DECLARED)
    shown.program(f"{DECLARED:,} resources, CPU", costs)
    return {"program": costs}


def imported(engines: Sequence[Engine]) -> Document:
    """An import with the `pulumi` CLI; nothing where that is not there."""
    if "pulumi" not in engines:
        return {}
    found = imports.run(IMPORTED_TENANT)
    shown.ratios(f"import of {IMPORTED_TENANT}, pulumi CLI", found)
    return {"import": found}


def tests(_engines: Sequence[Engine]) -> Document:
    """The quickstart in a user's tests."""
    found = user_tests.run()
    shown.ratios("the quickstart, up and down, in a user's tests", found)
    return {"tests": found}


PARTS: dict[str, Callable[[Sequence[Engine]], Document]] = {
    "tenant": tenant,
    "scale": large,
    "limited": limited,
    "plugin": by_plugin,
    "engine": engine_alone,
    "program": program,
    "import": imported,
    "tests": tests,
}


if __name__ == "__main__":
    main()
