"""Parity needs the real command; without it every test here is skipped, and says so."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from .sides import Local, Pulumi


@pytest.fixture(scope="session", autouse=True)
def pulumi_command() -> None:
    """Skip without `pulumi` on PATH, or fail where PARITY=required (as `make parity` sets it)."""
    if shutil.which("pulumi") is None:
        reason = "parity with the real engine is not tested: there is no `pulumi` command on PATH"
        pytest.fail(reason) if os.environ.get("PARITY") == "required" else pytest.skip(reason)


@pytest.fixture
def local(tmp_path: Path) -> Local:
    """Our engine on a new stack."""
    return Local(tmp_path / "local")


@pytest.fixture
def pulumi(tmp_path: Path) -> Pulumi:
    """The real command on a new stack."""
    side = Pulumi(tmp_path / "pulumi")
    side.create_stack()
    return side
