"""A stack whose resources move: to other names, into a component and out of it, and among each other.

`MOVE` in the environment says how. `moved` does all of it, `adopting` with adopt=True on every resource, and
`aliased` what aliases can do, with the lines that a report prints. `replaced` moves nothing: it replaces an
API, and deletes and creates others. Without it the stack is as it was before.
"""

from __future__ import annotations

import os
from typing import Any

import pulumi

from pulumi_auth0_apis import ClientGrant, Permission, ResourceServer

ORDERS, STOCK = "https://orders.example.com", "https://stock.example.com"
BILLING, REPORTS = "billingServiceSandbox00000000001", "reportsServiceSandbox00000000002"

move = os.environ.get("MOVE", "")
swapped = move in ("moved", "adopting")
adopt: dict[str, Any] = {"adopt": True} if move == "adopting" else {}


class Shop(pulumi.ComponentResource):
    """A component."""

    def __init__(self, name: str) -> None:
        super().__init__("my:shop:Shop", name)


shop = Shop("shop")
algorithm: dict[str, Any] = {"signing_alg": "HS256"} if move == "replaced" else {}
orders = ResourceServer("orders", identifier=ORDERS, name="Orders", **algorithm, **adopt)


def permission(name: str, scope: str, opts: pulumi.ResourceOptions | None = None) -> None:
    """Declare a permission of the API."""
    Permission(name, opts, resource_server_identifier=orders.identifier, scope=scope, **adopt)


def grant(name: str, client_id: str) -> None:
    """Give an application access to the API."""
    ClientGrant(name, client_id=client_id, audience=orders.identifier, scopes=["read:orders"], **adopt)


if swapped:
    ResourceServer("stock-api", identifier=STOCK, name="Stock", **adopt)
    permission("into", "into", opts=pulumi.ResourceOptions(parent=shop))
    permission("outside", "out")
elif move == "aliased":
    ResourceServer(
        "stock-api",
        identifier=STOCK,
        name="Stock",
        opts=pulumi.ResourceOptions(aliases=[pulumi.Alias(name="stock")]),
    )
    permission(
        "into",
        "into",
        opts=pulumi.ResourceOptions(
            parent=shop,
            aliases=[pulumi.Alias(parent=pulumi.ROOT_STACK_RESOURCE)],
        ),
    )
    # fmt: off
    permission(
        "outside",
        "out",
        opts=pulumi.ResourceOptions(aliases=[pulumi.Alias(name="out", parent=f"urn:pulumi:{pulumi.get_stack()}::{pulumi.get_project()}::my:shop:Shop::shop")]),  # noqa: E501
    )
    # fmt: on
else:
    ResourceServer("stock", identifier=STOCK, name="Stock")
    permission("into", "into")
    permission("out", "out", opts=pulumi.ResourceOptions(parent=shop))

permission("read", "write:orders" if swapped else "read:orders")
permission("write", "read:orders" if swapped else "write:orders")
for place, item in enumerate(["item:a", "item:b", "item:c"][swapped:]):
    permission(f"item-{place}", item)
grant("billing", REPORTS if swapped else BILLING)
grant("reports", BILLING if swapped else REPORTS)
after = pulumi.ResourceOptions(depends_on=[orders])
ClientGrant("partners", after, default_for="third_party_clients", audience=ORDERS, scopes=[])

if move == "replaced":
    ResourceServer("new", identifier="https://new.example.com")
    permission("new", "new")
else:
    ResourceServer("old", identifier="https://old.example.com")
    permission("old", "old")
