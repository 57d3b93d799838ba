"""The APIs of this tenant, their permissions, and the applications that may call them."""

from __future__ import annotations

import pulumi

from pulumi_auth0_apis import ClientGrant, Permission, ResourceServer

config = pulumi.Config()

orders = ResourceServer(
    "orders",
    name="Orders API",
    identifier="https://orders.example.com",
    token_lifetime=config.require_int("tokenLifetime"),
    token_lifetime_for_web=600,
    enforce_policies=True,
    token_dialect="rfc9068_profile_authz",
    opts=pulumi.ResourceOptions(protect=config.require_bool("protect")),
)
read_orders = Permission(
    "read-orders",
    resource_server_identifier=orders.identifier,
    scope="read:orders",
    description="Read orders",
)
write_orders = Permission(
    "write-orders",
    resource_server_identifier=orders.identifier,
    scope="write:orders",
    description="Place and change orders",
)
ClientGrant(
    "billing-orders",
    client_id=config.require("billingClientId"),
    audience=orders.identifier,
    scopes=[read_orders.scope],
)

pulumi.export("orders_audience", orders.identifier)
