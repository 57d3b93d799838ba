"""Two providers of one tenant, each in a process of its own: a `Tenant` that was given another name, say."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pulumi
import pytest
from pulumi.dynamic import Config, ConfigureRequest

from pulumi_auth0_apis import Permission, ResourceServer, Tenant
from pulumi_auth0_apis._dynamic import DynamicProvider
from pulumi_auth0_apis._neighbours import SharedHoldings
from pulumi_auth0_apis._provider import lifecycle_of
from pulumi_auth0_apis.emulator import Sandbox
from pulumi_auth0_apis.testing.plugin import MakeProgram
from pulumi_auth0_apis.testing.tenant import TenantUnderTest

ENGINE = "127.0.0.1:1"
API: dict[str, Any] = {"identifier": "https://orders.example.com", "adopt": True}


def process(sandbox: Sandbox, tenant: str) -> DynamicProvider:
    """The provider of APIs of an explicit provider, in a process that knows nothing of another."""
    provider = DynamicProvider(lifecycle_of("resource_server"), SharedHoldings(None, lambda: ENGINE))
    settings = {
        "auth0:tenant": tenant,
        "auth0:domain": sandbox.domain,
        "auth0:clientId": sandbox.client_id,
        "auth0:clientSecret": sandbox.client_secret,
    }
    provider.configure(ConfigureRequest(Config(settings, "project")))
    return provider


def test_what_another_tenant_of_the_program_took_over_stays(
    sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old one is asked to delete what the new one has adopted: it is one object."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    old, new = process(sandbox, "eu"), process(sandbox, "europe")
    before = old.create(API)
    after = new.create(API)
    assert after.id == before.id
    assert before.outs is not None
    old.delete(before.id, before.outs)
    assert sandbox.tenant.resource_servers.get(after.id)["identifier"] == API["identifier"]


def test_a_process_alone_deletes(sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One of another tenant holds nothing here, though it has an API of that identifier."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Sandbox() as elsewhere:
        own, other = process(sandbox, "eu"), process(elsewhere, "us")
        made = own.create(API)
        other.create(API)
        assert made.outs is not None
        own.delete(made.id, made.outs)
    identifiers = [each["identifier"] for each in sandbox.tenant.resource_servers.list()]
    assert API["identifier"] not in identifiers


def of_a_tenant() -> None:
    """A program of one explicit provider, which has the name that the configuration says."""
    name = pulumi.Config("shop").require("tenant")
    domain, client_id, client_secret = (
        os.environ[f"AUTH0_{key}"] for key in ("DOMAIN", "CLIENT_ID", "CLIENT_SECRET")
    )
    tenant = Tenant(name, domain=domain, client_id=client_id, client_secret=client_secret)
    opts = pulumi.ResourceOptions(provider=tenant)
    api = ResourceServer(f"orders-{name}", opts, **API)
    Permission(
        f"read-{name}", opts, resource_server_identifier=api.identifier, scope="read:orders", adopt=True
    )


def test_a_tenant_and_all_that_it_has_are_renamed(
    auth0_tenant: TenantUnderTest, pulumi_program: MakeProgram
) -> None:
    """On an engine: the old names are deleted from the state, the objects stay as they are."""
    program = pulumi_program(of_a_tenant, config={"shop:tenant": "eu"})
    program.up()
    (before,) = auth0_tenant.apis.values()
    program.configure({"shop:tenant": "europe"})
    changes = program.up().changes
    assert (changes["orders-eu"], changes["orders-europe"]) == ("delete", "create")
    assert auth0_tenant.apis == {API["identifier"]: before}
    assert program.refresh().changes == {}
