"""`--fakes`: a file that says what the resources of other providers compute."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from .conftest import THINGS, Run

FAKES = 'FAKES = {"aws:s3/bucket:Bucket": lambda inputs: {"arn": "arn:b"}}\n'
PROGRAM = 'import pulumi\nfrom other import Bucket\npulumi.export("arn", Bucket("b").arn)\n'


@pytest.fixture
def fakes(project: Path) -> str:
    """The file, in a project that uses another provider."""
    (project / "__main__.py").write_text(PROGRAM)
    shutil.copy(THINGS.with_name("other.py"), project)
    (project / "fakes.py").write_text(FAKES)
    return str(project / "fakes.py")


def test_every_run_says_how_many_fakes_it_had(run: Run, fakes: str) -> None:
    """Preview, update, refresh and destroy take the file, and tell under the summary what was played."""
    for command in (["preview"], ["up", "--yes"], ["refresh", "--yes"], ["destroy", "--yes"]):
        answer = run(*command, "--fakes", fakes)
        assert answer.exit_code == 0, answer.output
        assert "Fakes: 1, nothing of them is real: 1 of aws" in answer.output
    assert json.loads(run("preview", "--json", "--fakes", fakes).stdout)["fakes"] == {"aws": 1}


def test_without_the_file_a_state_of_fakes_is_refused(run: Run, fakes: str) -> None:
    """One paragraph says why and what to do, and nothing runs."""
    run("up", "--yes", "--skip-preview", "--fakes", fakes)
    answer = run("preview")
    assert answer.exit_code == 1
    assert "error: Fakes have played" in answer.output
    assert "--fakes fakes.py" in answer.output


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("x = 1\n1 / 0\n", "fails in line 2: ZeroDivisionError"),
        ("f(", "SyntaxError"),
        ("fakes = {}\n", "has no FAKES that maps type tokens to functions"),
        ('FAKES = {"a:b:C": 1}\n', "has no FAKES that maps type tokens to functions"),
        (None, "cannot be read: No such file"),
    ],
)
def test_a_file_that_cannot_be_used_is_told(
    run: Run, fakes: str, project: Path, text: str | None, why: str
) -> None:
    """The error names the file, and what is wrong with it."""
    file = Path(fakes)
    file.unlink() if text is None else file.write_text(text)
    answer = run("preview", "--fakes", fakes)
    assert answer.exit_code == 1
    assert f"error: {file}" in answer.output
    assert why in answer.output
