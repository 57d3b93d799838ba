"""The resource classes of this package, as a state knows them."""

from __future__ import annotations

from dataclasses import dataclass

from pulumi_auth0_apis import client_grant, permission, resource_server
from pulumi_auth0_apis._lifecycle import Provider


@dataclass(frozen=True)
class Kind:
    """A resource class: its type token, its module, and the lifecycle of its objects."""

    token: str
    module: str
    provider: Provider


RESOURCE_SERVER = Kind(
    "pulumi-python:dynamic/auth0:ResourceServer", "resource_server", resource_server.PROVIDER
)
PERMISSION = Kind("pulumi-python:dynamic/auth0:Permission", "permission", permission.PROVIDER)
CLIENT_GRANT = Kind("pulumi-python:dynamic/auth0:ClientGrant", "client_grant", client_grant.PROVIDER)

KINDS = (RESOURCE_SERVER, PERMISSION, CLIENT_GRANT)
