"""One of each kind, with nested settings, secrets, a list of permissions and permissions of their own."""

import pulumi

from pulumi_auth0_apis import ClientGrant, Permission, ResourceServer

orders = ResourceServer(
    "orders",
    identifier="https://orders.example.com",
    name="Orders",
    token_lifetime=3600,
    token_lifetime_for_web=1800,
    enforce_policies=True,
    token_dialect="access_token_authz",
    subject_type_authorization={"user": {"policy": "require_client_grant"}},
    proof_of_possession={"mechanism": "mtls", "required": False},
)
read = Permission(
    "read", resource_server_identifier=orders.identifier, scope="read:orders", description="Read"
)
ClientGrant(
    "billing", client_id="billingServiceSandbox00000000001", audience=orders.identifier, scopes=[read.scope]
)
ResourceServer(
    "stock",
    identifier="https://stock.example.com",
    signing_alg="HS256",
    signing_secret=pulumi.Output.secret("a-signing-secret-of-32-characters"),
    scopes=[{"value": "read:stock", "description": "Read"}, {"value": "write:stock"}],
)
pulumi.export("audience", orders.identifier)
