"""What was measured, as docs/languages.json keeps it: what is so of each part, by language."""

from __future__ import annotations

import json
from pathlib import Path

FILE = Path(__file__).parents[3] / "docs" / "languages.json"

Figures = dict[str, dict[str, str]]


def read() -> Figures:
    """What was measured so far."""
    found: Figures = json.loads(FILE.read_text()) if FILE.exists() else {}
    return found


def keep(figures: Figures) -> None:
    """Keep what is measured now."""
    FILE.write_text(json.dumps(figures, indent=1) + "\n")
