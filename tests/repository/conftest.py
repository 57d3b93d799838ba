"""A repository as `auth0-apis new` writes it."""

from __future__ import annotations

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
