"""What a terminal shows of a run, whatever its resources and errors are called."""

from __future__ import annotations

import io
from typing import Any

import pyte
import pytest
from hypothesis import example, given, settings
from rich.console import Console

from pulumi_auth0_apis.cli.display import Display
from pulumi_auth0_apis.cli.terminal import say, say_json

from ..hostile_text import hostile

WIDE, HIGH = 300, 200


def on_screen(printed: str) -> pyte.Screen:
    """A terminal after what was printed."""
    screen = pyte.Screen(WIDE, HIGH)
    pyte.Stream(screen).feed(printed.replace("\n", "\r\n"))
    return screen


def is_unharmed(screen: pyte.Screen) -> bool:
    """Whether it shows what can be seen, and is as it was but for its lines."""
    fresh = pyte.Screen(WIDE, HIGH)
    parts = ("title", "icon_name", "mode", "margins", "charset", "g0_charset", "savepoints", "tabstops")
    seen = all(cell.data.isprintable() for line in screen.buffer.values() for cell in line.values())
    same = all(getattr(screen, part) == getattr(fresh, part) for part in parts)
    return seen and same and screen.cursor.attrs == fresh.cursor.attrs and not screen.cursor.hidden


def displayed(text: str) -> str:
    """What is printed of a run in which everybody says `text`."""
    out = io.StringIO()
    display = Display(Console(file=out, force_terminal=True, width=WIDE, highlight=False), "Updating")
    display.close()
    for event in events(text):
        display(event)
    return out.getvalue()


def events(text: str) -> list[dict[str, Any]]:
    urn = f"urn:pulumi:dev::shop::a:b:C::x{text.replace(':', '')}"
    stack = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev"
    states = {
        side: {"parent": "", "inputs": {text: text, "n": [text, side]}, "outputs": {text: text, "o": side}}
        for side in ("old", "new")
    }
    steps = [
        {"urn": where, "op": "update", "diffs": [text, "n"], "detailedDiff": None, **states}
        for where in (stack, urn)
    ]
    return [
        *({"resourcePreEvent": {"metadata": step, "planning": False}} for step in steps),
        {"resOutputsEvent": {"metadata": steps[1], "planning": False}},
        {
            "diagnosticEvent": {
                "severity": "error",
                "urn": urn,
                "prefix": "error: ",
                "message": f"It said {text}",
            }
        },
        {
            "policyEvent": {
                "resourceUrn": urn,
                "message": text,
                "policyName": text,
                "policyPackName": text,
                "enforcementLevel": "mandatory",
            }
        },
        {
            "summaryEvent": {
                "resourceChanges": {"update": 1},
                "isPreview": False,
                "result": "failed",
                "durationSeconds": 1,
            }
        },
    ]


@given(text=hostile)
@example("\x1b]0;title\x07\x1b[31m\u202e")
@settings(deadline=None)
def test_a_run_is_shown_and_the_terminal_stays_what_it_is(text: str) -> None:
    """Names, values, errors and rules are cells on the screen; title, colours and cursor stay."""
    screen = on_screen(displayed(text))
    assert is_unharmed(screen)
    assert "Resources: 1 updated, failed" in "\n".join(screen.display)


@pytest.mark.parametrize("printing", [say, say_json])
def test_a_command_says_it_harmlessly(printing: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """What every command prints, as text and as a document, changes no state of a terminal."""
    printing("\x1b]0;title\x07 \x9b31m \x00 \u202e \x7f \ud800")
    printed = capsys.readouterr().out
    assert is_unharmed(on_screen(printed)) and printed.replace("\n", "").isprintable()
