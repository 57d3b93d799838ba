"""The route table of the Management API. A route that is not here answers 501."""

from __future__ import annotations

from pulumi_auth0_apis.emulator.endpoints import (
    client_grants,
    clients,
    credentials,
    organizations,
    resource_servers,
    search,
)
from pulumi_auth0_apis.emulator.operations import HttpOperation

OPERATIONS: tuple[HttpOperation, ...] = (
    *search.OPERATIONS,  # before the families: `search` is no id
    *resource_servers.OPERATIONS,
    *client_grants.OPERATIONS,
    *clients.OPERATIONS,
    *credentials.OPERATIONS,
    *organizations.OPERATIONS,
)
