"""What stands in for processes does as the processes do: one story, both ways."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from pulumi_auth0_apis.emulator import Sandbox

from . import edits
from .declarations import Program
from .in_process_engine import InProcess
from .runs import Driver, Options, Run
from .with_processes import WithProcesses
from .witness import TenantModel

ABOUT_THE_RUN = ("id", "created", "modified", "sourcePosition", "stackTrace", "provider")
_VARYING = re.compile(r"[0-9a-f]{32}|[0-9a-f]{24}|cgr_\w{16}|http://127\.0\.0\.1:\d+|from line \d+")


@pytest.fixture
def with_processes(tmp_path: Path) -> Iterator[tuple[Driver, TenantModel]]:
    with Sandbox() as sandbox:
        yield WithProcesses(tmp_path, sandbox), TenantModel(sandbox.tenant)


@pytest.fixture
def in_process() -> tuple[Driver, TenantModel]:
    driver = InProcess()
    return driver, TenantModel(driver.tenant)


def test_one_story_both_ways(
    in_process: tuple[Driver, TenantModel], with_processes: tuple[Driver, TenantModel]
) -> None:
    """Steps, errors, state and what the tenant went through are the same, run by run."""
    for command, program in story():
        runs = [driver.run("one", command, program, Options()) for driver, _ in (in_process, with_processes)]
        fast, slow = (told(run, *side) for run, side in zip(runs, (in_process, with_processes), strict=True))
        assert fast == slow, f"{command}:\n{program}"


def story() -> Iterator[tuple[Any, Program]]:
    """Programs in which every form of a declaration occurs, and every kind of step."""
    program = edits.add_permission(edits.add_api(Program(), 0, 0), 0, 0)
    program = edits.add_grant(edits.add_permission(program, 0, 0), 0, 0)
    yield "preview", program
    yield "up", program
    yield "up", edits.rename(program, 0, 0)
    program = edits.set_option(edits.move(edits.change(program, 0, 1), 1, 0), 1, 2)
    program = edits.list_permissions(edits.add_api(program, 1, 0), 1, 0)
    program = edits.add_permission(program, 1, 0)
    yield "preview", program
    yield "up", program
    program = edits.move_with_alias(edits.rename_with_alias(program, 0, 0), 1, 0)
    yield "up", program
    program = edits.set_option(edits.sign_otherwise(program, 0, 0), 3, 0)
    yield "preview", program
    yield "up", program
    yield "up", edits.duplicate(program, 0, 0)
    yield "refresh", program
    yield "destroy", program


def told(run: Run, driver: Driver, tenant: TenantModel) -> dict[str, Any]:
    """All that can be compared of a run and of what it left."""
    lost = Counter(each.key for each in tenant.witness.lost)
    tenant.witness.forget()
    refused = {"ok": run.ok, "about": sorted(urn for _, urn in run.errors), "lost": lost}
    if not run.ok:
        return refused  # what was done beside it by then is chance
    return refused | {
        "changes": run.changes,
        "steps": Counter(run.steps),
        "tenant": set(tenant.objects),
        "state": {state.urn: plain(state.to_json(None)) for state in driver.state("one")},
    }


def plain(written: Mapping[str, Any]) -> dict[str, Any]:
    """A resource of the state without what differs from run to run."""
    if written["type"].startswith("pulumi:providers:"):
        return {"type": written["type"]}
    kept = {name: value for name, value in written.items() if name not in ABOUT_THE_RUN}
    kept["dependencies"] = sorted(kept.get("dependencies", ()))
    plain: dict[str, Any] = json.loads(_VARYING.sub("<…>", json.dumps(kept)))
    return plain
