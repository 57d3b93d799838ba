"""Two APIs with different settings, their permissions, and the applications that may call them."""

from __future__ import annotations

import pulumi

from pulumi_auth0_apis import ClientGrant, Permission, ResourceServer

config = pulumi.Config("orders")

orders = ResourceServer(
    "orders",
    name="Orders API",
    identifier="https://orders.example.com",
    token_lifetime=3600,
    token_lifetime_for_web=600,
    signing_alg="RS256",
    enforce_policies=True,
    token_dialect="rfc9068_profile_authz",
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

reports = ResourceServer(
    "reports",
    name="Reports API",
    identifier="https://reports.example.com",
    token_lifetime=900,
    token_lifetime_for_web=900,
    signing_alg="RS256",
    enforce_policies=True,
    scopes=[
        {"value": "read:reports", "description": "Read reports"},
        {"value": "export:reports", "description": "Export reports as files"},
    ],
)

ClientGrant(
    "billing-orders",
    client_id=config.require("billingClientId"),
    audience=orders.identifier,
    scopes=[read_orders.scope, write_orders.scope],
)
ClientGrant(
    "reporting-orders",
    client_id=config.require("reportingClientId"),
    audience=orders.identifier,
    scopes=[read_orders.scope],
)
ClientGrant(
    "reporting-reports",
    client_id=config.require("reportingClientId"),
    audience=reports.identifier,
    scopes=["read:reports"],
)

pulumi.export("orders_audience", orders.identifier)
pulumi.export("reports_audience", reports.identifier)
