"""A stack, its configuration in clear, and its tenant."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from pulumi_auth0_apis.engine import EngineError
from pulumi_auth0_apis.errors import ConfigurationError
from pulumi_auth0_apis.stacks.stack import TenantStack

TENANT = {"AUTH0_DOMAIN": "shop.eu.auth0.com", "AUTH0_API_TOKEN": "token"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose stack `dev` names a tenant."""
    (tmp_path / "Pulumi.yaml").write_text("name: shop\nruntime: python\n")
    (tmp_path / "Pulumi.dev.yaml").write_text("config:\n  auth0:domain: own.eu.auth0.com\n")
    return tmp_path


def test_the_stack_names_its_tenant(project: Path) -> None:
    """Its configuration says which, and the environment how to reach it."""
    stack = TenantStack(project, "dev", environment={"AUTH0_API_TOKEN": "token"})
    assert stack.connection.domain == "own.eu.auth0.com"


def test_outside_of_a_project_the_environment_counts(tmp_path: Path) -> None:
    """A command that needs a tenant alone needs no project."""
    assert TenantStack(tmp_path, environment=TENANT).connection.domain == "shop.eu.auth0.com"
    with pytest.raises(ConfigurationError):
        _ = TenantStack(tmp_path, environment={}).connection


def test_a_key_that_nobody_here_has_is_told(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without `pulumi`, a key of a cloud's key management opens nothing."""
    monkeypatch.setattr(shutil, "which", lambda _: None)
    (project / "Pulumi.dev.yaml").write_text("secretsprovider: awskms://key\nencryptedkey: a\n")
    with pytest.raises(EngineError, match="awskms"):
        _ = TenantStack(project, "dev").configuration


def test_a_backend_that_is_no_folder_has_a_selected_stack(project: Path) -> None:
    """The CLI keeps the selection by the backend's own address, and there it is found."""
    stack = TenantStack(
        project, environment={"PULUMI_HOME": str(project), "PULUMI_BACKEND_URL": "s3://states"}
    )
    digest = hashlib.sha1(str(stack.project.file).encode(), usedforsecurity=False).hexdigest()
    (project / "workspaces").mkdir()
    selection = project / "workspaces" / f"shop-{digest}-workspace.json"
    selection.write_text(json.dumps({"stacks": {"s3://states": "organization/shop/prod"}}))
    assert stack.name == "prod"
