"""A whole import, on a sandbox tenant, by the command."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import typer
from typer.testing import CliRunner

from pulumi_auth0_apis.cli.import_ import import_
from pulumi_auth0_apis.emulator import BILLING_CLIENT_ID, REPORTING_CLIENT_ID, Sandbox
from pulumi_auth0_apis.management import Session
from pulumi_auth0_apis.management.settings import ConnectionSettings

ORDERS = "https://orders.example.com"
Import = Callable[..., dict[str, Any]]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A tenant with an HS256 API, three permissions and two grants."""
    with Sandbox() as sandbox:
        scopes = [{"value": f"{verb}:orders"} for verb in ("read", "write", "delete")]
        sandbox.tenant.resource_servers.create(
            {"identifier": ORDERS, "name": "Orders", "signing_alg": "HS256", "scopes": scopes}
        )
        for client_id in (BILLING_CLIENT_ID, REPORTING_CLIENT_ID):
            body = {"client_id": client_id, "audience": ORDERS, "scope": ["read:orders"]}
            sandbox.tenant.client_grants.create(body)
        yield sandbox


@pytest.fixture
def run(sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Import]:
    """Runs the command in `shop`, each time with a connection of its own, and returns what it says."""
    sessions: list[Session] = []

    def connect(config: dict[str, str]) -> Session:
        sessions.append(Session(ConnectionSettings.resolve(config)))
        return sessions[-1]

    monkeypatch.setattr("pulumi_auth0_apis.importing.sources.session_for", connect)
    monkeypatch.delenv("PULUMI_BACKEND_URL", raising=False)
    for name, value in {**sandbox.environment, "PULUMI_CONFIG_PASSPHRASE": "correct horse"}.items():
        monkeypatch.setenv(name, value)
    app = typer.Typer()
    app.command()(import_)

    def run_import(*options: str) -> dict[str, Any]:
        done = CliRunner().invoke(app, [str(tmp_path / "shop"), "--json", *options])
        assert done.exit_code == 0, done.output
        told: dict[str, Any] = json.loads(done.output)
        return told

    yield run_import
    for session in sessions:
        session.close()


def test_a_tenant_is_imported_and_proven(sandbox: Sandbox, tmp_path: Path, run: Import) -> None:
    """Program, configuration and state are written, the preview is empty, the tenant untouched."""
    told = run()
    assert (told["resources"], told["changes"]) == (6, [])
    calls = httpx.get(f"{sandbox.domain}/_sandbox/requests").json()["routes"]
    assert {call.split()[0] for call in calls if "/oauth/" not in call} == {"GET"}
    secret = sandbox.tenant.resource_servers.get(ORDERS)["signing_secret"]
    written = [file for file in (tmp_path / "shop").rglob("*") if file.is_file()]
    assert len(written) >= 6
    assert not any(secret in file.read_text(errors="replace") for file in written)


def test_what_is_there_already_stays(sandbox: Sandbox, tmp_path: Path, run: Import) -> None:
    """A second import adds what is new, a third nothing, and the first program's text is untouched."""
    run()
    main = (tmp_path / "shop" / "__main__.py").read_text()
    scopes = sandbox.tenant.resource_servers.get(ORDERS)["scopes"]
    sandbox.tenant.resource_servers.update(ORDERS, {"scopes": [*scopes, {"value": "zap:orders"}]})
    sandbox.tenant.resource_servers.create({"identifier": "urn:new"})
    second, third = run(), run()
    assert [(told["resources"], told["changes"]) for told in (second, third)] == [(2, []), (0, [])]
    assert (tmp_path / "shop" / "__main__.py").read_text().startswith(main.rstrip())


def test_permissions_can_be_the_apis_own(tmp_path: Path, run: Import) -> None:
    """With --inline-scopes there is no Permission, and the preview is as empty."""
    assert run("--inline-scopes")["resources"] == 3
    assert "Permission" not in (tmp_path / "shop" / "__main__.py").read_text()


def test_without_a_passphrase_a_secret_is_refused(
    sandbox: Sandbox, tmp_path: Path, run: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tenant with signing secrets needs one, and is told so before a program is written."""
    monkeypatch.delenv("PULUMI_CONFIG_PASSPHRASE")
    monkeypatch.delenv("PULUMI_CONFIG_PASSPHRASE_FILE", raising=False)
    with pytest.raises(AssertionError, match="PULUMI_CONFIG_PASSPHRASE"):
        run()
    assert not (tmp_path / "shop" / "__main__.py").exists()


@pytest.mark.skipif(shutil.which("pulumi") is None, reason="the pulumi CLI is not on PATH")
def test_an_import_into_the_real_command(
    tmp_path: Path, run: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real CLI takes the state with its secrets, and previews no changes, twice."""
    (tmp_path / "backend").mkdir()
    monkeypatch.setenv("PULUMI_BACKEND_URL", f"file://{tmp_path / 'backend'}")
    assert [run("--engine", "pulumi")["resources"] for _ in range(2)] == [6, 0]
