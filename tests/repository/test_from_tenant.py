"""`auth0-apis new --from-tenant`: a repository whose program is what a tenant has."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from pulumi_auth0_apis.cli import app
from pulumi_auth0_apis.emulator import Sandbox
from pulumi_auth0_apis.management import Session
from pulumi_auth0_apis.management.settings import ConnectionSettings
from pulumi_auth0_apis.repository.files import new_files
from pulumi_auth0_apis.repository.from_tenant import APPLICATIONS, SANDBOX, with_applications

ORDERS = "https://orders.example.com"
WAREHOUSE = "warehouseOfTheRealTenant00000001"


@pytest.fixture
def sandbox(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Sandbox]:
    """A tenant with an application of its own, and where states are kept."""
    sessions: list[Session] = []

    def connect(config: dict[str, str]) -> Session:
        sessions.append(Session(ConnectionSettings.resolve(config)))
        return sessions[-1]

    monkeypatch.setattr("pulumi_auth0_apis.importing.sources.session_for", connect)
    with Sandbox(applications={WAREHOUSE: "Warehouse"}) as running:
        backend = {"PULUMI_BACKEND_URL": f"file://{tmp_path}", "PULUMI_CONFIG_PASSPHRASE": "correct horse"}
        for name, value in {**running.environment, **backend}.items():
            monkeypatch.setenv(name, value)
        yield running
    for session in sessions:
        session.close()


@pytest.fixture
def tenant(sandbox: Sandbox) -> Sandbox:
    """A tenant with an API that has a signing secret, and a grant."""
    scopes = [{"value": "read:orders"}]
    sandbox.tenant.resource_servers.create(
        {"identifier": ORDERS, "name": "Orders", "signing_alg": "HS256", "scopes": scopes}
    )
    grant = {"client_id": WAREHOUSE, "audience": ORDERS, "scope": ["read:orders"]}
    sandbox.tenant.client_grants.create(grant)
    return sandbox


def new(folder: Path, *options: str) -> tuple[int, str]:
    """The exit code, and what is said."""
    ended = CliRunner().invoke(app, ["new", str(folder), "--from-tenant", *options], env={"COLUMNS": "200"})
    return ended.exit_code, ended.output


def test_its_program_is_the_tenants(tenant: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Program and state are the tenant's, pull requests are previewed with its applications and no secret."""
    code, said = new(tmp_path / "apis", "--stack", "prod")
    assert code == 0, said
    assert "Imported 1 API, 1 permission, 1 grant." in said
    monkeypatch.chdir(tmp_path / "apis")
    assert json.loads(Path("applications.json").read_text()) == {WAREHOUSE: "Warehouse"}
    settings = yaml.safe_load(Path("Pulumi.sandbox.yaml").read_text())["config"]
    assert settings["apis:applications"] == {"warehouse": WAREHOUSE}
    secret = tenant.tenant.resource_servers.get(ORDERS)["signing_secret"]
    assert not any(secret in file.read_text() for file in Path().rglob("*") if file.is_file())
    workflow = Path(".github", "workflows", "preview.yml").read_text()
    assert "auth0-apis sandbox --applications applications.json >" in workflow
    previewed = CliRunner().invoke(app, ["preview", "--stack", "prod", "--expect-no-changes"])
    assert previewed.exit_code == 0, previewed.output


def test_its_tests_pass(tenant: Sandbox, tmp_path: Path, tested: Callable[[Path], str]) -> None:
    """The test that it brings passes, with warnings as errors."""
    assert new(tmp_path / "apis")[0] == 0
    said = tested(tmp_path / "apis")
    assert said.count("passed") == 1 and "1 passed" in said, said


@pytest.mark.parametrize("ci", ["github", "gitlab"])
def test_every_sandbox_of_a_workflow_has_the_applications(ci: str) -> None:
    """Whatever starts a sandbox in a workflow starts it with the tenant's applications."""
    started = [text for text in new_files("apis", ci, "imported").values() if SANDBOX in text]
    assert started
    assert all(
        with_applications(text).count(f"{SANDBOX} --applications {APPLICATIONS} >") for text in started
    )


def test_an_empty_tenant_leaves_nothing_behind(sandbox: Sandbox, tmp_path: Path) -> None:
    """Where there is nothing to import nothing is written, and the way on is named."""
    code, said = new(tmp_path / "apis")
    assert (code, (tmp_path / "apis" / "Pulumi.yaml").exists()) == (1, False)
    assert "no API of its own and no grant to import" in said and "`auth0-apis new`" in said


def test_a_program_that_is_there_is_in_the_way(tenant: Sandbox, tmp_path: Path) -> None:
    """What only the import would write is not overwritten either."""
    (tmp_path / "__main__.py").write_text("mine")
    code, said = new(tmp_path)
    assert (code, [file.name for file in tmp_path.iterdir()]) == (1, ["__main__.py"])
    assert "__main__.py already, and nothing was written" in said
