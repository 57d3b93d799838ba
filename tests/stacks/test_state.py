"""Where the state to compare comes from."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from pulumi_auth0_apis.errors import ConfigurationError
from pulumi_auth0_apis.stacks.state import read_state


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with an empty backend of its own."""
    (tmp_path / "Pulumi.yaml").write_text("name: shop\nruntime: python\n")
    (tmp_path / "Pulumi.dev.yaml").write_text("config:\n  auth0:domain: shop.eu.auth0.com\n")
    (tmp_path / "backend").mkdir()
    monkeypatch.setenv("PULUMI_BACKEND_URL", f"file://{tmp_path / 'backend'}")
    monkeypatch.setenv("PULUMI_CONFIG_PASSPHRASE", "correct horse")
    monkeypatch.setenv("PULUMI_HOME", str(tmp_path / "home"))
    return tmp_path


def test_without_a_state_the_ways_to_one_are_named(project: Path) -> None:
    """A stack that was never deployed is no stack without drift."""
    with pytest.raises(ConfigurationError, match="--state"):
        read_state(project, "dev", "local", None)


def test_an_exported_state_needs_no_backend(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is compared with the configuration of the project at hand, wherever the state is kept."""
    monkeypatch.setenv("PULUMI_BACKEND_URL", "s3://states")
    exported = project / "state.json"
    exported.write_text(json.dumps({"version": 3, "deployment": {"resources": []}}))
    opened = read_state(project, "dev", "auto", exported)
    assert opened.snapshot.resources == []
    assert opened.config["auth0:domain"] == "shop.eu.auth0.com"


def test_a_file_that_is_no_export_is_refused(project: Path) -> None:
    """Another file is named, with what should have written it."""
    with pytest.raises(ConfigurationError, match="pulumi stack export"):
        read_state(project, "dev", "auto", project / "Pulumi.yaml")


@pytest.mark.skipif(shutil.which("pulumi") is None, reason="the pulumi CLI is not on PATH")
def test_through_the_real_command(project: Path) -> None:
    """State and configuration are those of the stack that `pulumi` has selected; none is ever made."""
    with pytest.raises(ConfigurationError):
        read_state(project, None, "pulumi", None)
    subprocess.run(["pulumi", "stack", "init", "dev"], cwd=project, check=True, capture_output=True)
    assert read_state(project, None, "pulumi", None).config["auth0:domain"] == "shop.eu.auth0.com"
