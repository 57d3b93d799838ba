"""Interrupted creations, as a person and a pipeline clear them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pulumi_auth0_apis.engine import Engine
from pulumi_auth0_apis.engine.model.state import PendingOperation, ResourceState

from .conftest import Run


@pytest.fixture
def interrupted(run: Run, project: Path) -> Path:
    """The project, deployed; after that the creations of b and c were interrupted."""
    assert run("up", "--yes", "--skip-preview").exit_code == 0
    store = Engine(project).open().store
    state = store.load()
    pending = [PendingOperation(_created(state.resources[-1].urn, name), "creating") for name in "bc"]
    store.save(replace(state, pending_operations=pending))
    return project


def _created(urn: str, name: str) -> ResourceState:
    return ResourceState(urn=urn.removesuffix("a") + name, type="pulumi-python:dynamic/things:Thing")


def pending(project: Path) -> list[str]:
    """The names of what is still to be created, as the state has it."""
    operations = Engine(project).open().store.load().pending_operations
    return [each.resource.urn.rpartition("::")[2] for each in operations]


def test_a_pipeline_clears_all(run: Run, interrupted: Path) -> None:
    """With an option of the real command's name; without it they stay."""
    assert run("refresh", "--yes", "--skip-preview").exit_code == 0
    assert pending(interrupted) == ["b", "c"]
    answer = run("refresh", "--yes", "--clear-pending-creates")
    assert answer.exit_code == 0
    assert " ".join(answer.stdout.split()).count("is cleared, as asked for") == 2
    assert pending(interrupted) == []


@pytest.mark.usefixtures("terminal")
def test_a_person_picks(run: Run, interrupted: Path) -> None:
    """Each is asked for until the answer is one; what is cleared leaves with the refresh."""
    answer = run("refresh", input="maybe\nclear\nskip\ny\n")
    assert answer.exit_code == 0, answer.output
    assert "The creation of b (pulumi-python:dynamic/things:Thing) was interrupted." in answer.stderr
    assert "AUTH0_ADOPT=equal" in answer.stderr
    assert pending(interrupted) == ["c"]


@pytest.mark.usefixtures("terminal")
def test_a_refresh_that_is_declined_clears_nothing(run: Run, interrupted: Path) -> None:
    """What was picked is a part of the refresh."""
    assert run("refresh", input="clear\nclear\nn\n").exit_code == 1
    assert pending(interrupted) == ["b", "c"]


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize("option", ["--yes", "--skip-pending-creates", "--preview-only"])
def test_nobody_is_asked(run: Run, interrupted: Path, option: str) -> None:
    """Where it is not wanted, or nothing is done."""
    answer = run("refresh", option, input="y\n")
    assert answer.exit_code == 0
    assert "was interrupted" not in answer.output
    assert pending(interrupted) == ["b", "c"]


@pytest.mark.parametrize("option", ["--skip-pending-creates", "--preview-only"])
def test_what_cannot_go_together(run: Run, option: str) -> None:
    """An option that would have no effect is an error, in the words of the real command."""
    answer = run("refresh", "--yes", "--clear-pending-creates", option)
    assert answer.exit_code == 1
    assert answer.stderr == f"error: cannot set both {option} and --clear-pending-creates\n"
