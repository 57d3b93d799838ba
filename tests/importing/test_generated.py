"""What `pulumi import` is asked for of a tenant, and where it is not asked at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from auth0_api_vocabulary import kinds
from pulumi_auth0_apis.errors import ConfigurationError
from pulumi_auth0_apis.importing.generated import generate, resources
from pulumi_auth0_apis.importing.plan import ImportPlan, PlannedApi, PlannedObject, PlannedPermission

ORDERS = "https://orders.example.com"


def test_each_object_is_asked_for_by_its_id() -> None:
    """An API, its permission and its grant are listed; Auth0's own API is not, and what belongs to it is."""
    permission = PlannedPermission("read", "read:orders")
    grant = PlannedObject(kinds.GRANT, "billing", {}, {"id": "cgr_1"})
    own = PlannedApi("orders", "Orders", ORDERS, {}, {"id": "66f0"}, (permission,), (grant,))
    system = PlannedApi("management", "Management", "https://x/api/v2/", None, {}, (), (grant,))
    assert list(resources(ImportPlan("x", (own, system)))) == [
        {"type": "auth0-apis:index:ResourceServer", "name": "orders", "id": "66f0"},
        {"type": "auth0-apis:index:Permission", "name": "read", "id": f"{ORDERS}::read:orders"},
        {"type": "auth0-apis:index:ClientGrant", "name": "billing", "id": "cgr_1"},
        {"type": "auth0-apis:index:ClientGrant", "name": "billing", "id": "cgr_1"},
    ]


@pytest.mark.parametrize(
    ("project", "said"),
    [
        (None, "holds no Pulumi.yaml, and go is of the runtime go"),
        ("name: x\nruntime: nodejs\n", "has the runtime nodejs, and go is of the runtime go"),
        ("name: x\nruntime: {name: yaml}\n", "has the runtime yaml, and go is of the runtime go"),
    ],
)
def test_a_project_of_another_language_is_refused(project: str | None, said: str, tmp_path: Path) -> None:
    """The folder has to hold a project of the language: Pulumi would write another one. Nothing is asked."""
    if project is not None:
        (tmp_path / "Pulumi.yaml").write_text(project)
    with pytest.raises(ConfigurationError, match=said) as refusal:
        generate(tmp_path, "dev", "go", (), ())
    assert "`pulumi new go`" in str(refusal.value)


def test_what_an_import_wrote_before_is_kept(tmp_path: Path) -> None:
    """A file of an import before is not written over: somebody may not have taken it in yet."""
    (tmp_path / "Pulumi.yaml").write_text("name: x\nruntime: go\n")
    (tmp_path / "imported.go").write_text("package main")
    with pytest.raises(ConfigurationError, match=r"imported\.go is there already"):
        generate(tmp_path, "dev", "go", (), ())
    assert (tmp_path / "imported.go").read_text() == "package main"
