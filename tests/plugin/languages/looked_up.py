"""The look-ups: each of the four in a program, as a function of values and as one of Outputs."""

from __future__ import annotations

import json
from pathlib import Path

from .imported import BILLING, use
from .stack import LanguageStack

PROGRAMS = Path(__file__).parent / "lookups"


def look_up(stack: LanguageStack) -> str:
    """The tenant's objects in a stack of their own, which manages none of them."""
    program = stack.folder / stack.language.program
    before = program.read_text()
    stack.pulumi("stack", "init", "lookups", "--no-select")
    use(stack, (PROGRAMS / program.name).read_text())
    ran = stack.run("up", "--stack", "lookups")
    assert not ran.made(), ran.operations
    found = json.loads(stack.pulumi("stack", "output", "--json", "--stack", "lookups"))
    grants = ["read:orders", "write:orders"]
    for form, answers in found.items():
        assert answers == [1800, "https://orders-2.example.com", grants, BILLING], (form, answers)
    program.write_text(before)
    return "values and Outputs" if "atOnce" in found else "all"
