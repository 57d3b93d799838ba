"""What was measured, as docs/reliability.json keeps it: a part each, and in it mostly an engine each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).parents[2] / "docs" / "reliability.json"
ENGINES = {
    "local": "the local engine, in one process",
    "processes": "the local engine, with programs and providers in processes",
    "pulumi": "the `pulumi` CLI",
}

Figures = Mapping[str, Any]


@dataclass(frozen=True)
class Asked:
    """On which engines to measure; how often where that is a matter of chance, and from which seed."""

    engines: Sequence[str]
    runs: int
    seed: int


@dataclass(frozen=True)
class Part:
    """A part of docs/reliability.md: how its figures are measured, and its lines made from them.

    `measure` is also given what was measured before, to keep what nobody asks for now.
    """

    measure: Callable[[Asked, Figures], Figures]
    lines: Callable[[Figures], Iterator[str]]


def read() -> dict[str, Figures]:
    """What was measured so far."""
    return json.loads(FILE.read_text()) if FILE.exists() else {}


def keep(figures: Mapping[str, Figures]) -> None:
    """Keep what is measured now."""
    FILE.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n")
