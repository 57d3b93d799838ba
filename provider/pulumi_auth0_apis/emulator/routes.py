"""The route table of the Management API. A route that is not here answers 501."""

from __future__ import annotations

from pulumi_auth0_apis.emulator.endpoints import client_grants, clients, resource_servers
from pulumi_auth0_apis.emulator.operations import Operation

OPERATIONS: tuple[Operation, ...] = (
    *resource_servers.OPERATIONS,
    *client_grants.OPERATIONS,
    *clients.OPERATIONS,
)
