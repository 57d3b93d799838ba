"""The doctor on a state whose last run was interrupted, and on one whose passphrase is not there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pulumi_auth0_apis.doctor import Diagnosis, Surroundings
from pulumi_auth0_apis.doctor.pending_operations import check_pending_operations
from pulumi_auth0_apis.doctor.project_files import check_passphrase
from pulumi_auth0_apis.engine import Engine
from pulumi_auth0_apis.engine.model.snapshot import Snapshot
from pulumi_auth0_apis.engine.model.state import OperationType, PendingOperation, ResourceState
from pulumi_auth0_apis.engine.model.values import Secret
from pulumi_auth0_apis.engine.store.journal_replayer import JournalEntry
from pulumi_auth0_apis.engine.store.stack_store import StackStore

TYPE = "pulumi-python:dynamic/auth0:ResourceServer"


def operation(name: str, kind: OperationType) -> PendingOperation:
    urn = f"urn:pulumi:dev::shop::{TYPE}::{name}"
    state = ResourceState(urn=urn, custom=True, type=TYPE, inputs={"signing_secret": Secret("hush")})
    return PendingOperation(state, kind)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a project."""
    for name in ("PULUMI_BACKEND_URL", "PULUMI_CONFIG_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE_FILE"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "Pulumi.yaml").write_text("name: shop\nruntime: python\n")
    return tmp_path


@pytest.fixture
def store(project: Path) -> StackStore:
    """The stack of the project, which has a passphrase."""
    opened = Engine(project, "dev", passphrase="right").open()
    return opened.backend.create("dev", opened.config.secrets)


def surroundings(project: Path, state_file: Path | None = None) -> Surroundings:
    return Surroundings(project, "dev", state_file, environment={})


def found(project: Path, state_file: Path | None = None) -> list[Diagnosis]:
    return list(check_pending_operations(surroundings(project, state_file)))


def test_an_interrupted_creation(project: Path, store: StackStore) -> None:
    """It is a warning, with what to look for and the command that clears it; no passphrase is needed."""
    store.save(Snapshot(pending_operations=[operation("orders", "creating")]))
    (result,) = found(project)
    assert result.status == "warning"
    assert "interrupted while creating orders" in result.detail
    assert "refresh --clear-pending-creates" in result.fix and "AUTH0_ADOPT=equal" in result.fix
    assert "hush" not in str(result)


def test_other_kinds_are_for_a_refresh(project: Path, store: StackStore) -> None:
    """What became of an update or a deletion can be read."""
    store.save(Snapshot(pending_operations=[operation("a", "updating"), operation("b", "deleting")]))
    assert [result.fix.partition(",")[0] for result in found(project)] == ["`auth0-apis refresh`"] * 2


def test_a_crash_is_seen_before_the_next_run(project: Path, store: StackStore) -> None:
    """A journal tells of it as the state does."""
    journal = store.journal()
    journal.append([JournalEntry(begun=(1, operation("orders", "creating")))])
    journal.close()
    assert [result.status for result in found(project)] == ["warning"]


def test_what_is_managed_is_not_pending(project: Path, store: StackStore) -> None:
    """Nothing is to be done about it, since the next run forgets it."""
    pending = operation("orders", "creating")
    store.save(Snapshot(resources=[pending.resource], pending_operations=[pending]))
    assert [result.status for result in found(project)] == ["ok"]


def test_the_state_of_another_backend(project: Path, tmp_path: Path) -> None:
    """The output of `pulumi stack export` is looked at in its place."""
    exported = tmp_path / "state.json"
    deployment = Snapshot(pending_operations=[operation("orders", "creating")]).to_json(lambda _: "sealed")
    exported.write_text(json.dumps({"version": 3, "deployment": deployment}))
    assert [result.status for result in found(project, exported)] == ["warning"]
    exported.write_text("[]")
    assert [result.status for result in found(project, exported)] == ["skipped"]


def test_a_passphrase_that_the_state_needs(project: Path, store: StackStore) -> None:
    """It is a problem before a run refuses to begin."""
    store.save(Snapshot(pending_operations=[operation("orders", "creating")]))
    (project / "Pulumi.dev.yaml").unlink()
    (result,) = check_passphrase(surroundings(project))
    assert result.status == "problem"
    assert "there is no passphrase" in result.detail and "PULUMI_CONFIG_PASSPHRASE" in result.fix
    right = Surroundings(project, "dev", environment={"PULUMI_CONFIG_PASSPHRASE": "right"})
    assert list(check_passphrase(right)) == []
