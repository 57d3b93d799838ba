from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from pulumi_auth0_apis.cli.report import report

LOGS = Path(__file__).parent / "logs"
STOPPED, WARNED = str(LOGS / "stopped.jsonl"), str(LOGS / "warned.jsonl")

app = typer.Typer()
app.command()(report)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([STOPPED], 1),
        ([WARNED], 0),
        ([WARNED, "--fail-on", "advisory"], 1),
        ([STOPPED, "--fail-on", "never"], 0),
        (["nowhere.jsonl"], 2),
    ],
)
def test_the_exit_code_is_the_verdict(arguments: list[str], code: int) -> None:
    """0 may go ahead, 1 is stopped, 2 is no log."""
    assert CliRunner().invoke(app, arguments).exit_code == code


def test_formats_and_files(tmp_path: Path) -> None:
    """Any format goes to a file or to standard output."""
    target = tmp_path / "report.json"
    CliRunner().invoke(app, [WARNED, "--format", "json", "--output", str(target)])
    assert json.loads(target.read_text())["stack"] == "dev"
    assert CliRunner().invoke(app, [WARNED, "--format", "junit"]).output.startswith("<?xml")
    assert '"version": "2.1.0"' in CliRunner().invoke(app, [WARNED, "--format", "sarif"]).output


def test_standard_input_is_a_log_too() -> None:
    """`pulumi preview --json | auth0-apis report -` needs no file."""
    result = CliRunner().invoke(app, ["-"], input=Path(WARNED).read_text())
    assert "Previewed by pulumi." in result.output


def test_what_is_no_log_is_one_clear_paragraph(tmp_path: Path) -> None:
    """The message names the file, the line and what was expected."""
    path = tmp_path / "log.jsonl"
    path.write_text("nonsense\n")
    result = CliRunner().invoke(app, [str(path)])
    assert "Line 1 is no engine event" in result.output
    assert "Traceback" not in result.output


def test_a_file_that_cannot_be_written_is_told_in_a_line(tmp_path: Path) -> None:
    """With an exit code that means no rule."""
    told = CliRunner().invoke(app, [WARNED, "--output", str(tmp_path / "nowhere" / "report.md")])
    assert told.exit_code == 2
    assert "report.md cannot be written: No such file or directory. Name a file" in told.output
