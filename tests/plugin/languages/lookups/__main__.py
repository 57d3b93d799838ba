"""What is in the tenant: each look-up as a function of values, and as one of Outputs."""

from __future__ import annotations

import pulumi
import pulumi_auth0_apis_sdk as auth0

IDENTIFIER = "https://orders-2.example.com"

api = auth0.get_resource_server_output(identifier=pulumi.Output.from_input(IDENTIFIER))
apis = auth0.get_resource_servers_output(name=api.name)
grants = auth0.get_client_grants_output(audience=api.identifier)
clients = auth0.get_clients_output(name=pulumi.Output.from_input("Billing service"))
pulumi.export(
    "later",
    [
        api.token_lifetime,
        apis.resource_servers[0].identifier,
        grants.client_grants[0].scopes,
        clients.clients[0].client_id,
    ],
)
pulumi.export(
    "atOnce",
    [
        auth0.get_resource_server(identifier=IDENTIFIER).token_lifetime,
        auth0.get_resource_servers(name="Orders API").resource_servers[0].identifier,
        auth0.get_client_grants(audience=IDENTIFIER).client_grants[0].scopes,
        auth0.get_clients(name="Billing service").clients[0].client_id,
    ],
)
