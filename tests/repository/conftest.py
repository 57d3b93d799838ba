"""A repository as `auth0-apis new` writes it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pulumi_auth0_apis.cli import app


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new repository, in which commands run, with states of its own."""
    folder = tmp_path / "Acme APIs"
    assert CliRunner().invoke(app, ["new", str(folder)]).exit_code == 0
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PULUMI_BACKEND_URL", f"file://{tmp_path}")
    for name in ("AUTH0_DOMAIN", "PULUMI_CONFIG_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE_FILE"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def tested() -> Callable[[Path], str]:
    """Runs `pytest` in a folder, warnings being errors, and returns what it says."""

    def run(folder: Path) -> str:
        command = [sys.executable, "-m", "pytest", "-q", "-W", "error", "-p", "no:cacheprovider"]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
        ended = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, check=False, env=environment
        )
        return ended.stdout + ended.stderr

    return run
