"""The documentation page about the sandbox."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from pulumi_auth0_apis.emulator.faults import KINDS
from pulumi_auth0_apis.emulator.plans import PLANS

PAGE = (Path(__file__).parents[2] / "docs" / "sandbox.md").read_text()


def test_its_programs_run() -> None:
    """The Python on the page runs as it stands there, from the first block to the last."""
    blocks = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    names: dict[str, Any] = {}
    for block in blocks:
        exec(block, names)
    assert len(blocks) == 3


def test_it_names_every_fault_and_plan() -> None:
    """Each kind of fault has a row of its own, and each plan is named."""
    assert [kind for kind in KINDS if f"\n| `{kind}` |" not in PAGE] == []
    assert [plan for plan in PLANS if f"`{plan}`" not in PAGE] == []
