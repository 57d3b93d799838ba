"""A stack through an engine: what it costs in calls, and what goes down with what."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pulumi
import pytest

from pulumi_auth0_apis import ClientGrant, Permission, ResourceServer
from pulumi_auth0_apis.testing.plugin import MakeProgram
from pulumi_auth0_apis.testing.tenant import TenantUnderTest

APIS = ["https://a.example.com", "https://b.example.com"]
EIGHT = range(8)
ORDERS = "https://orders.example.com"

LIST_APIS, LIST_GRANTS = "GET /api/v2/resource-servers", "GET /api/v2/client-grants"
TOKEN = {"POST /oauth/token": 1}
ONE_API, ONE_GRANT = "/api/v2/resource-servers/{id}", "/api/v2/client-grants/{id}"


def two_apis() -> None:
    """Two APIs, each with eight permissions and eight grants."""
    clients = pulumi.Config("bench").require("clients").split(",")
    for number, identifier in enumerate(APIS):
        api = ResourceServer(f"api-{number}", identifier=identifier)
        for scope in EIGHT:
            Permission(f"{number}-{scope}", resource_server_identifier=api.identifier, scope=f"do:{scope}")
        for index, client_id in enumerate(clients):
            ClientGrant(f"{number}-{index}", client_id=client_id, audience=api.identifier, scopes=[])


def test_the_calls_of_a_whole_stack(auth0_tenant: TenantUnderTest, pulumi_program: MakeProgram) -> None:
    """Every operation makes these calls by route, and a run that changes nothing makes none."""
    create = auth0_tenant.sandbox.tenant.clients.create
    clients = [create({"name": "c", "app_type": "non_interactive"})["client_id"] for _ in EIGHT]
    program = pulumi_program(two_apis, config={"bench:clients": ",".join(clients)})
    assert program.preview().calls.total() == 0
    calls = program.up().calls
    assert calls.pop(f"PATCH {ONE_API}") in range(4, 17)  # by four where nothing disturbs the threads
    calls.pop(f"GET {ONE_API}", None)  # an API that was made longer ago is read before
    calls.pop(LIST_APIS, None)  # and what was written longer ago is looked at
    assert calls == {**TOKEN, "POST /api/v2/resource-servers": 2, "POST /api/v2/client-grants": 16}
    assert set(auth0_tenant.grants) == set(product(clients, APIS))
    assert auth0_tenant.permissions == {api: {f"do:{scope}" for scope in EIGHT} for api in APIS}
    assert program.up().calls.total() == 0
    assert program.refresh().calls == {**TOKEN, LIST_APIS: 1, LIST_GRANTS: 1}
    assert program.destroy().calls == {
        **TOKEN,
        LIST_GRANTS: 2,  # who else holds a grant on the APIs that go
        f"DELETE {ONE_API}": 2,
        f"DELETE {ONE_GRANT}": 16,
    }


def owned() -> None:
    orders = ResourceServer("orders", identifier=ORDERS)
    if pulumi.Config("orders").get_bool("readable"):
        Permission("read", resource_server_identifier=orders.identifier, scope="read:orders")


def test_a_permission_that_goes_alone_is_removed(
    auth0_tenant: TenantUnderTest, pulumi_program: MakeProgram
) -> None:
    """Taken out of the program while its API stays, a permission leaves the tenant."""
    program = pulumi_program(owned, config={"orders:readable": "true"})
    program.up()
    assert auth0_tenant.permissions == {ORDERS: {"read:orders"}}
    program.configure({"orders:readable": "false"})
    assert program.up().changes == {"read": "delete"}
    assert auth0_tenant.permissions == {ORDERS: set()}


def kept() -> None:
    orders = ResourceServer("orders", identifier=ORDERS, opts=pulumi.ResourceOptions(retain_on_delete=True))
    Permission("read", resource_server_identifier=orders.identifier, scope="read:orders")


def looked_up() -> None:
    found = ResourceServer.get("found", ORDERS)
    Permission("read", resource_server_identifier=found.identifier, scope="read:orders")


def twins() -> None:
    orders = ResourceServer("orders", identifier=ORDERS, token_lifetime=600, token_lifetime_for_web=600)
    ResourceServer(
        "twin", identifier=f"{ORDERS}/twin", name=orders.name, token_lifetime_for_web=orders.token_lifetime
    )


def test_an_output_that_is_nothing_leaves_an_input_out(
    auth0_tenant: TenantUnderTest, pulumi_program: MakeProgram
) -> None:
    """An API without a name has none to give: its twin has none either, and the next run is quiet."""
    program = pulumi_program(twins)
    program.up()
    assert "name" not in auth0_tenant.apis[f"{ORDERS}/twin"]
    assert auth0_tenant.apis[f"{ORDERS}/twin"]["token_lifetime_for_web"] == 600
    assert program.up().changes == {}


def test_a_look_up_of_what_is_not_there_says_what_to_check(pulumi_program: MakeProgram) -> None:
    """`.get` of an id that the tenant does not have names id and tenant; a refresh would mend nothing."""
    (error, *_) = pulumi_program(looked_up).up(fails=True).errors
    assert "Check its identifier or id, and the tenant." in error
    assert "pulumi refresh" not in error


@pytest.mark.parametrize("program", [kept, looked_up])
def test_an_api_that_outlives_the_stack_loses_what_the_stack_gave_it(
    auth0_tenant: TenantUnderTest, pulumi_program: MakeProgram, program: Callable[[], None]
) -> None:
    """The permissions of an API that is kept, or that another stack owns, are removed one by one."""
    if program is looked_up:
        auth0_tenant.sandbox.tenant.resource_servers.create({"identifier": ORDERS})
    running = pulumi_program(program)
    running.up()
    assert auth0_tenant.permissions == {ORDERS: {"read:orders"}}
    running.destroy()
    assert auth0_tenant.permissions == {ORDERS: set()}
