"""The resource classes as a program meets them: what they register, and what they refuse at construction."""

from __future__ import annotations

import inspect
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pulumi
import pytest
from pulumi.runtime.mocks import MockMonitor

import pulumi_auth0_apis
from pulumi_auth0_apis import ClientGrant, Permission, ResourceServer, Tenant
from pulumi_auth0_apis._resource import Auth0Resource
from pulumi_auth0_apis.errors import SettingsError

from .conftest import Run

ORDERS = "https://orders.example.com"


def test_public_names() -> None:
    """The package exports these names: one that goes is a broken program."""
    assert sorted(pulumi_auth0_apis.__all__) == [
        "AccessTokenSettings",
        "AnonymousAccess",
        "AuthorizationDetail",
        "AuthorizationPolicy",
        "ClaimsMapping",
        "ClientAccess",
        "ClientGrant",
        "ClientGrantResult",
        "ClientResult",
        "ConsentPolicy",
        "CustomClaim",
        "DefaultFor",
        "EncryptionKey",
        "OrganizationUsage",
        "Permission",
        "ProofOfPossession",
        "ResourceServer",
        "ResourceServerResult",
        "Scope",
        "SigningAlg",
        "SubjectType",
        "SubjectTypeAuthorization",
        "Tenant",
        "TokenDialect",
        "TokenEncryption",
        "UserAccess",
        "__version__",
        "get_client_grants",
        "get_client_grants_output",
        "get_clients",
        "get_clients_output",
        "get_resource_server",
        "get_resource_server_output",
        "get_resource_servers",
        "get_resource_servers_output",
    ]
    assert all(hasattr(pulumi_auth0_apis, name) for name in pulumi_auth0_apis.__all__)


def test_import_is_light() -> None:
    """A program that imports the package loads nothing that only checks, calls, serves or draws need."""
    heavy = {"cryptography", "httpx", "joserfc", "pydantic", "rich", "starlette", "typer", "uvicorn"}
    code = f"import sys, pulumi_auth0_apis; print({heavy!r} & sys.modules.keys())"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "set()"


@pytest.mark.parametrize("resource", [ResourceServer, Permission, ClientGrant])
def test_parameters_are_the_settings(resource: type[Auth0Resource]) -> None:
    """A constructor takes the settings of its table and the options, by their names, and nothing else."""
    parameters = inspect.signature(resource).parameters.values()
    keywords = {parameter.name for parameter in parameters if parameter.kind is parameter.KEYWORD_ONLY}
    assert keywords == {*resource._settings, *resource._options}


@pytest.mark.parametrize("resource", [ResourceServer, Permission, ClientGrant])
def test_every_output_is_declared(resource: type[Auth0Resource]) -> None:
    """Every output that a program can read has its type on the class, for type checkers."""
    source = inspect.getsource(resource)
    undeclared = [name for name in resource._blank if f"\n    {name}: pulumi.Output[" not in source]
    assert undeclared == ["__provider"]


def test_what_is_registered(run: Run) -> None:
    """The engine gets the type token, the given inputs and the reference, and no option that is not taken."""
    api = run(lambda: ResourceServer("orders", identifier=ORDERS, token_lifetime=60)).registered["orders"]
    assert api.typ == "pulumi-python:dynamic/auth0:ResourceServer"
    assert sorted(api.inputs) == ["__provider", "identifier", "token_lifetime"]


@pytest.mark.parametrize(
    "declare",
    [
        lambda: ResourceServer("orders", identifier=ORDERS),
        lambda: Permission("orders", resource_server_identifier=ORDERS, scope="read:orders"),
        lambda: ClientGrant("orders", client_id="billing", audience=ORDERS, scopes=[]),
    ],
)
def test_the_state_points_at_the_line_of_the_program(
    run: Run, monkeypatch: pytest.MonkeyPatch, declare: Callable[[], object]
) -> None:
    """What Pulumi records as a resource's source is where the user declares it, not a line of ours."""
    seen: dict[str, str] = {}
    register = MockMonitor.RegisterResource

    def look(monitor: MockMonitor, request: Any) -> Any:
        seen[request.name] = request.sourcePosition.uri
        return register(monitor, request)  # type: ignore[no-untyped-call]

    monkeypatch.setattr(MockMonitor, "RegisterResource", look)
    run(declare)
    assert seen["orders"] == Path(__file__).as_uri()


def test_outputs_are_readable_and_typed(run: Run) -> None:
    """Given settings come back as they are, others as None, before any tenant has answered."""
    seen: list[Any] = []

    def program() -> pulumi.Output[Any]:
        api = ResourceServer("orders", identifier=ORDERS, token_lifetime=60)
        return pulumi.Output.all(api.identifier, api.token_lifetime, api.name).apply(seen.extend)

    run(program)
    assert seen == [ORDERS, 60, None]
    assert type(seen[1]) is int


def test_the_signing_secret_is_secret(run: Run) -> None:
    """A signing secret is a Pulumi secret whether or not the program says so."""
    seen: list[bool] = []

    async def program() -> None:
        api = ResourceServer("orders", identifier=ORDERS, signing_alg="HS256", signing_secret="s" * 16)
        seen.append(await api.signing_secret.is_secret())

    run(program)
    assert seen == [True]


def test_a_generated_secret_is_secret_too(run: Run) -> None:
    """The engine is told to keep the signing secret that Auth0 makes up, beside what the user names."""
    seen: list[str] = []

    def look(args: pulumi.ResourceTransformationArgs) -> None:
        seen.extend(args.opts.additional_secret_outputs or ())

    options = pulumi.ResourceOptions(transformations=[look], additional_secret_outputs=["name"])
    run(lambda: ResourceServer("orders", options, identifier=ORDERS))
    assert seen == ["name", "signing_secret"]


def test_import_becomes_adoption(run: Run) -> None:
    """The option `import_`, which the engine cannot carry out, asks for that very object instead."""
    options = pulumi.ResourceOptions(import_="abc")
    api = run(lambda: ResourceServer("orders", options, identifier=ORDERS)).registered["orders"]
    assert api.inputs["adopt"] == "abc"
    assert api.resource_id != "abc"
    assert options.import_ == "abc"


def test_get_reads_by_id(run: Run) -> None:
    """`get` registers a look-up of the id, with nothing but the provider."""
    api = run(lambda: ResourceServer.get("orders", "abc")).registered["orders"]
    assert (api.resource_id, list(api.inputs)) == ("abc", ["__provider"])


def test_a_class_of_ones_own_is_the_same_resource(run: Run) -> None:
    """A team's subclass with its defaults registers the same type with the same provider."""

    class ShortLived(ResourceServer):
        def __init__(self, name: str, identifier: str) -> None:
            super().__init__(name, identifier=identifier, token_lifetime=60)

    api = run(lambda: ShortLived("orders", ORDERS)).registered["orders"]
    assert api.typ == "pulumi-python:dynamic/auth0:ResourceServer"
    assert api.inputs["__provider"] == ResourceServer._blank["__provider"]


@pytest.mark.parametrize("by_output", [True, False])
@pytest.mark.parametrize("api_first", [True, False])
def test_scopes_have_one_owner(run: Run, by_output: bool, api_first: bool) -> None:
    """Inline scopes and a Permission of one API are refused at construction, with both names."""

    def permission(identifier: pulumi.Input[str]) -> None:
        Permission("read-orders", resource_server_identifier=identifier, scope="read:orders")

    def program() -> None:
        if not api_first:
            permission(ORDERS)
        api = ResourceServer("orders", identifier=ORDERS, scopes=[{"value": "read:orders"}])
        permission(api.identifier if by_output else ORDERS)

    with pytest.raises(SettingsError, match=r'ResourceServer "orders".*Permission "read-orders"'):
        run(program)


def test_owners_in_several_tenants_and_runs_do_not_meet(run: Run) -> None:
    """The same identifier in another tenant, or in another run of one process, is another API."""

    def program() -> None:
        eu = Tenant("eu", domain="eu.example.com", api_token="token")
        ResourceServer("orders", identifier=ORDERS, scopes=[])
        Permission(
            "read-orders",
            pulumi.ResourceOptions(provider=eu),
            resource_server_identifier=ORDERS,
            scope="read:orders",
        )

    run(program)
    run(lambda: Permission("read-orders", resource_server_identifier=ORDERS, scope="read:orders"))


def test_tenant(run: Run) -> None:
    """A tenant is an explicit provider that says so in its settings and keeps its secret one."""
    tenant = run(lambda: Tenant("eu", domain="eu.example.com", client_id="id", client_secret="secret"))
    registered = tenant.registered["eu"]
    assert registered.typ == "pulumi:providers:pulumi-python"
    secret = registered.inputs.pop("auth0:clientSecret")
    assert secret["value"] == "secret"
    assert registered.inputs == {
        "auth0:tenant": "eu",
        "auth0:domain": "eu.example.com",
        "auth0:clientId": "id",
    }
