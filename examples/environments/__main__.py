"""One API for every environment; what differs between them is configuration, a file a stack."""

from __future__ import annotations

import pulumi

from pulumi_auth0_apis import ClientGrant, Permission, ResourceServer

config = pulumi.Config("environments")

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
read = Permission(
    "read-orders",
    resource_server_identifier=orders.identifier,
    scope="read:orders",
    description="Read orders",
)
ClientGrant(
    "billing-orders",
    client_id=config.require("billingClientId"),
    audience=orders.identifier,
    scopes=[read.scope],
)
