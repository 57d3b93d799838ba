"""Look-ups and several tenants in one program, on the local engine and on the real command."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pulumi_auth0_apis.emulator import BILLING_CLIENT_ID, Sandbox

ORDERS = "https://orders.example.com"
BIN = Path(sys.executable).parent
Said = Callable[..., str]

TENANTS = """
import pulumi
from pulumi_auth0_apis import ClientGrant, Permission, ResourceServer, Tenant

config = pulumi.Config()
for place, lifetime in {"eu": 3600, "us": 7200}.items():
    tenant = Tenant(
        place,
        domain=config.require(f"{place}Domain"),
        client_id=config.require(f"{place}Id"),
        client_secret=config.require(f"{place}Secret"),
    )
    here = pulumi.ResourceOptions(provider=tenant)
    orders = ResourceServer(
        f"orders-{place}", here, identifier="https://orders.example.com", token_lifetime=lifetime
    )
    read = Permission(
        f"read-{place}", here, resource_server_identifier=orders.identifier, scope="read"
    )
    ClientGrant(
        f"billing-{place}", here, client_id=config.require("billing"), audience=orders.identifier,
        scopes=[read.scope],
    )
"""


@pytest.fixture(
    params=[
        "local",
        pytest.param(
            "pulumi",
            marks=pytest.mark.skipif(shutil.which("pulumi") is None, reason="pulumi is not on PATH"),
        ),
    ]
)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Said:
    """Runs a command of one of the engines on the program in a folder, and returns what it prints."""
    (tmp_path / "Pulumi.yaml").write_text("name: shop\nruntime: python\n")
    (tmp_path / "backend").mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AUTH0_")}
    environment = kept | {
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        "PULUMI_BACKEND_URL": f"file://{tmp_path / 'backend'}",
        "PULUMI_CONFIG_PASSPHRASE": "correct horse",
        "PULUMI_HOME": str(tmp_path / "home"),
        "PULUMI_SKIP_UPDATE_CHECK": "true",
    }

    def run(*arguments: str, fails: bool = False, **more: str) -> str:
        command = [str(BIN / "auth0-apis")] if request.param == "local" else ["pulumi", "--non-interactive"]
        done = subprocess.run(
            [*command, *arguments, "--stack", "dev"],
            cwd=tmp_path,
            env=environment | more,
            capture_output=True,
            text=True,
            check=False,
        )
        said = done.stdout + done.stderr
        assert bool(done.returncode) is fails, said
        return " ".join(said.split())

    if request.param == "pulumi":
        run("stack", "init")
    return run


@pytest.fixture
def program(tmp_path: Path) -> Callable[[str, dict[str, str]], None]:
    """Writes the program and its configuration."""

    def write(text: str, config: dict[str, str]) -> None:
        (tmp_path / "__main__.py").write_text(text)
        file = tmp_path / "Pulumi.dev.yaml"
        salt = [line for line in file.read_text().splitlines() if line[:3] == "enc"] if file.exists() else []
        lines = [*salt, "config:", *(f"  {key}: {value}" for key, value in config.items())]
        file.write_text("\n".join(lines) + "\n")

    return write


@pytest.fixture
def sandboxes() -> Iterator[dict[str, Sandbox]]:
    """Two tenants."""
    with Sandbox() as eu, Sandbox() as us:
        yield {"eu": eu, "us": us}


def config_of(sandboxes: dict[str, Sandbox]) -> dict[str, str]:
    connections = {
        f"shop:{place}{name}": value
        for place, sandbox in sandboxes.items()
        for name, value in (
            ("Domain", sandbox.domain),
            ("Id", sandbox.client_id),
            ("Secret", sandbox.client_secret),
        )
    }
    return {**connections, "shop:billing": BILLING_CLIENT_ID}


def test_each_tenant_gets_its_own(
    engine: Said, program: Callable[..., None], sandboxes: dict[str, Sandbox]
) -> None:
    """One program makes the same API in two tenants, settles, and takes both away again."""
    program(TENANTS, config_of(sandboxes))
    engine("up", "--yes")
    lifetimes = [each.tenant.resource_servers.get(ORDERS)["token_lifetime"] for each in sandboxes.values()]
    assert lifetimes == [3600, 7200]
    engine("preview", "--expect-no-changes")
    engine("refresh", "--yes")
    engine("destroy", "--yes")
    assert [each.tenant.resource_servers.lookup(ORDERS) for each in sandboxes.values()] == [None, None]


def test_a_tenant_that_turns_into_another_is_refused(
    engine: Said, program: Callable[..., None], sandboxes: dict[str, Sandbox]
) -> None:
    """Two domains that were exchanged touch nothing: what was made in one is not looked for in the other."""
    program(TENANTS, config_of(sandboxes))
    engine("up", "--yes")
    exchanged = {"eu": sandboxes["us"], "us": sandboxes["eu"]}
    program(TENANTS.replace("3600", "60"), config_of(exchanged))
    said = engine("up", "--yes", fails=True)
    assert "was made in the tenant" in said and "Nothing was called" in said
    assert sandboxes["us"].tenant.resource_servers.get(ORDERS)["token_lifetime"] == 7200


LATE = """
import pulumi
from pulumi_auth0_apis import ResourceServer, Tenant

config = pulumi.Config()
first = Tenant("eu", domain=config.require("euDomain"), client_id=config.require("euId"),
               client_secret=config.require("euSecret"))
orders = ResourceServer("orders", pulumi.ResourceOptions(provider=first), identifier="urn:first")
late = Tenant("us", domain=orders.id.apply(lambda _: config.require("usDomain")),
              client_id=config.require("usId"), client_secret=config.require("usSecret"))
ResourceServer("late", pulumi.ResourceOptions(provider=late), identifier="https://orders.example.com")
"""


def test_a_tenant_that_is_not_known_yet(
    engine: Said, program: Callable[..., None], sandboxes: dict[str, Sandbox]
) -> None:
    """Where a tenant's domain comes of the update, the preview says so much and the update does it."""
    program(LATE, config_of(sandboxes))
    engine("preview")
    engine("up", "--yes")
    assert sandboxes["us"].tenant.resource_servers.lookup(ORDERS)
    engine("preview", "--expect-no-changes")


LOOK_UPS = """
import pulumi
from pulumi_auth0_apis import (
    ClientGrant, ResourceServer, get_client_grants_output, get_clients, get_resource_server,
    get_resource_server_output,
)

management = get_resource_server(pulumi.Config("auth0").require("domain") + "/api/v2/")
(billing,) = get_clients("Billing service")
orders = ResourceServer("orders", identifier="https://orders.example.com")
grant = ClientGrant(
    "billing", client_id=billing["client_id"], audience=management["identifier"], scopes=["read:users"]
)
found = get_resource_server_output(orders.id)
pulumi.export("lifetime", found.token_lifetime)
pulumi.export("application", billing)
pulumi.export("grants", get_client_grants_output(client_id=grant.client_id, audience=orders.id).apply(len))
"""


def test_a_look_up_waits_for_what_is_not_known(
    engine: Said, program: Callable[..., None], sandboxes: dict[str, Sandbox]
) -> None:
    """A preview asks what it can, the Management API included, and leaves the rest to the update."""
    sandbox = sandboxes["eu"]
    program(LOOK_UPS, {"auth0:domain": sandbox.domain})
    credentials = {name: value for name, value in sandbox.environment.items() if "CLIENT" in name}
    engine("preview", **credentials)
    made = engine("up", "--yes", **credentials)
    assert "86400" in made and "Billing service" in made
    assert len(sandbox.tenant.client_grants.list(client_id=BILLING_CLIENT_ID)) == 1


def test_a_look_up_without_credentials_says_what_it_needs(
    engine: Said, program: Callable[..., None], sandboxes: dict[str, Sandbox]
) -> None:
    """Unlike a preview of resources alone it calls the tenant; the error names the settings that lack."""
    program(LOOK_UPS, {"auth0:domain": sandboxes["eu"].domain})
    said = engine("preview", fails=True)
    assert "CredentialsError" in said and "AUTH0_CLIENT_SECRET" in said
    assert "A look-up reads the tenant, in a preview too" in said


ADOPTION = """
import pulumi
from pulumi_auth0_apis import ClientGrant, ResourceServer

config = pulumi.Config()
orders = ResourceServer(
    "orders",
    identifier="https://orders.example.com",
    token_lifetime=3600,
    adopt=True,
)
ClientGrant(
    "billing",
    pulumi.ResourceOptions(import_=config.require("grant")),
    client_id=config.require("billing"),
    audience=orders.identifier,
    scopes=["read"],
)
"""


def test_adoption_in_place(engine: Said, program: Callable[..., None], sandboxes: dict[str, Sandbox]) -> None:
    """A conflict names the command; `adopt` and `import_` take over what is there, apply it, and settle."""
    tenant = sandboxes["eu"].tenant
    api = tenant.resource_servers.create({"identifier": ORDERS, "token_lifetime": 60})
    grant = tenant.client_grants.create(
        {"client_id": BILLING_CLIENT_ID, "audience": ORDERS, "scope": ["read"]}
    )
    config = {
        "auth0:domain": sandboxes["eu"].domain,
        "shop:billing": BILLING_CLIENT_ID,
        "shop:grant": grant["id"],
    }
    credentials = sandboxes["eu"].environment
    program(ADOPTION.replace("    adopt=True,\n", ""), config)
    said = engine("up", "--yes", fails=True, **credentials)
    assert f"auth0-apis import . --identifier {ORDERS}" in said and "token_lifetime is 60" in said
    program(ADOPTION, config)
    engine("up", "--yes", **credentials)
    assert tenant.resource_servers.get(ORDERS) == api | {
        "token_lifetime": 3600,
        "token_lifetime_for_web": 3600,
    }
    assert tenant.client_grants.get(grant["id"]) == grant
    engine("preview", "--expect-no-changes")


SYSTEM = """
import pulumi
from pulumi_auth0_apis import ResourceServer

domain = pulumi.Config("auth0").require("domain")
ResourceServer("management", identifier=f"{domain}/api/v2/", token_lifetime=3600)
ResourceServer("account", identifier=f"{domain}/me/")
"""


def test_system_apis(engine: Said, program: Callable[..., None], sandboxes: dict[str, Sandbox]) -> None:
    """Auth0's own APIs take the few settings they may, are never created, and outlive a destroy."""
    sandbox = sandboxes["eu"]
    tenant, credentials = sandbox.tenant, sandbox.environment
    program(SYSTEM.replace("token_lifetime=3600", "enforce_policies=True"), {"auth0:domain": sandbox.domain})
    assert "Auth0 does not let this be changed on its own APIs" in engine("preview", fails=True)
    program(SYSTEM.replace("3600)", "3600, adopt=True)"), {"auth0:domain": sandbox.domain})
    assert "has not activated" in engine("up", "--yes", fails=True, **credentials)
    tenant.resource_servers.create({"identifier": tenant.my_account_audience})
    engine("up", "--yes", **credentials)
    assert tenant.resource_servers.get(tenant.management_audience)["token_lifetime"] == 3600
    engine("destroy", "--yes", **credentials)
    assert tenant.resource_servers.get(tenant.my_account_audience)["is_system"] is True


NEXT_YEARS = """
import pulumi
from pulumi_auth0_apis import ClientGrant, ResourceServer

orders = ResourceServer(
    "orders",
    identifier="https://orders.example.com",
    additional_settings={
        "color": pulumi.Output.secret("s3cret-color"),
        "size": 3,
        "mode": {"none": None, "parts": [1, None, 1.5, {"key": pulumi.Output.secret("s3cret-key")}]},
    },
)
ClientGrant(
    "billing",
    client_id=pulumi.Config().require("billing"),
    audience=orders.identifier,
    scopes=[],
    additional_settings={"reason": orders.id.apply(lambda _: "tests")},
)
"""
FURTHER: dict[str, Any] = {
    "resource-servers": {"color": {"type": ["string", "null"]}, "size": {"type": "integer"}, "mode": {}},
    "client-grants": {"reason": {"type": ["string", "null"]}},
}


def test_a_setting_that_no_version_knows(engine: Said, program: Callable[..., None], tmp_path: Path) -> None:
    """It goes up, shows drift and comes out again; what is secret in it is in no state and in no message."""
    with Sandbox(additional_properties=FURTHER) as sandbox:
        config = {"auth0:domain": sandbox.domain, "shop:billing": BILLING_CLIENT_ID}
        credentials = sandbox.environment
        servers = sandbox.tenant.resource_servers
        program(NEXT_YEARS, config)
        said = engine("preview") + engine("up", "--yes", **credentials)
        kept = servers.get(ORDERS)
        assert (kept["color"], kept["size"]) == ("s3cret-color", 3)
        assert kept["mode"] == {"parts": [1, None, 1.5, {"key": "s3cret-key"}]}
        assert sandbox.tenant.client_grants.list(audience=ORDERS)[0]["reason"] == "tests"
        engine("preview", "--expect-no-changes")

        servers.update(ORDERS, {"size": 4, "color": "s3cret-drift"})
        said += engine("refresh", "--yes", **credentials)
        said += engine("preview", "--expect-no-changes", fails=True)
        said += engine("up", "--yes", **credentials)
        assert (servers.get(ORDERS)["size"], servers.get(ORDERS)["color"]) == (3, "s3cret-color")

        fewer = NEXT_YEARS.replace('"size": 3,', "").replace('"color":', "#")
        program(fewer, config)
        said += engine("up", "--yes", **credentials)
        assert "Auth0 refuses to clear it" in said
        assert servers.get(ORDERS)["size"] == 3 and "color" not in servers.get(ORDERS)
        engine("preview", "--expect-no-changes")
        engine("refresh", "--yes", "--expect-no-changes", **credentials)
        engine("preview", "--expect-no-changes")
        states = "".join(file.read_text() for file in (tmp_path / "backend").rglob("*.json*"))
        assert "additional_settings" in states
        assert not [text for text in ("s3cret-color", "s3cret-key", "s3cret-drift") if text in said + states]
        engine("destroy", "--yes", **credentials)
        assert servers.lookup(ORDERS) is None
