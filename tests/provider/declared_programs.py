"""Programs that name one object in several ways; an engine runs them in a process of their own."""

from __future__ import annotations

import pulumi

from pulumi_auth0_apis import ClientGrant, Permission, ResourceServer

ORDERS = "https://orders.example.com"
BILLING = "billingServiceSandbox00000000001"


def two_apis() -> None:
    ResourceServer("one", identifier=ORDERS)
    ResourceServer("other", identifier=ORDERS)


def two_permissions_by_different_names_of_their_api() -> None:
    api = ResourceServer("api", identifier=ORDERS)
    Permission("one", resource_server_identifier=api.identifier, scope="read")
    Permission("other", resource_server_identifier=ORDERS, scope="read")


def two_permissions_of_an_api_that_is_not_named_by_a_text() -> None:
    api = ResourceServer("api", identifier=pulumi.Output.from_input(ORDERS))
    Permission("one", resource_server_identifier=api.identifier, scope="read")
    Permission("other", resource_server_identifier=ORDERS, scope=api.identifier.apply(lambda _: "read"))


def two_grants() -> None:
    client = ResourceServer("api", identifier=ORDERS).identifier.apply(lambda _: BILLING)
    ClientGrant("one", client_id=BILLING, audience=ORDERS, scopes=[])
    ClientGrant("other", client_id=client, audience=ORDERS, subject_type="client", scopes=[])


def by_text() -> None:
    ResourceServer("orders", identifier=ORDERS, signing_alg=pulumi.Config("test").get("alg"))  # type: ignore[arg-type]
    read = Permission("read", resource_server_identifier=ORDERS, scope="read:orders")
    ClientGrant("billing", client_id=BILLING, audience=ORDERS, scopes=[read.scope])


def protected() -> None:
    guard = pulumi.ResourceOptions(protect=pulumi.Config("test").get_bool("protect"))
    orders = ResourceServer("orders", guard, identifier=ORDERS)
    Permission("read", resource_server_identifier=orders.identifier, scope="read:orders")
