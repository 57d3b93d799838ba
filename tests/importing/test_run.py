"""A whole import, on a sandbox tenant, by the command."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import httpx
import pytest
import typer
from typer.testing import CliRunner

from pulumi_auth0_apis.cli.import_ import _places, import_
from pulumi_auth0_apis.emulator import BILLING_CLIENT_ID, REPORTING_CLIENT_ID, Sandbox
from pulumi_auth0_apis.engine import Engine
from pulumi_auth0_apis.engine.project.secrets import SecretsProvider
from pulumi_auth0_apis.management import Session
from pulumi_auth0_apis.management.settings import ConnectionSettings

from . import awkward

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


def test_the_state_is_what_an_update_leaves(tmp_path: Path, run: Import) -> None:
    """An update right after the import finds nothing to write: each resource is recorded as it would be."""
    run()
    engine = Engine(tmp_path / "shop", "dev")
    imported = {each.urn: each for each in engine.open().store.load().resources}
    assert engine.up().ok
    updated = {each.urn: each for each in engine.open().store.load().resources}
    unlike = {
        urn: [f.name for f in fields(was) if getattr(was, f.name) != getattr(updated[urn], f.name)]
        for urn, was in imported.items()
    }
    assert {urn: names for urn, names in unlike.items() if set(names) - {"modified"}} == {}


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


def test_a_passphrase_that_the_proof_needs(
    sandbox: Sandbox, tmp_path: Path, run: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stack that has one is not added to without it, though nothing that is imported is secret."""
    sandbox.tenant.resource_servers.create({"identifier": "urn:new"})
    (tmp_path / "shop").mkdir()
    salt = SecretsProvider.new("right").salt
    (tmp_path / "shop" / "Pulumi.dev.yaml").write_text(f"encryptionsalt: {salt}\n")
    with pytest.raises(AssertionError, match="The passphrase is not the one of this stack"):
        run("--identifier", "urn:new")
    assert not (tmp_path / "shop" / "__main__.py").exists()
    monkeypatch.setenv("PULUMI_CONFIG_PASSPHRASE", "right")
    assert run("--identifier", "urn:new")["resources"] == 1


def test_whatever_a_tenant_holds_the_preview_is_empty(sandbox: Sandbox, run: Import) -> None:
    """Names that are hard to write, Auth0's own APIs and 1,000 permissions come through the engine whole."""
    number = awkward.fill(sandbox.tenant)
    told = run()
    assert (told["resources"], told["changes"]) == (6 + number, [])


def test_many_files_are_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are named as seen from the folder at hand, and the modules of a large program by their number."""
    monkeypatch.chdir(tmp_path)
    files = [tmp_path / "shop" / "Pulumi.yaml", *(tmp_path / "shop" / "apis" / f"{n}.py" for n in range(10))]
    assert list(_places([*files, Path("/elsewhere/x")])) == [
        str(Path("shop", "Pulumi.yaml")),
        f"{Path('shop', 'apis')} (10 files)",
        str(Path("/elsewhere/x").resolve()),
    ]


def test_an_import_that_fails_leaves_nothing_behind(sandbox: Sandbox, tmp_path: Path, run: Import) -> None:
    """While somebody holds the stack's lock nothing is written; afterwards the whole is imported."""
    engine = Engine(tmp_path / "shop", "dev")
    run()
    before = {file: file.read_bytes() for file in (tmp_path / "shop").rglob("*") if file.is_file()}
    sandbox.tenant.resource_servers.create({"identifier": "urn:new", "signing_alg": "HS256"})
    with engine.open().store.lock(), pytest.raises(AssertionError, match="lock"):
        run()
    now = {file: file.read_bytes() for file in (tmp_path / "shop").rglob("*") if file.is_file()}
    assert now == before
    assert (run()["resources"], run()["resources"]) == (1, 0)


def test_a_program_that_cannot_run_is_told_as_that(tmp_path: Path, run: Import) -> None:
    """A preview that fails is no proof, and its reason is passed on rather than asked to be reported."""
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "__main__.py").write_text("import nothing_of_this_name\n")
    with pytest.raises(AssertionError, match=r"No module named 'nothing_of_this_name'[^.]*Program and state"):
        run()


@pytest.mark.parametrize(("name", "told"), [("orders", "Duplicate resource"), ("mine", "stand for one API")])
def test_a_program_that_declares_it_already_is_told(
    tmp_path: Path, run: Import, name: str, told: str
) -> None:
    """After a conflict the program has a declaration of its own, which is named and is to go."""
    (tmp_path / "shop").mkdir()
    declared = (
        f"from pulumi_auth0_apis import ResourceServer\nResourceServer({name!r}, identifier={ORDERS!r})\n"
    )
    main = tmp_path / "shop" / "__main__.py"
    main.write_text(declared)
    with pytest.raises(AssertionError, match=told):
        run()
    main.write_text(main.read_text().removeprefix(declared))
    assert run()["resources"] == 0


pulumi_only = pytest.mark.skipif(shutil.which("pulumi") is None, reason="the pulumi CLI is not on PATH")


@pytest.fixture
def cli(run: Import, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """The real command in `shop`, with a backend of its own and the Python of these tests."""
    (tmp_path / "backend").mkdir()
    monkeypatch.setenv("PULUMI_BACKEND_URL", f"file://{tmp_path / 'backend'}")
    monkeypatch.setenv("PULUMI_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")

    def pulumi(*arguments: str) -> str:
        command = ["pulumi", *arguments, "--non-interactive", "--stack", "dev"]
        done = subprocess.run(command, cwd=tmp_path / "shop", capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return pulumi


@pulumi_only
def test_an_import_into_the_real_command(sandbox: Sandbox, cli: Callable[..., str], run: Import) -> None:
    """The real CLI takes the state with its secrets, and previews no changes, twice."""
    number = awkward.fill(sandbox.tenant)
    assert [run("--engine", "pulumi")["resources"] for _ in range(2)] == [6 + number, 0]
    cli("preview", "--expect-no-changes")


@pulumi_only
def test_the_checkpoint_is_what_stack_import_takes(
    tmp_path: Path, cli: Callable[..., str], run: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the local engine proved, `pulumi stack import` takes over, and its preview is empty too."""
    run("--engine", "local")
    monkeypatch.setenv("PULUMI_BACKEND_URL", f"file://{tmp_path / 'home'}")
    cli("stack", "select", "--create")
    cli("stack", "import", "--file", "checkpoint.dev.json")
    assert "7 unchanged" in cli("preview", "--expect-no-changes")


def test_nothing_to_import_leaves_the_folder_as_it_was(tmp_path: Path, run: Import, sandbox: Sandbox) -> None:
    """An empty tenant is no program: nothing is written, and the way to a first one is named."""
    sandbox.tenant.resource_servers.delete(ORDERS)
    with pytest.raises(AssertionError, match="no API of its own and no grant to import"):
        run()
    assert not [file for file in (tmp_path / "shop").rglob("*") if file.is_file()]


def test_a_state_is_not_filtered(tmp_path: Path, run: Import) -> None:
    """A filter beside `--from`, which takes a whole state, is refused and not passed over."""
    with pytest.raises(AssertionError, match="choose from a tenant"):
        run("--from", "pulumi-state", str(tmp_path / "state.json"), "--identifier", ORDERS)
