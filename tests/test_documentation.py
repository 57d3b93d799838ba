"""The documentation says what the code does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_generated_parts_are_true() -> None:
    """The tables in the documentation are what the code generates."""
    generate = [sys.executable, str(ROOT / "docs" / "generate.py"), "--check"]
    run = subprocess.run(generate, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
