"""The figures of the mutation check, and the survivors that are known, each with its reason."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from .groups import GROUPS
from .judging import Judged, install, judged

KNOWN = Path(__file__).with_name("survivors.json")
"""By group and reason: the survivors, each by its function and what is changed there."""


def measured(names: Iterable[str]) -> dict[str, Judged]:
    """What comes of the mutants of some groups."""
    found: dict[str, Judged] = {}
    with TemporaryDirectory() as folder:
        tools = Path(folder) / "tools"
        install(tools)
        for name in names:
            found[name] = judged(GROUPS[name], tools, Path(folder) / name)
            print(f"{name}: {figures_of(found[name])}", flush=True)
    return found


def figures_of(found: Judged) -> Mapping[str, int]:
    """As docs/reliability.json keeps them."""
    return {"mutants": found.mutants, "timeouts": found.timeouts, "survivors": len(found.survivors)}


def mistakes(found: Mapping[str, Judged]) -> list[str]:
    """What survivors.json does not list, and what it lists that is noticed by now, or gone."""
    wrong: list[str] = []
    for name, group in found.items():
        known = [mutant for mutants in known_survivors()[name].values() for mutant in mutants]
        wrong += [f"{name}, survives: {mutant}" for mutant in group.survivors if mutant not in known]
        wrong += [
            f"{name}, is listed, and does not survive: {each}"
            for each in known
            if each not in group.survivors
        ]
    return wrong


def known_survivors() -> dict[str, dict[str, list[str]]]:
    """By group and reason."""
    listed: dict[str, dict[str, list[str]]] = json.loads(KNOWN.read_text())
    return {name: listed.get(name, {}) for name in GROUPS}
