"""What callers import from the engine, which is imported when it is asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pulumi_auth0_apis import engine


def test_every_name_is_there() -> None:
    """The list for readers and type checkers is the one that is looked up."""
    assert sorted(engine._HOMES) == sorted(engine.__all__)
    assert all(getattr(engine, name) is not None for name in engine.__all__)


def test_no_other_name_is() -> None:
    """A mistake is told as in any module."""
    with pytest.raises(AttributeError, match=r"^module 'pulumi_auth0_apis.engine' has no attribute 'Motor'$"):
        _ = engine.Motor


def test_beginning_to_warm_up_imports_no_engine() -> None:
    """It is for the time in which the engine is imported."""
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import pulumi_auth0_apis.stacks.warm_start, sys;"
            "print('pulumi_auth0_apis.engine.local_engine' in sys.modules)",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == "False\n"
