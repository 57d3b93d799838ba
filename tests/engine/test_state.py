"""States are read, checked and written as the CLI does."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pulumi_auth0_apis.engine.model.checkpoint import deployment_of, to_checkpoint_document
from pulumi_auth0_apis.engine.model.problems import UnsupportedError
from pulumi_auth0_apis.engine.model.snapshot import Snapshot, new_manifest
from pulumi_auth0_apis.engine.model.state import IntegrityError, PendingOperation, ResourceState, rfc_3339
from pulumi_auth0_apis.engine.model.values import Secret
from pulumi_auth0_apis.engine.project.secrets import SecretsProvider

RECORDED = json.loads((Path(__file__).parent / "recorded" / "checkpoint.json").read_text(encoding="utf-8"))
PASSPHRASE = {"PULUMI_CONFIG_PASSPHRASE": "test"}
STACK = ResourceState(urn="urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev", type="pulumi:pulumi:Stack")
PROVIDER = ResourceState(
    urn="urn:pulumi:dev::p::pulumi:providers:pulumi-python::default",
    type="pulumi:providers:pulumi-python",
    custom=True,
    id="1",
)


def thing(name: str, **fields: Any) -> ResourceState:
    fields = {"custom": True, "id": name, "parent": STACK.urn, "provider": f"{PROVIDER.urn}::1", **fields}
    return ResourceState(urn=f"urn:pulumi:dev::p::t:m:Thing::{name}", type="t:m:Thing", **fields)


def snapshot(*things: ResourceState) -> Snapshot:
    return Snapshot(resources=[STACK, PROVIDER, *things])


def plain(text: str) -> str:
    return text


@pytest.fixture(scope="module")
def secrets() -> SecretsProvider:
    deployment = deployment_of(RECORDED)
    return SecretsProvider(environment=PASSPHRASE).of_state(deployment["secrets_providers"])


def test_the_clis_state_comes_back_unchanged(secrets: SecretsProvider) -> None:
    """A checkpoint of the real CLI, with every kind of field, is written back as it was."""
    snapshot = Snapshot.from_json(deployment_of(RECORDED), secrets.decrypt)
    snapshot.verify()
    written = to_checkpoint_document("organization/acme/dev", snapshot.to_json(secrets.encrypt))
    assert json.dumps(written, sort_keys=True) == json.dumps(RECORDED, sort_keys=True)


def test_the_clis_secrets_are_read(secrets: SecretsProvider) -> None:
    """A secret that the real CLI encrypted is known by its value."""
    snapshot = Snapshot.from_json(deployment_of(RECORDED), secrets.decrypt)
    a = next(each for each in snapshot.resources if each.urn.endswith("::a"))
    assert a.inputs["sec"] == Secret({"p": [1, "x"]})
    assert a.inputs["nested"] == {"<html>": "é\u2028", "k": [1, 2.5, None, True]}


def test_fields_of_the_future_stay(secrets: SecretsProvider) -> None:
    """Fields that this engine does not know are written back untouched."""
    deployment = json.loads(json.dumps(deployment_of(RECORDED)))
    deployment["novelty"] = {"a": [1]}
    deployment["resources"][0]["viewOf"] = "urn:x"
    snapshot = Snapshot.from_json(deployment, secrets.decrypt)
    assert snapshot.to_json(secrets.encrypt) == deployment


def test_pending_operations() -> None:
    """An unfinished operation is kept with the resource it was for."""
    before = replace(snapshot(), pending_operations=[PendingOperation(thing("a"), "creating")])
    written = before.to_json(plain)
    assert written["pending_operations"] == [{"resource": thing("a").to_json(plain), "type": "creating"}]
    assert Snapshot.from_json(written, plain).pending_operations == before.pending_operations


def test_features_make_a_version_4() -> None:
    """A tainted resource makes a document that older engines refuse, as the CLI's does."""
    document = to_checkpoint_document("s", snapshot(thing("a", taint=True)).to_json(plain))
    assert (document["version"], document["features"]) == (4, ["taint"])
    assert deployment_of(document)["resources"][2]["taint"]
    assert to_checkpoint_document("s", snapshot().to_json(plain))["version"] == 3


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ({"version": 2, "checkpoint": {}}, "A state file of version 2"),
        ({"version": 5, "checkpoint": {}}, "A state file of version 5"),
        ({"version": 4, "features": ["views"], "checkpoint": {}}, "A state file that needs views"),
        ([], "A state file of version None"),
    ],
)
def test_documents_for_the_real_command(document: Any, reason: str) -> None:
    """What only the real command can take is refused by name."""
    with pytest.raises(UnsupportedError, match=f"^{reason} .* `pulumi`"):
        deployment_of(document)


def test_a_stack_that_was_never_deployed() -> None:
    """Its document holds no deployment, and so no resources."""
    assert deployment_of({"version": 3, "checkpoint": {"stack": "s"}}) == {}


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (snapshot(thing("a", provider=f"{PROVIDER.urn}::2")), "unknown provider"),
        (snapshot(thing("a", parent="urn:gone")), "the parent urn:gone of .* is missing"),
        (
            snapshot(thing("a", dependencies=(thing("b").urn,)), thing("b")),
            "the dependency .* comes after it",
        ),
        (
            snapshot(thing("a", property_dependencies={"x": ("urn:gone",)})),
            "property dependency .* is missing",
        ),
        (snapshot(thing("a", deleted_with="urn:gone")), "deleted-with resource .* is missing"),
        (snapshot(thing("a"), thing("a")), "twice"),
        (Snapshot(manifest={"version": "v3", "magic": "x"}), "magic number"),
    ],
)
def test_integrity(broken: Snapshot, why: str) -> None:
    """Each of the CLI's rules is checked, and the message says which resource breaks it."""
    with pytest.raises(IntegrityError, match=why):
        broken.verify()


def test_what_is_sound() -> None:
    """A replaced resource that waits for its deletion may share its name; the CLI's manifest is right."""
    sound = snapshot(
        thing("a"), thing("a", delete=True), thing("b", pending_replacement=True, provider="u::x")
    )
    sound.manifest = new_manifest("v3.259.0")
    sound.verify()


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ({"type": "t"}, "no urn"),
        ({"urn": "urn:a"}, "urn:a has no type"),
        ({"urn": "urn:a", "type": "t", "id": "1"}, "urn:a is no custom resource and has an id"),
    ],
)
def test_resources_that_are_none(written: dict[str, Any], why: str) -> None:
    """A resource without its required fields is no resource."""
    with pytest.raises(IntegrityError, match=why):
        ResourceState.from_json(written, plain)


@pytest.mark.parametrize(
    ("microsecond", "written"),
    [
        (21_580, "18:48:20.02158Z"),
        (0, "18:48:20Z"),
        (100_000, "18:48:20.1Z"),
    ],
)
def test_times_are_written_as_go_writes_them(microsecond: int, written: str) -> None:
    """RFC 3339 with no zero at the end of a fraction, so that the command's export changes none."""
    assert rfc_3339(datetime(2026, 11, 26, 18, 48, 20, microsecond, tzinfo=UTC)) == f"2026-11-26T{written}"
