"""What every test of this repository can rely on."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def traceback_limit() -> Iterator[None]:
    """Undo what loading a provider does to its process, which is to hide all stacks: tests share one."""
    before = getattr(sys, "tracebacklimit", 1000)
    yield
    sys.tracebacklimit = before


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes a worker longest (its marker is `xdist_group`), so that no other waits for it."""
    items.sort(key=lambda item: item.get_closest_marker("xdist_group") is None)
