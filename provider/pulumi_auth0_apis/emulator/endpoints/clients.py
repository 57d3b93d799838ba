"""`/api/v2/clients`."""

from __future__ import annotations

from typing import Any

from pulumi_auth0_apis.emulator.models.emulated_tenant import EmulatedTenant
from pulumi_auth0_apis.emulator.operations import CheckedRequest, HttpOperation
from pulumi_auth0_apis.emulator.paging import PageBody, paginate, project
from pulumi_auth0_apis.emulator.schemas import client as schema
from pulumi_auth0_apis.emulator.schemas import parameters

COLLECTION = "/api/v2/clients"
ITEM = "/api/v2/clients/{id}"

_SECRET_SCOPES = {"read:client_keys", "read:client_credentials"}
_SECRET = ("client_secret", "client_authentication_methods", "encryption_key", "signing_keys")
_SUMMARY = ("client_id", "app_type", "name", "description")


def list_clients(tenant: EmulatedTenant, call: CheckedRequest) -> PageBody:
    query = call.query
    found = tenant.clients.list(query.get("is_global"), query.get("is_first_party"), query.get("app_type"))
    shown = [project(_visible(client, call), query) for client in found]
    return paginate(shown, query, "clients", "client_id")


def create_client(tenant: EmulatedTenant, call: CheckedRequest) -> dict[str, Any]:
    return tenant.clients.create(call.body)


def get_client(tenant: EmulatedTenant, call: CheckedRequest) -> dict[str, Any]:
    return project(_visible(tenant.clients.get(call.path["id"]), call), call.query)


def update_client(tenant: EmulatedTenant, call: CheckedRequest) -> dict[str, Any]:
    return _visible(tenant.clients.update(call.path["id"], call.body), call)


def delete_client(tenant: EmulatedTenant, call: CheckedRequest) -> None:
    tenant.clients.delete(call.path["id"])


def rotate_client_secret(tenant: EmulatedTenant, call: CheckedRequest) -> dict[str, Any]:
    return tenant.clients.rotate_secret(call.path["id"])


def list_client_connections(tenant: EmulatedTenant, call: CheckedRequest) -> PageBody:
    """None: users, and so the connections that they log in with, are not modelled."""
    tenant.clients.get(call.path["id"])
    return {"connections": []}


def _visible(client: dict[str, Any], call: CheckedRequest) -> dict[str, Any]:
    """Return what the token's scopes show of a client, as the API reference of `GET /clients` lists it."""
    if "read:clients" not in call.token.scopes and not _SECRET_SCOPES & call.token.scopes:
        return {name: value for name, value in client.items() if name in _SUMMARY}
    if _SECRET_SCOPES & call.token.scopes:
        return client
    return {name: value for name, value in client.items() if name not in _SECRET}


OPERATIONS = (
    HttpOperation(
        "GET",
        COLLECTION,
        "Get clients",
        ("read:clients", "read:client_keys", "read:client_credentials", "read:client_summary"),
        list_clients,
        query=parameters.CLIENTS,
        answer=schema.RESPONSE,
        items="clients",
    ),
    HttpOperation(
        "POST",
        COLLECTION,
        "Create a client",
        ("create:clients",),
        create_client,
        query=parameters.NONE,
        status=201,
        body=schema.CREATE,
        answer=schema.RESPONSE,
    ),
    HttpOperation(
        "GET",
        ITEM,
        "Get client by ID",
        ("read:clients", "read:client_keys", "read:client_credentials", "read:client_summary"),
        get_client,
        query=parameters.ONE_CLIENT,
        answer=schema.RESPONSE,
    ),
    HttpOperation(
        "PATCH",
        ITEM,
        "Update a client",
        ("update:clients", "update:client_keys", "update:client_credentials"),
        update_client,
        query=parameters.NONE,
        body=schema.UPDATE,
        answer=schema.RESPONSE,
    ),
    HttpOperation(
        "DELETE",
        ITEM,
        "Delete a client",
        ("delete:clients",),
        delete_client,
        query=parameters.NONE,
        status=204,
    ),
    HttpOperation(
        "POST",
        f"{ITEM}/rotate-secret",
        "Rotate a client secret",
        ("update:client_keys", "update:client_credentials"),
        rotate_client_secret,
        query=parameters.NONE,
        answer=schema.RESPONSE,
    ),
    HttpOperation(
        "GET",
        f"{ITEM}/connections",
        "Get enabled connections for a client",
        ("read:connections",),
        list_client_connections,
        query=parameters.CLIENT_CONNECTIONS,
        answer={"type": "object"},
        items="connections",
    ),
)
