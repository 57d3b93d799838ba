"""The APIs of a shop, with pulumi-auth0."""

import pulumi_auth0 as auth0  # type: ignore[import-not-found]

billing = auth0.Client("billing", name="Billing service", app_type="non_interactive")

orders = auth0.ResourceServer(
    "orders",
    name="Orders API",
    identifier="https://orders.example.com",
    token_lifetime=3600,
    enforce_policies=True,
    token_dialect="rfc9068_profile_authz",
)

read_orders = auth0.ResourceServerScope(
    "read-orders",
    resource_server_identifier=orders.identifier,
    scope="read:orders",
    description="Read orders",
)

auth0.ClientGrant(
    "billing",
    client_id=billing.client_id,
    audience=orders.identifier,
    scopes=[read_orders.scope],
)

stock = auth0.ResourceServer("stock", identifier="https://stock.example.com", name="Stock API")

auth0.ResourceServerScopes(
    "stock",
    resource_server_identifier=stock.identifier,
    scopes=[{"name": "read:stock"}, {"name": "count:stock", "description": "Count what is there"}],
)
