"""Fixtures of the engine's tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from .stacks import TestStack


@pytest.fixture
def stack(tmp_path: Path) -> TestStack:
    """A stack that does not exist yet."""
    return TestStack(tmp_path)
