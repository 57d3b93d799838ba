"""The look-ups as functions of the package."""

from __future__ import annotations

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2 as proto
from pulumi.runtime.proto.provider_pb2_grpc import ResourceProviderStub

from pulumi_auth0_apis.emulator import Sandbox
from pulumi_auth0_apis.management import session_for

from .conftest import EXPLICIT, ORDERS, Props, calls, plain, struct

BILLING = "billingServiceSandbox00000000001"


def ask(stub: ResourceProviderStub, function: str, **arguments: str) -> Props:
    request = proto.InvokeRequest(tok=f"auth0-apis:index:{function}", args=struct(arguments))
    return plain(getattr(stub.Invoke(request), "return"))


@pytest.fixture
def orders(configured: ResourceProviderStub) -> Props:
    return session_for({}).resource_servers.create(
        {"identifier": ORDERS, "name": "Orders", "signing_alg": "HS256"}
    )


def test_an_api(configured: ResourceProviderStub, orders: Props) -> None:
    """By its identifier, in camelCase, without its secret."""
    found = ask(configured, "getResourceServer", identifier=ORDERS)
    assert (found["id"], found["signingAlg"]) == (orders["id"], "HS256")
    assert "signingSecret" not in found


def test_lists(configured: ResourceProviderStub, orders: Props) -> None:
    """Those of a name, of an audience and of an application; all without a filter."""
    session_for({}).client_grants.create({"client_id": BILLING, "audience": ORDERS, "scope": []})
    (api,) = ask(configured, "getResourceServers", name="Orders")["resourceServers"]
    assert api["identifier"] == ORDERS
    assert len(ask(configured, "getResourceServers")["resourceServers"]) > 1
    (grant,) = ask(configured, "getClientGrants", audience=ORDERS, clientId=BILLING)["clientGrants"]
    assert (grant["clientId"], grant["scopes"]) == (BILLING, [])
    (client,) = ask(configured, "getClients", name="Billing service")["clients"]
    assert client["clientId"] == BILLING
    assert not [name for name in client if "ecret" in name]


def test_a_question_is_asked_once(configured: ResourceProviderStub, sandbox: Sandbox) -> None:
    """Every place of a program may ask it."""
    ask(configured, "getClients")
    asked = calls(sandbox)
    assert ask(configured, "getClients") == ask(configured, "getClients")
    assert calls(sandbox) == asked


def test_what_is_wrong_is_told(configured: ResourceProviderStub) -> None:
    """An API that is not there, an argument that the function has not, and a function that is none."""
    with pytest.raises(grpc.RpcError, match="The tenant has no API of the identifier https://none"):
        ask(configured, "getResourceServer", identifier="https://none.example.com")
    with pytest.raises(grpc.RpcError, match="there is no such argument"):
        ask(configured, "getClients", nmae="Orders")
    with pytest.raises(grpc.RpcError, match="There is no function auth0-apis:index:getRoles"):
        ask(configured, "getRoles")
    with pytest.raises(grpc.RpcError, match="identifier: is required"):
        ask(configured, "getResourceServer")


def test_a_look_up_needs_credentials(stub: ResourceProviderStub) -> None:
    """In a preview too, which needs none else: the message says so."""
    stub.Configure(proto.ConfigureRequest(urn=EXPLICIT, args=struct({"domain": "example.eu.auth0.com"})))
    with pytest.raises(grpc.RpcError, match="A look-up reads the tenant, in a preview too"):
        ask(stub, "getClients")
