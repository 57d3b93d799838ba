"""The look-ups in the schema: what is in the tenant, whoever manages it."""

from __future__ import annotations

from auth0_api_vocabulary import ADDITIONAL, camel_case, kinds
from pulumi_auth0_apis._found import ClientResult
from pulumi_auth0_apis._lifecycle import ObjectProvider
from pulumi_auth0_apis._provider import lifecycle_of
from pulumi_auth0_apis.plugin.package import token
from pulumi_auth0_apis.plugin.schema.resources import always_told, properties
from pulumi_auth0_apis.plugin.schema.types import Spec, Types

ID: Spec = {"type": "string", "description": "Its id."}
IS_SYSTEM: Spec = {"type": "boolean", "description": "Whether it is Auth0's own, which nobody can change."}


def functions(types: Types) -> dict[str, Spec]:
    """Every look-up. Unlike a preview of resources it calls the tenant, and needs credentials."""
    api, grant = (_told(lifecycle_of(kind.module), types) for kind in (kinds.API, kinds.GRANT))
    return {
        token("getResourceServer"): {
            "description": "The API of an identifier, the Management API included, without its signing "
            "secret.",
            "inputs": {
                "properties": _arguments(identifier="The API's identifier, or its id."),
                "required": ["identifier"],
            },
            "outputs": {**api, "description": "An API, without its signing secret."},
        },
        token("getResourceServers"): {
            "description": "The APIs of the tenant, Auth0's own included, or those of a name.",
            "inputs": {"properties": _arguments(name="Only the APIs of this name.")},
            "outputs": _list("resourceServers", _item("ResourceServerResult", "An API.", api, types)),
        },
        token("getClientGrants"): {
            "description": "The grants of an API, of an application or of both; all of the tenant without "
            "either.",
            "inputs": {
                "properties": _arguments(
                    audience="Only the grants of the API of this identifier.",
                    client_id="Only the grants of this application.",
                )
            },
            "outputs": _list("clientGrants", _item("ClientGrantResult", "A grant.", grant, types)),
        },
        token("getClients"): {
            "description": "The applications of the tenant, or those of a name; several may have one.",
            "inputs": {"properties": _arguments(name="Only the applications of this name.")},
            "outputs": _list(
                "clients",
                _item(
                    "ClientResult", "An application, without its secrets.", types.object(ClientResult), types
                ),
            ),
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
