"""What the bench has measured, on the terminal and as a plot."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pygal
from pygal.style import Style
from rich.console import Console
from rich.table import Table

from tests.bench.engine_run import Cost

Operations = Mapping[str, Mapping[str, Any]]


def operations(title: str, measured: Operations) -> None:
    columns = ("calls", "floor", "refused", "seconds", "cpu_seconds", "provider_mb", "engine_mb")
    table = Table("operation", *columns, title=title)
    for name, cost in measured.items():
        table.add_row(name, *(str(cost[column]) for column in columns))
    Console().print(table)


def scale(found: Mapping[str, Any]) -> None:
    title = f"the SDK alone: {found['floor_seconds']} s"
    table = Table("operation", "of the SDK alone", "of ten times a tenth", title=title)
    for name, share in found["of_the_floor"].items():
        table.add_row(name, f"{share:.2f}", f"{found['of_ten_tenths'][name]:.2f}")
    Console().print(table)


def ratios(title: str, found: Mapping[str, Any]) -> None:
    table = Table("", "", title=title, show_header=False)
    for name, figure in found.items():
        table.add_row(name.replace("_", " "), str(figure))
    Console().print(table)


def costs(title: str, measured: Mapping[str, Cost]) -> None:
    table = Table("operation", "seconds", "CPU seconds", "MB", title=title)
    for name, cost in measured.items():
        table.add_row(name, f"{cost.seconds:.1f}", f"{cost.cpu_seconds:.1f}", str(cost.peak_mb))
    Console().print(table)


def program(title: str, measured: Mapping[str, Any]) -> None:
    table = Table("declared", "ms each", "beyond an empty one", "by default", "ratio", title=title)
    for kind, each in measured["each_ms"].items():
        table.add_row(
            kind,
            f"{each:.2f}",
            f"{measured['beyond_empty_ms'][kind]:.2f}",
            f"{measured['by_default'][kind]:.2f}",
            f"{measured['ratio_to_empty'][kind]:.2f}",
        )
    Console().print(table)
    loading = measured["import_beyond_pulumi_ms"]
    Console().print(f"Importing the package: {loading} ms beyond importing pulumi.")


def plot(engines: Mapping[str, Operations], path: Path) -> None:
    """Draw the calls of each engine beside the floor."""
    if not engines:
        return
    measured = next(iter(engines.values()))
    style = Style(background="white", plot_background="white", font_family="sans-serif")
    chart = pygal.Bar(title="Management API calls", x_labels=list(measured), js=[], style=style, height=360)
    chart.add("floor", [cost["floor"] for cost in measured.values()])
    for which, costs_of in engines.items():
        name = {"local": "local engine", "pulumi": "pulumi CLI"}[which]
        chart.add(name, [cost["calls"] for cost in costs_of.values()])
    chart.render_to_file(str(path))
