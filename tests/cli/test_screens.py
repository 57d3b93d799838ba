"""What a verdict and the help look like on terminals, narrow and wide, kept as text: `logs` of tests/report.

After a wanted change: `python -m tests.cli.test_screens` writes the screens anew. Look at them.
"""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pyte
import pytest
from rich.console import Console
from typer.testing import CliRunner

from pulumi_auth0_apis.cli import app
from pulumi_auth0_apis.cli.display import Display
from pulumi_auth0_apis.report import Report, markdown, read

LOGS = Path(__file__).parents[1] / "report" / "logs"
SCREENS = Path(__file__).parent / "screens"
NAMES = ("stopped", "warned", "corrected", "four_apis")
WIDTHS = {"": 80, ".wide": 120}
HELPED = ("", "new", "import", "stack rm")


def four_apis() -> list[str]:
    """A log in which four APIs break the same rules, each with its own lifetime."""
    apis = {"orders": 30, "payments": 30, "reports": 20, "audit": 10}
    found = [
        (rule, level, severity, f"{description}\n{message.format(days)}\nFix: {remedy}\n", name)
        for name, days in apis.items()
        for rule, level, severity, description, message, remedy in (
            ("short-tokens", "mandatory", "high", "Tokens expire soon.", "They live {} d.", "lower it."),
            ("protected", "advisory", "medium", "Nothing is lost.", "protect is off.", "protect it."),
        )
    ]
    events: list[dict[str, Any]] = [
        {
            "policyEvent": {
                "resourceUrn": f"urn:pulumi:dev::shop::pulumi-python:dynamic/auth0:ResourceServer::{name}",
                "message": message,
                "policyName": rule,
                "policyPackName": "acme",
                "enforcementLevel": level,
                "severity": severity,
            }
        }
        for rule, level, severity, message, name in found
    ]
    end: dict[str, Any] = {"result": "failed", "isPreview": True, "resourceChanges": {}, "durationSeconds": 1}
    return [
        json.dumps({"sequence": number, **event})
        for number, event in enumerate([*events, {"summaryEvent": end}])
    ]


def log(name: str) -> list[str]:
    """The lines of a log."""
    return four_apis() if name == "four_apis" else (LOGS / f"{name}.jsonl").read_text().splitlines()


def printed(name: str, console: Console) -> str:
    """What is printed of a log, but for how long the run took."""
    console.file = io.StringIO()
    display = Display(console, "Previewing update")
    for line in log(name):
        event = json.loads(line)
        event.get("summaryEvent", {})["durationSeconds"] = 1
        display(event)
    return console.file.getvalue()


def screen(name: str, width: int = 80) -> str:
    """What a terminal without colour shows of a log."""
    shown = printed(name, Console(width=width, no_color=True, force_terminal=False, highlight=False))
    return "".join(f"{line.rstrip()}\n" for line in shown.splitlines())


def comment(name: str) -> str:
    """What a comment says of a log."""
    return markdown(Report(read(log(name))))


def helped(words: str, width: int) -> str:
    """What `--help` of a command shows."""
    answer = CliRunner().invoke(app, [*words.split(), "--help"], env={"COLUMNS": str(width)})
    plain = re.sub(r"\x1b\[[0-9;]*m", "", answer.output)  # which some CI servers get
    return "".join(f"{line.rstrip()}\n" for line in plain.splitlines())


def help_file(words: str, ending: str) -> Path:
    return SCREENS / f"help{'_' * bool(words)}{words.replace(' ', '_')}{ending}.txt"


@pytest.mark.parametrize("ending", WIDTHS)
@pytest.mark.parametrize("name", NAMES)
def test_a_terminal_shows_the_kept_screen(name: str, ending: str) -> None:
    """Rules are told once, their resources below them, mandatory ones first; corrections at the change."""
    assert screen(name, WIDTHS[ending]) == (SCREENS / f"{name}{ending}.txt").read_text()


@pytest.mark.parametrize("name", NAMES)
def test_colour_says_nothing_that_words_do_not(name: str) -> None:
    """Without colour a screen is the same text, line by line."""
    terminal = pyte.Screen(80, 200)
    shown = printed(name, Console(width=80, force_terminal=True, highlight=False))
    pyte.Stream(terminal).feed(shown.replace("\n", "\r\n"))
    assert {cell.fg for line in terminal.buffer.values() for cell in line.values()} > {"default"}
    assert "\n".join(map(str.rstrip, terminal.display)).rstrip() == screen(name).rstrip()


@pytest.mark.parametrize("ending", WIDTHS)
@pytest.mark.parametrize("words", HELPED)
def test_help_is_as_it_was_looked_at(words: str, ending: str) -> None:
    """No column is so narrow that words break, and nothing is cut."""
    shown = helped(words, WIDTHS[ending])
    assert shown == help_file(words, ending).read_text()
    assert "…" not in shown and max(map(len, shown.splitlines())) <= WIDTHS[ending]


@pytest.mark.parametrize("name", NAMES)
def test_a_comment_says_what_is_kept(name: str) -> None:
    """The same in Markdown, advisory rules behind a fold."""
    assert comment(name) == (SCREENS / f"{name}.md").read_text()


def test_what_has_something_in_common_is_one_line() -> None:
    """Four APIs that break two rules are told in two paragraphs and four lines."""
    shown = screen("four_apis")
    assert "Policies: 4 mandatory of 1 rule; 4 advisory of 1 rule" in shown
    assert shown.count("Fix:") == 2
    assert "- orders, payments: They live 30 d." in shown.replace("payments, orders", "orders, payments")


def test_a_correction_is_shown_where_nothing_changes() -> None:
    """Whoever reads the program would take its value for the tenant's."""
    urn = "urn:pulumi:dev::shop::pulumi-python:dynamic/auth0:ResourceServer::orders"
    state = {"parent": "", "inputs": {"token_lifetime": 7200}, "outputs": {}}
    out = io.StringIO()
    display = Display(Console(file=out, width=80, no_color=True, highlight=False), "Previewing update")
    for event in (
        {
            "policyRemediationEvent": {
                "resourceUrn": urn,
                "policyName": "capped",
                "before": {"token_lifetime": 86400},
                "after": {"token_lifetime": 7200},
            }
        },
        {"resourcePreEvent": {"metadata": {"urn": urn, "op": "same", "old": state, "new": state}}},
        {
            "summaryEvent": {
                "resourceChanges": {"same": 1},
                "isPreview": True,
                "result": "",
                "durationSeconds": 1,
            }
        },
    ):
        display(event)
    assert "! token_lifetime: 86400 => 7200  (corrected by capped)" in out.getvalue()


if __name__ == "__main__":
    SCREENS.mkdir(exist_ok=True)
    for ending, width in WIDTHS.items():
        for each in NAMES:
            (SCREENS / f"{each}{ending}.txt").write_text(screen(each, width))
        for words in HELPED:
            help_file(words, ending).write_text(helped(words, width))
    for each in NAMES:
        (SCREENS / f"{each}.md").write_text(comment(each))
