"""APIs with permissions and grants, as many of each as the configuration says."""

from __future__ import annotations

import pulumi

from pulumi_auth0_apis import ClientGrant, Permission, ResourceServer

config = pulumi.Config("bench")
clients = config.require("clients").split(",")

for number in range(config.require_int("apis")):
    api = ResourceServer(f"api-{number}", identifier=f"https://api-{number}.example.com")
    for scope in range(config.require_int("permissions")):
        Permission(f"api-{number}-do-{scope}", resource_server_identifier=api.identifier, scope=f"do:{scope}")
    for index, client_id in enumerate(clients):
        ClientGrant(f"api-{number}-grant-{index}", client_id=client_id, audience=api.identifier, scopes=[])
