"""The resource classes of this package, as a state knows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from auth0_api_vocabulary import OURS
from pulumi_auth0_apis._lifecycle import ObjectProvider
from pulumi_auth0_apis.resources import client_grant, permission, resource_server


@dataclass(frozen=True)
class ResourceKind:
    """A resource class: its type token, its module, and the lifecycle of its objects."""

    token: str
    module: str
    provider: ObjectProvider


RESOURCE_SERVER = ResourceKind(OURS["api"], "resource_server", resource_server.PROVIDER)
PERMISSION = ResourceKind(OURS["permission"], "permission", permission.PROVIDER)
CLIENT_GRANT = ResourceKind(OURS["grant"], "client_grant", client_grant.PROVIDER)

KINDS = (RESOURCE_SERVER, PERMISSION, CLIENT_GRANT)


def generates_secret(token: str, inputs: Mapping[str, Any]) -> bool:
    """Whether Auth0 answers the creation of such a resource with a secret of its own making.

    It makes a signing secret for every API that is created with HS256 and brings none.
    """
    return token == RESOURCE_SERVER.token and inputs.get("signing_alg") == "HS256"
