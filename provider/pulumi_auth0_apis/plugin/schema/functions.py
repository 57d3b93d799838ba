"""The look-ups in the schema: what is in the tenant, whoever manages it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from auth0_api_vocabulary import ADDITIONAL, camel_case, kinds
from pulumi_auth0_apis import lookup
from pulumi_auth0_apis._lifecycle import ObjectProvider
from pulumi_auth0_apis._provider import lifecycle_of
from pulumi_auth0_apis.plugin.package import token
from pulumi_auth0_apis.plugin.schema.resources import always_told, properties
from pulumi_auth0_apis.plugin.schema.types import Spec, Types

ID: Spec = {"type": "string", "description": "Its id."}
IS_SYSTEM: Spec = {"type": "boolean", "description": "Whether it is Auth0's own, which nobody can change."}


class ClientResult:
    """An application, without its secrets.

    Fact: https://auth0.com/docs/api/management/v2/clients/get-clients
    """

    client_id: str
    """Its id."""
    name: str | None
    """Its name, which another application may have as well."""
    description: str | None
    """What it is for."""
    app_type: str | None
    """What kind of application it is, such as `non_interactive`."""
    is_first_party: bool | None
    """Whether it is the tenant's own."""
    grant_types: list[str] | None
    """The grant types that it may use."""
    token_endpoint_auth_method: str | None
    """How it authenticates for a token."""
    client_metadata: dict[str, str] | None
    """What its owners note of it."""


def functions(types: Types) -> dict[str, Spec]:
    """Every look-up. Unlike a preview of resources it calls the tenant, and needs credentials."""
    api, grant = (_told(lifecycle_of(kind.module), types) for kind in (kinds.API, kinds.GRANT))
    return {
        token("getResourceServer"): {
            "description": _summary(lookup.get_resource_server),
            "inputs": {
                "properties": _arguments(identifier="The API's identifier, or its id."),
                "required": ["identifier"],
            },
            "outputs": {**api, "description": "An API, without its signing secret."},
        },
        token("getResourceServers"): {
            "description": _summary(lookup.get_resource_servers),
            "inputs": {"properties": _arguments(name="Only the APIs of this name.")},
            "outputs": _list("resourceServers", _item("ResourceServerResult", "An API.", api, types)),
        },
        token("getClientGrants"): {
            "description": _summary(lookup.get_client_grants),
            "inputs": {
                "properties": _arguments(
                    audience="Only the grants of the API of this identifier.",
                    client_id="Only the grants of this application.",
                )
            },
            "outputs": _list("clientGrants", _item("ClientGrantResult", "A grant.", grant, types)),
        },
        token("getClients"): {
            "description": _summary(lookup.get_clients),
            "inputs": {"properties": _arguments(name="Only the applications of this name.")},
            "outputs": _list("clients", types.of(ClientResult, "")),
        },
    }


def _told(provider: ObjectProvider, types: Types) -> Spec:
    """An object as the tenant tells it, its secrets left out: a result is no secret as a whole."""
    settings = [each for each in provider.settings if not each.secret and each.name != ADDITIONAL]
    return {
        "type": "object",
        "properties": {"id": ID, **properties(settings, types), "isSystem": IS_SYSTEM},
        "required": ["id", *always_told(settings)],
    }


def _item(name: str, description: str, told: Spec, types: Types) -> Spec:
    return types.declare(name, {**told, "description": description})


def _list(name: str, item: Spec) -> Spec:
    listed = {"type": "array", "items": item, "description": "All that there are."}
    return {"type": "object", "properties": {name: listed}, "required": [name]}


def _arguments(**descriptions: str) -> dict[str, Spec]:
    return {
        camel_case(name): {"type": "string", "description": description}
        for name, description in descriptions.items()
    }


def _summary(function: Callable[..., Any]) -> str:
    """The first sentence of what a look-up of the dynamic resources says of itself: it is the same one."""
    return inspect.cleandoc(function.__doc__ or "").partition("\n\n")[0]
