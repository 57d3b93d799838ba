"""The page about what people run into elsewhere shows tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "complaints.md"
LINK = re.compile(r"\[`(test_\w+)`\]\(\.\./(tests/[\w/]+\.py)\)")


def test_every_complaint_has_a_test() -> None:
    """Each row names at least one test, and each test that is named is in its file."""
    rows = [
        line for line in PAGE.read_text().splitlines() if line.startswith("| ") and "| shown by |" not in line
    ]
    assert len(rows) > 30
    for row in rows:
        shown = LINK.findall(row.rpartition(" | ")[2])
        assert shown, row
        for name, file in shown:
            assert f"def {name}(" in (ROOT / file).read_text(), f"{file}::{name}"
