"""`/api/v2/clients/{id}/credentials`."""

from __future__ import annotations

from typing import Any

from pulumi_auth0_apis.emulator.models.emulated_tenant import EmulatedTenant
from pulumi_auth0_apis.emulator.operations import CheckedRequest, HttpOperation
from pulumi_auth0_apis.emulator.schemas import client as schema
from pulumi_auth0_apis.emulator.schemas import parameters

COLLECTION = "/api/v2/clients/{id}/credentials"
ITEM = "/api/v2/clients/{id}/credentials/{credential_id}"


def list_credentials(tenant: EmulatedTenant, call: CheckedRequest) -> list[dict[str, Any]]:
    return tenant.credentials.list(_client_id(tenant, call))


def create_credential(tenant: EmulatedTenant, call: CheckedRequest) -> dict[str, Any]:
    return tenant.credentials.create(_client_id(tenant, call), call.body)


def get_credential(tenant: EmulatedTenant, call: CheckedRequest) -> dict[str, Any]:
    return tenant.credentials.get(call.path["id"], call.path["credential_id"])


def update_credential(tenant: EmulatedTenant, call: CheckedRequest) -> dict[str, Any]:
    return tenant.credentials.update(call.path["id"], call.path["credential_id"], call.body)


def delete_credential(tenant: EmulatedTenant, call: CheckedRequest) -> None:
    tenant.credentials.delete(call.path["id"], call.path["credential_id"])


def _client_id(tenant: EmulatedTenant, call: CheckedRequest) -> str:
    """The application of the path; 404 when it is not there."""
    return str(tenant.clients.get(call.path["id"])["client_id"])


OPERATIONS = (
    HttpOperation(
        "GET",
        COLLECTION,
        "Get client credentials",
        ("read:client_credentials",),
        list_credentials,
        query=parameters.NONE,
        answer={"type": "array", "items": schema.CREDENTIAL_RESPONSE},
    ),
    HttpOperation(
        "POST",
        COLLECTION,
        "Create a client credential",
        ("create:client_credentials",),
        create_credential,
        query=parameters.NONE,
        status=201,
        body=schema.CREDENTIAL,
        answer=schema.CREDENTIAL_RESPONSE,
    ),
    HttpOperation(
        "GET",
        ITEM,
        "Get client credential details",
        ("read:client_credentials",),
        get_credential,
        query=parameters.NONE,
        answer=schema.CREDENTIAL_RESPONSE,
    ),
    HttpOperation(
        "PATCH",
        ITEM,
        "Update a client credential",
        ("update:client_credentials",),
        update_credential,
        query=parameters.NONE,
        body=schema.CREDENTIAL_UPDATE,
        answer=schema.CREDENTIAL_RESPONSE,
    ),
    HttpOperation(
        "DELETE",
        ITEM,
        "Delete a client credential",
        ("delete:client_credentials",),
        delete_credential,
        query=parameters.NONE,
        status=204,
    ),
)
