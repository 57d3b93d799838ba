"""A resource in place of one of its values is refused where the program says it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import pulumi
import pytest

from pulumi_auth0_apis import ClientGrant, Permission, ResourceServer, Tenant
from pulumi_auth0_apis.errors import SettingsError

from .conftest import Run

ORDERS = "https://orders.example.com"
Declare = Callable[[Any, Any], object]


@pytest.mark.parametrize(
    ("declare", "meant"),
    [
        (
            lambda api, read: ClientGrant("billing", client_id="b", audience=ORDERS, scopes=["a", read]),
            r'ClientGrant "billing" is not valid: scopes\[1\]: is the Permission "read" itself; give',
        ),
        (
            lambda api, read: ClientGrant("billing", client_id="b", audience=api, scopes=(read,)),
            r'audience: is the ResourceServer "orders" itself; give its identifier.*scopes\[0\]: is the',
        ),
        (
            lambda api, read: ClientGrant("billing", client_id=api, audience=read, allow_all_scopes=True),
            r"client_id: .* give its client_id.*audience: .* give its resource_server_identifier",
        ),
        (
            lambda api, read: Permission("write", resource_server_identifier=api, scope=read),
            r'Permission "write".*_identifier: .* give its identifier.*scope: .* give its scope',
        ),
        (
            lambda api, read: ResourceServer("v2", identifier=api, scopes=[{"value": read}]),
            r'ResourceServer "v2".*identifier: .* give its identifier.*scopes\[0\]\.value: .* give its scope',
        ),
        (
            lambda api, read: ClientGrant(
                "billing", client_id=cast(Any, Tenant("eu", domain="x")), audience=ORDERS, scopes=[]
            ),
            r'client_id: is the Tenant "eu" itself; give the one of its outputs that is meant',
        ),
    ],
)
def test_a_resource_is_no_value(run: Run, declare: Declare, meant: str) -> None:
    """Every input that is a resource is named, with the output that fits; nothing of it is registered."""

    def program() -> None:
        api = ResourceServer("orders", identifier=ORDERS)
        declare(api, Permission("read", resource_server_identifier=api.identifier, scope="read:orders"))

    with pytest.raises(SettingsError, match=meant):
        run(program)


def test_outputs_of_resources_are_values(run: Run) -> None:
    """The outputs themselves pass, in lists and in other outputs."""

    def program() -> None:
        api = ResourceServer("orders", identifier=ORDERS)
        read = Permission("read", resource_server_identifier=api.identifier, scope="read:orders")
        scopes = [read.scope, pulumi.Output.concat("write:", "orders")]
        ClientGrant("billing", client_id="b", audience=api.identifier, scopes=scopes)

    assert sorted(run(program).registered) == ["billing", "orders", "read"]
