from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from pulumi_auth0_apis.engine import Engine, PolicyPack
from pulumi_auth0_apis.report import Report, as_json, junit, markdown, read, sarif

HERE = Path(__file__).parent
POLICIES = HERE.parents[1] / "policies"


@pytest.mark.parametrize(
    ("recorded", "rules", "pull_request"),
    [
        ("stopped", HERE / "program" / "rules.json", "1"),
        ("warned", HERE / "program" / "advice.json", "1"),
        ("corrected", HERE / "program" / "corrections.json", "corrected"),
        ("forgotten", HERE / "program" / "corrections.json", "forgotten"),
    ],
)
def test_both_engines_give_the_same_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, recorded: str, rules: Path | None, pull_request: str
) -> None:
    """Every format says of a run of either engine the same, but for the name of the engine."""
    program = shutil.copytree(HERE / "program", tmp_path / "program")
    engine = Engine(
        program, "dev", backend_url=f"file://{tmp_path}", environment={"PULUMI_CONFIG_PASSPHRASE": "test"}
    )
    assert engine.up().ok
    monkeypatch.setenv("PULL_REQUEST", pull_request)
    assert_same(engine.preview(policy_packs=[PolicyPack(POLICIES, rules)]).events, recorded)


def assert_same(events: Sequence[Mapping[str, Any]], recorded: str) -> None:
    """Compare every format of a run by the local engine with those of a recorded run by Pulumi's CLI."""
    ours = Report(read(map(json.dumps, events)))
    theirs = Report(read((HERE / "logs" / f"{recorded}.jsonl").read_text().splitlines()))
    assert (ours.run.engine, theirs.run.engine) == ("auth0-apis", "pulumi")
    assert {position.partition("#")[0] for position in ours.run.positions.values()} == {
        "project:///__main__.py"
    }
    ours.run.engine, ours.run.positions = "pulumi", {}  # of lines the command's log says nothing
    for form in (markdown, as_json, sarif, junit):
        assert form(ours) == form(theirs)


@pytest.mark.parametrize("move", ["moved", "adopting", "aliased", "replaced"])
def test_moves_are_the_same_on_both_engines(
    moving: Engine, monkeypatch: pytest.MonkeyPatch, move: str
) -> None:
    """What is renamed, moved, swapped, taken over or replaced is told alike."""
    monkeypatch.setenv("MOVE", move)
    assert_same(moving.preview().events, move)
