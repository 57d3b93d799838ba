"""Which stack a command works on, and which it makes."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Run

NOT_FOUND = 6
COMMANDS = [["preview"], ["up", "--yes"], ["refresh", "--yes"], ["destroy", "--yes"]]


def stacks(project: Path) -> list[str]:
    """The stacks that have a state."""
    return sorted(file.stem for file in (project / ".pulumi/stacks/tests").glob("*.json"))


@pytest.mark.parametrize("command", COMMANDS)
def test_a_misspelt_stack(run: Run, project: Path, command: list[str]) -> None:
    """It is said, with the names that are near and the exit code of the real command; nothing is made."""
    (project / "Pulumi.prod.yaml").write_text("config: {}\n")
    (project / "Pulumi.dev.yaml").write_text("config: {}\n")
    answer = run(*command, "--stack", "prdo")
    assert answer.exit_code == NOT_FOUND
    assert answer.stderr.startswith("error: no stack named 'prdo' found")
    assert "Did you mean prod?" in answer.stderr
    assert answer.stdout == ""
    assert stacks(project) == []


def test_a_stack_with_a_state_alone_is_known(run: Run, project: Path) -> None:
    """Its settings need not be there, and it is among the names that are near."""
    assert run("preview", "--stack", "prod", "--create").exit_code == 0
    assert "Did you mean prod?" in run("preview", "--stack", "prodd").stderr
    assert run("preview", "--stack", "prod").exit_code == 0


@pytest.mark.parametrize(
    ("there", "hint"), [([], "There is none yet."), (["eu", "us"], "There are: eu, us.")]
)
def test_nothing_is_near(run: Run, project: Path, there: list[str], hint: str) -> None:
    """Then all stacks are named; a command that can make one says how."""
    for name in there:
        (project / f"Pulumi.{name}.yaml").write_text("config: {}\n")
    answer = run("up", "--yes", "--stack", "production")
    assert answer.exit_code == NOT_FOUND
    assert f"{hint} `--create` makes a new stack, as does a file with its settings." in answer.stderr
    assert "--create" not in run("destroy", "--yes", "--stack", "production").stderr


def test_the_name_is_looked_at_before_the_settings(run: Run, project: Path) -> None:
    """A misspelt stack has no configuration, which is not the error to tell."""
    (project / "Pulumi.yaml").write_text("name: tests\nruntime: python\nconfig: {size: {type: integer}}\n")
    assert "no stack named 'prdo' found" in run("preview", "--stack", "prdo").stderr


def test_the_default_stack_is_no_other_than_those_there_are(run: Run, project: Path) -> None:
    """Where none is named, `dev` is made for a project without stacks, and for no other."""
    (project / "Pulumi.prod.yaml").write_text("config: {}\n")
    answer = run("up", "--yes")
    assert answer.exit_code == NOT_FOUND
    assert "no stack named 'dev' found" in answer.stderr
    assert "There are: prod." in answer.stderr


def test_a_stack_with_settings_is_made(run: Run, project: Path) -> None:
    """Nobody is asked."""
    (project / "Pulumi.staging.yaml").write_text("config: {}\n")
    assert run("preview", "--stack", "staging").exit_code == 0
    assert stacks(project) == ["staging"]


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize("command", ["preview", "up"])
def test_a_person_is_asked(run: Run, project: Path, command: str) -> None:
    """A no ends it as where there is nobody; --yes keeps it from being asked, and is no yes to this."""
    answer = run(command, "--stack", "staging", input="n\n")
    assert answer.exit_code == NOT_FOUND
    assert "Do you want to create it now?" in answer.stderr
    assert stacks(project) == []
    if command == "up":
        assert "create it now" not in run("up", "--yes", "--stack", "staging", input="y\n").stderr


@pytest.mark.usefixtures("terminal")
def test_a_yes_makes_the_stack(run: Run, project: Path) -> None:
    """The run goes on with it."""
    assert run("preview", "--stack", "staging", input="y\n").exit_code == 0
    assert stacks(project) == ["staging"]


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize("command", ["refresh", "destroy"])
def test_what_makes_no_stack_asks_nobody(run: Run, command: str) -> None:
    """A stack without a state has nothing to refresh or destroy."""
    answer = run(command, "--stack", "staging", input="y\n")
    assert answer.exit_code == NOT_FOUND
    assert "create" not in answer.stderr
