"""One API and every service that may call it, as a table of who may do what."""

from __future__ import annotations

import pulumi

from pulumi_auth0_apis import ClientGrant, Permission, ResourceServer

PERMISSIONS = {
    "read:stock": "See what is in stock",
    "reserve:stock": "Reserve items for an order",
    "correct:stock": "Correct a count after stocktaking",
}
ACCESS = {
    "billing": ["read:stock", "reserve:stock"],
    "reporting": ["read:stock"],
}

clients: dict[str, str] = pulumi.Config("inventory").require_object("clients")

inventory = ResourceServer(
    "inventory",
    name="Inventory API",
    identifier="https://inventory.example.com",
    token_lifetime=900,
    token_lifetime_for_web=900,
    signing_alg="RS256",
    enforce_policies=True,
    token_dialect="rfc9068_profile",
    subject_type_authorization={
        "client": {"policy": "require_client_grant"},
        "user": {"policy": "deny_all"},
    },
)
permissions = {
    scope: Permission(
        scope.replace(":", "-"),
        resource_server_identifier=inventory.identifier,
        scope=scope,
        description=description,
    )
    for scope, description in PERMISSIONS.items()
}
for service, scopes in ACCESS.items():
    ClientGrant(
        f"{service}-inventory",
        client_id=clients[service],
        audience=inventory.identifier,
        scopes=[permissions[scope].scope for scope in scopes],
    )

pulumi.export("audience", inventory.identifier)
