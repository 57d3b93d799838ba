"""A stack's state is kept as the CLI keeps it, and survives what happens to files."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from pulumi_auth0_apis.engine.model.snapshot import Snapshot
from pulumi_auth0_apis.engine.model.state import ResourceState
from pulumi_auth0_apis.engine.model.values import Secret
from pulumi_auth0_apis.engine.project.secrets import SecretsError, SecretsProvider
from pulumi_auth0_apis.engine.store.stack_store import StackStore, StateFileError, Update

RECORDED = Path(__file__).parent / "recorded" / "checkpoint.json"
RIGHT = {"PULUMI_CONFIG_PASSPHRASE": "test"}
A = ResourceState(urn="urn:a", type="t", outputs={"x": 1})


def open_store(folder: Path, environment: dict[str, str] = RIGHT) -> StackStore:
    return StackStore(folder, "acme", "dev", SecretsProvider(environment=environment))


@pytest.fixture
def store(tmp_path: Path) -> StackStore:
    store = open_store(tmp_path)
    store.create()
    return store


def test_a_stack_that_does_not_exist_is_empty(tmp_path: Path) -> None:
    """It has no resources, and reading it makes nothing."""
    assert open_store(tmp_path).load() == Snapshot()
    assert list(tmp_path.iterdir()) == []


def test_what_is_saved_is_loaded(store: StackStore) -> None:
    """The resources come back; the state before stays as a backup, in the CLI's document."""
    store.save(Snapshot(resources=[A]))
    assert store.load().resources == [A]
    document = json.loads(store.file.read_bytes())
    assert (document["version"], document["checkpoint"]["stack"]) == (3, "organization/acme/dev")
    backup = json.loads(store.file.with_name("dev.json.bak").read_bytes())
    assert "resources" not in backup["checkpoint"]["latest"]


def test_secrets_are_never_in_clear(store: StackStore, tmp_path: Path) -> None:
    """A secret is ciphertext; the state names the salt it was made with."""
    store.save(Snapshot(resources=[ResourceState(urn="urn:a", type="t", inputs={"k": Secret("hush")})]))
    assert b"hush" not in store.file.read_bytes()
    again = open_store(tmp_path)
    assert again.load().resources[0].inputs == {"k": Secret("hush")}
    with pytest.raises(SecretsError, match="PULUMI_CONFIG_PASSPHRASE"):
        open_store(tmp_path, {}).load()


def test_no_passphrase_without_a_secret(tmp_path: Path) -> None:
    """A state without secrets is written and read without one."""
    store = open_store(tmp_path, {})
    store.create()
    store.save(Snapshot(resources=[A]))
    assert "secrets_providers" not in json.loads(store.file.read_bytes())["checkpoint"]["latest"]
    assert store.load().resources == [A]


def test_a_secret_without_a_passphrase_is_not_saved(tmp_path: Path) -> None:
    """The state stays as it was."""
    store = open_store(tmp_path, {})
    store.create()
    before = store.file.read_bytes()
    with pytest.raises(SecretsError):
        store.save(Snapshot(resources=[ResourceState(urn="urn:a", type="t", inputs={"k": Secret("hush")})]))
    assert store.file.read_bytes() == before


def test_the_clis_state_is_taken_over(store: StackStore) -> None:
    """A state of the real CLI is saved with its own secrets and salt, unchanged but for its time."""
    recorded = json.loads(RECORDED.read_bytes())
    store.file.write_bytes(RECORDED.read_bytes())
    store.save(store.load())
    saved = json.loads(store.file.read_bytes())
    for document in (recorded, saved):
        del document["checkpoint"]["latest"]["manifest"]
    assert saved == recorded


def test_a_stack_that_the_cli_has_just_made(store: StackStore) -> None:
    """`pulumi stack init` may write a document without a version."""
    store.file.write_text('{"version":0,"checkpoint":{"stack":"organization/acme/dev"}}')
    assert store.load() == Snapshot()


def test_compressed_states(store: StackStore) -> None:
    """Where the CLI compresses, a compressed state is read and stays compressed."""
    packed = store.file.with_name("dev.json.gz")
    store.file.unlink()
    packed.write_bytes(gzip.compress(RECORDED.read_bytes()))
    snapshot = store.load()
    store.save(snapshot)
    assert store.file == packed
    assert store.load().resources == snapshot.resources


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"\x1f\x8b broken",
        b'{"version":3}',
        b'{"version":3,"checkpoint":{"latest":[]}}',
        b'{"version":3,"checkpoint":{"latest":{"resources":[{}]}}}',
        b'{"version":3,"checkpoint":{"latest":{"resources":[1]}}}',
        b'{"version":3,"checkpoint":{"latest":{"resources":[{"urn":"u","type":"t","parent":"gone"}]}}}',
        b'{"version":3,"checkpoint":{"latest":{"pending_operations":[{}]}}}',
        b'{"version":3,"checkpoint":{"latest":{"secrets_providers":{"type":"passphrase"}}}}',
    ],
)
def test_a_damaged_state(store: StackStore, content: bytes) -> None:
    """One paragraph names the file and the backup; the file stays as it is."""
    store.save(Snapshot(resources=[A]))
    store.file.write_bytes(content)
    with pytest.raises(
        StateFileError, match=r"dev\.json, is damaged: .*Restore it from .*dev\.json\.bak"
    ) as caught:
        store.load()
    assert "\n" not in str(caught.value)
    assert store.file.read_bytes() == content


def test_history(store: StackStore) -> None:
    """A finished update is noted as the CLI notes it, with a copy of the state it left, twice."""
    store.save(Snapshot(resources=[A]))
    store.record(
        Update(
            kind="update",
            started=1.5,
            succeeded=True,
            resource_changes={"create": 1},
            config={"app:a": "b"},
            environment={"exec.kind": "local"},
        )
    )
    (history,) = store.history_folder.glob("dev-*.history.json")
    entry = json.loads(history.read_bytes())
    assert entry.pop("endTime") > 0
    assert entry == {
        "kind": "update",
        "startTime": 1,
        "message": "",
        "environment": {"exec.kind": "local"},
        "config": {"app:a": "b"},
        "version": 0,
        "result": "succeeded",
        "resourceChanges": {"create": 1},
    }
    copies = [
        *store.history_folder.glob("dev-*.checkpoint.json"),
        *history.parents[3].glob("backups/acme/dev/dev.*.json"),
    ]
    assert [copy.read_bytes() for copy in copies] == [store.file.read_bytes()] * 2
