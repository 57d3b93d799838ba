"""The APIs of the Auth0 tenant shop.eu.auth0.com."""

import pulumi

from pulumi_auth0_apis import ClientGrant, Permission, ResourceServer

config = pulumi.Config()
applications = config.require_object("applications")

# Orders API
orders = ResourceServer(
    "orders",
    identifier="https://orders.example.com",
    name="Orders API",
    token_lifetime=3600,
    token_dialect="rfc9068_profile_authz",
    enforce_policies=True,
)

read_orders = Permission(
    "read-orders",
    resource_server_identifier=orders.identifier,
    scope="read:orders",
    description="Read orders",
)

ClientGrant(
    "billing",
    client_id=applications["billing-service"],
    audience=orders.identifier,
    scopes=[read_orders.scope],
)

# Stock API
stock = ResourceServer(
    "stock",
    identifier="https://stock.example.com",
    name="Stock API",
    scopes=[
        {"value": "count:stock", "description": "Count what is there"},
        {"value": "read:stock"},
    ],
)
