"""Drift: what is compared, what is told, and how many calls that takes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from auth0_api_vocabulary.families import PLUGIN
from pulumi_auth0_apis.drift import Drift, SettingDrift, find_drift
from pulumi_auth0_apis.drift.documents import document, markdown
from pulumi_auth0_apis.emulator import BILLING_CLIENT_ID, REPORTING_CLIENT_ID, Sandbox
from pulumi_auth0_apis.engine.model.snapshot import Snapshot
from pulumi_auth0_apis.engine.model.state import ResourceState
from pulumi_auth0_apis.engine.model.values import Secret
from pulumi_auth0_apis.errors import WrongTenantError
from pulumi_auth0_apis.importing.checkpoint import add_to_snapshot
from pulumi_auth0_apis.importing.planning import make_plan
from pulumi_auth0_apis.importing.tenant_source import own_client_ids, read_tenant
from pulumi_auth0_apis.importing.unmanaged import find_unmanaged
from pulumi_auth0_apis.management import Session
from pulumi_auth0_apis.management.settings import ConnectionSettings
from pulumi_auth0_apis.stacks.lifecycles import LIFECYCLES

from ..plugin_state import in_plugin

ORDERS = "https://orders.example.com"


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A tenant with one HS256 API, its permissions and two grants."""
    with Sandbox() as tenant:
        scopes = [{"value": "read:orders", "description": "Read"}, {"value": "write:orders"}]
        tenant.tenant.resource_servers.create(
            {
                "identifier": ORDERS,
                "name": "Orders",
                "token_lifetime": 3600,
                "signing_alg": "HS256",
                "signing_secret": "first-secret-first-secret",
                "scopes": scopes,
            }
        )
        for client_id in (BILLING_CLIENT_ID, REPORTING_CLIENT_ID):
            body = {"client_id": client_id, "audience": ORDERS, "scope": ["read:orders"]}
            tenant.tenant.client_grants.create(body)
        yield tenant


def config_of(sandbox: Sandbox) -> dict[str, str]:
    return {
        "auth0:domain": sandbox.domain,
        "auth0:clientId": sandbox.client_id,
        "auth0:clientSecret": sandbox.client_secret,
    }


_open: list[Session] = []


@pytest.fixture(autouse=True)
def closed_sessions() -> Iterator[None]:
    """Leave no connection open behind a test."""
    yield
    while _open:
        _open.pop().close()


def connect(config: Mapping[str, str]) -> Session:
    """A session of its own for each comparison, so that nothing is remembered between them."""
    _open.append(Session(ConnectionSettings.resolve(config)))
    return _open[-1]


def state_of(sandbox: Sandbox) -> Snapshot:
    """The state of a stack that manages everything in the tenant."""
    plan = make_plan(read_tenant(connect(config_of(sandbox)), own_client_ids=[sandbox.client_id]))
    return add_to_snapshot(Snapshot(), plan, "dev", "shop", {"auth0:domain": sandbox.domain})


def drift_of(sandbox: Sandbox, snapshot: Snapshot) -> Drift:
    return find_drift(snapshot, config_of(sandbox), connect)


def test_a_tenant_that_nobody_touched_has_not_drifted(sandbox: Sandbox) -> None:
    """Right after an import nothing differs, and every resource was compared."""
    snapshot = state_of(sandbox)
    drift = drift_of(sandbox, snapshot)
    assert not drift and drift.compared == 5
    assert "No drift in 5 managed resources" in markdown(drift)


def test_a_setting_that_was_changed_is_told_with_both_values(sandbox: Sandbox) -> None:
    """A managed setting that differs is drift; one that nobody manages is not."""
    snapshot = state_of(sandbox)
    sandbox.tenant.resource_servers.update(ORDERS, {"token_lifetime": 60_000, "allow_offline_access": True})
    drift = drift_of(sandbox, snapshot)
    (entry,) = document(drift)["drifted"]
    assert entry["differences"] == {"token_lifetime": {"program": 3600, "tenant": 60_000}}
    assert "| API `orders` | `token_lifetime` | `3600` | `60000` |" in markdown(drift)


def test_a_secret_that_was_changed_is_only_named(sandbox: Sandbox) -> None:
    """Neither the old signing secret nor the new one is shown."""
    snapshot = state_of(sandbox)
    sandbox.tenant.resource_servers.update(ORDERS, {"signing_secret": "second-secret-second-secret"})
    drift = drift_of(sandbox, snapshot)
    told = markdown(drift) + json.dumps(document(drift))
    assert "signing_secret" in told and "-secret-" not in told


def test_what_the_program_marks_secret_is_only_named(sandbox: Sandbox) -> None:
    """The state knows which of a resource's settings are secret, whatever they are called."""
    snapshot = state_of(sandbox)
    marked = [
        replace(each, inputs={**each.inputs, "name": Secret(each.inputs["name"])})
        if "name" in each.inputs
        else each
        for each in snapshot.resources
    ]
    sandbox.tenant.resource_servers.update(ORDERS, {"name": "Sales"})
    found = drift_of(sandbox, replace(snapshot, resources=marked))
    told = markdown(found) + json.dumps(document(found))
    assert "(secret)" in told and "Orders" not in told and "Sales" not in told


def test_resources_of_the_plugin_are_compared_and_told_as_the_program_spells_them(sandbox: Sandbox) -> None:
    """Those of its own provider by its own configuration, and those of an explicit one by that one's."""
    snapshot = in_plugin(state_of(sandbox))
    config = {key.replace("auth0:", "auth0-apis:"): value for key, value in config_of(sandbox).items()}
    assert find_drift(snapshot, config, connect) == Drift(5)
    changed = {"token_lifetime": 60_000, "signing_secret": "another-secret-entirely"}
    sandbox.tenant.resource_servers.update(ORDERS, changed)
    (drifted,) = find_drift(snapshot, config, connect).drifted
    assert {*drifted.differences} == {
        SettingDrift("tokenLifetime", 3600, 60_000),
        SettingDrift("signingSecret", "(secret)", "(secret)"),
    }
    explicit = replace(snapshot, resources=[_by_tenant(each, config) for each in snapshot.resources])
    (again,) = find_drift(explicit, {"auth0-apis:domain": "other.eu.auth0.com"}, connect).drifted
    assert again.differences == drifted.differences


def _by_tenant(state: ResourceState, config: Mapping[str, str]) -> ResourceState:
    """The resource or provider as that of the explicit provider `eu`."""
    if state.type == PLUGIN.provider:
        settings = {key.partition(":")[2]: value for key, value in config.items()}
        return replace(state, urn=state.urn.rpartition("::")[0] + "::eu", inputs=settings)
    urn, _, id_ = state.provider.rpartition("::")
    return replace(state, provider=urn and f"{urn.rpartition('::')[0]}::eu::{id_}")


def test_what_is_gone_is_told(sandbox: Sandbox) -> None:
    """A grant that was removed and a permission that was removed are gone, and nothing else is."""
    snapshot = state_of(sandbox)
    (grant,) = sandbox.tenant.client_grants.list(client_id=BILLING_CLIENT_ID)
    sandbox.tenant.client_grants.delete(grant["id"])
    left = [{"value": "read:orders", "description": "Read"}]
    sandbox.tenant.resource_servers.update(ORDERS, {"scopes": left})
    drift = drift_of(sandbox, snapshot)
    assert [each.title for each in drift.drifted] == ["client grant", "permission"]
    assert not any(each.differences for each in drift.drifted)
    assert "**gone**" in markdown(drift)


def test_of_two_lists_the_difference_is_shown(sandbox: Sandbox) -> None:
    """A widened grant names the scope it gained, and not all that it has."""
    snapshot = state_of(sandbox)
    (grant,) = sandbox.tenant.client_grants.list(client_id=BILLING_CLIENT_ID)
    sandbox.tenant.client_grants.update(grant["id"], {"scope": ["read:orders", "write:orders"]})
    row = next(line for line in markdown(drift_of(sandbox, snapshot)).splitlines() if "`scopes`" in line)
    assert row == '| client grant `orders/billing-service` | `scopes` | `[]` | `["write:orders"]` |'


def test_what_nobody_manages_is_told_on_request(sandbox: Sandbox) -> None:
    """A new API, permission and grant are unmanaged; Pulumi's own grant and Auth0's APIs are not."""
    snapshot = state_of(sandbox)
    tenant = sandbox.tenant
    tenant.resource_servers.create({"identifier": "urn:new"})
    tenant.client_grants.create({"client_id": BILLING_CLIENT_ID, "audience": "urn:new", "scope": []})
    tenant.resource_servers.update(
        ORDERS, {"scopes": [*tenant.resource_servers.get(ORDERS)["scopes"], {"value": "delete:orders"}]}
    )
    found = find_unmanaged(connect(config_of(sandbox)), snapshot, [sandbox.client_id])
    assert sorted(each.split()[0] for each in found) == ["API", "grant", "permission"]
    assert any("Billing service" in each for each in found)


def test_the_access_of_pulumi_itself_is_no_news(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the application that deploys, which the stack names, nor the one that compares is unmanaged."""
    snapshot, config = state_of(sandbox), config_of(sandbox)
    reader = sandbox.tenant.clients.create({"name": "Reader", "app_type": "non_interactive"})
    needed = {scope for provider in LIFECYCLES.values() for scope in provider.needs}
    scope = ["read:clients", *(each for each in needed if each.startswith("read:"))]
    grant = {"audience": sandbox.tenant.management_audience, "client_id": reader["client_id"], "scope": scope}
    sandbox.tenant.client_grants.create(grant)
    monkeypatch.setenv("AUTH0_CLIENT_ID", reader["client_id"])
    monkeypatch.setenv("AUTH0_CLIENT_SECRET", reader["client_secret"])
    assert find_unmanaged(connect(config), snapshot, own_client_ids(config)) == ()
    assert len(find_unmanaged(connect(config), snapshot, [])) == 2


def test_another_tenant_is_never_compared(sandbox: Sandbox) -> None:
    """A state of one tenant against another is an error before any call, not a table of differences."""
    snapshot = state_of(sandbox)
    with Sandbox() as other, pytest.raises(WrongTenantError):
        find_drift(snapshot, config_of(other), connect)


def test_a_comparison_of_many_costs_few_calls(sandbox: Sandbox) -> None:
    """1 API, 2 permissions and 102 grants are read by the page, not one by one."""
    for number in range(100):
        client = sandbox.tenant.clients.create({"name": f"Service {number}"})
        body = {"client_id": client["client_id"], "audience": ORDERS, "scope": ["read:orders"]}
        sandbox.tenant.client_grants.create(body)
    snapshot = state_of(sandbox)
    httpx.delete(f"{sandbox.domain}/_sandbox/requests")
    assert drift_of(sandbox, snapshot).compared == 105
    assert httpx.get(f"{sandbox.domain}/_sandbox/requests").json()["total"] <= 6


@pytest.mark.parametrize(
    ("project", "namespace", "turned"),
    [
        ("runtime: python\n", "auth0", lambda snapshot: snapshot),
        ("runtime: yaml\nresources: {}\n", "auth0-apis", in_plugin),
    ],
    ids=["classes", "plugin"],
)
def test_the_command_tells_drift_by_its_exit_code(
    sandbox: Sandbox,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    project: str,
    namespace: str,
    turned: Callable[[Snapshot], Snapshot],
) -> None:
    """0 without drift, 2 with it, 1 where the comparison could not be made; for a program in any language."""
    import typer
    from typer.testing import CliRunner

    from pulumi_auth0_apis.cli.drift import drift

    (tmp_path / "Pulumi.yaml").write_text(f"name: shop\n{project}")
    (tmp_path / "Pulumi.dev.yaml").write_text(f"config:\n  {namespace}:domain: {sandbox.domain}\n")
    exported = tmp_path / "state.json"
    deployment = turned(state_of(sandbox)).to_json(None)
    exported.write_text(json.dumps({"version": 3, "deployment": deployment}))
    for name, value in sandbox.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("pulumi_auth0_apis.management.session_for", connect)
    app = typer.Typer()
    app.command()(drift)

    def run(*more: str) -> int:
        return CliRunner().invoke(app, ["--cwd", str(tmp_path), "--state", str(exported), *more]).exit_code

    sandbox.tenant.resource_servers.create({"identifier": "urn:new"})
    assert [run(), run("--unmanaged")] == [0, 2]
    monkeypatch.setenv("AUTH0_DOMAIN", "other.eu.auth0.com")
    assert run() == 1


def sealed(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Inputs whose additional settings are secret as a whole."""
    return {n: Secret(value) if n == "additional_settings" else value for n, value in inputs.items()}


def test_additional_settings_are_told_one_by_one() -> None:
    """What no table knows is compared as far as it was given and told; a secret one is only named."""
    further: dict[str, Any] = {"resource-servers": {"color": {}, "size": {}, "mode": {}}}
    further["resource-servers"]["token"] = {"writeOnly": True}
    with Sandbox(additional_properties=further) as sandbox:
        servers = sandbox.tenant.resource_servers
        servers.create({"identifier": ORDERS, "color": "red", "size": {"a": 1, "b": 2}, "mode": True})
        snapshot = state_of(sandbox)
        given = {"color": Secret("red"), "size": {"a": 1}, "mode": True, "token": "t"}
        untold = {"additional_settings": given, "untold": ["token"]}
        snapshot = replace(
            snapshot,
            resources=[
                replace(
                    each,
                    inputs={**each.inputs, "additional_settings": given},
                    outputs={**each.outputs, **untold},
                )
                if each.inputs.get("identifier") == ORDERS
                else each
                for each in snapshot.resources
            ],
        )
        assert not drift_of(sandbox, snapshot)
        servers.update(ORDERS, {"color": "blue", "size": {"a": 9, "b": 3}, "mode": 1})
        drift = drift_of(sandbox, snapshot)
        whole = [replace(each, inputs=sealed(each.inputs)) for each in snapshot.resources]
        (secret,) = document(drift_of(sandbox, replace(snapshot, resources=whole)))["drifted"]
    assert {str(each) for each in secret["differences"].values()} == {
        "{'program': '(secret)', 'tenant': '(secret)'}"
    }
    (entry,) = document(drift)["drifted"]
    assert entry["differences"] == {
        "additional_settings.color": {"program": "(secret)", "tenant": "(secret)"},
        "additional_settings.size": {"program": {"a": 1}, "tenant": {"a": 9}},
        "additional_settings.mode": {"program": True, "tenant": 1},
    }
    assert "blue" not in markdown(drift)
