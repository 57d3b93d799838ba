"""`/api/v2/client-grants`."""

from __future__ import annotations

from typing import Any

from pulumi_auth0_apis.emulator.models.emulated_tenant import EmulatedTenant
from pulumi_auth0_apis.emulator.operations import CheckedRequest, HttpOperation
from pulumi_auth0_apis.emulator.paging import PageBody, paginate
from pulumi_auth0_apis.emulator.schemas import client_grant as schema
from pulumi_auth0_apis.emulator.schemas import parameters

COLLECTION = "/api/v2/client-grants"
ITEM = "/api/v2/client-grants/{id}"


def list_client_grants(tenant: EmulatedTenant, call: CheckedRequest) -> PageBody:
    return paginate(tenant.client_grants.list(**call.query), call.query, "client_grants", "id")


def create_client_grant(tenant: EmulatedTenant, call: CheckedRequest) -> dict[str, Any]:
    return tenant.client_grants.create(call.body)


def get_client_grant(tenant: EmulatedTenant, call: CheckedRequest) -> dict[str, Any]:
    return tenant.client_grants.get(call.path["id"])


def update_client_grant(tenant: EmulatedTenant, call: CheckedRequest) -> dict[str, Any]:
    return tenant.client_grants.update(call.path["id"], call.body)


def delete_client_grant(tenant: EmulatedTenant, call: CheckedRequest) -> None:
    tenant.client_grants.delete(call.path["id"])


OPERATIONS = (
    HttpOperation(
        "GET",
        COLLECTION,
        "Get client grants",
        ("read:client_grants",),
        list_client_grants,
        query=parameters.CLIENT_GRANTS,
        answer=schema.RESPONSE,
        items="client_grants",
    ),
    HttpOperation(
        "POST",
        COLLECTION,
        "Create client grant",
        ("create:client_grants",),
        create_client_grant,
        query=parameters.NONE,
        status=201,
        body=schema.CREATE,
        answer=schema.RESPONSE,
    ),
    HttpOperation(
        "GET",
        ITEM,
        "Get client grant by id",
        ("read:client_grants",),
        get_client_grant,
        query=parameters.NONE,
        answer=schema.RESPONSE,
    ),
    HttpOperation(
        "PATCH",
        ITEM,
        "Update client grant",
        ("update:client_grants",),
        update_client_grant,
        query=parameters.NONE,
        body=schema.UPDATE,
        answer=schema.RESPONSE,
    ),
    HttpOperation(
        "DELETE",
        ITEM,
        "Delete client grant",
        ("delete:client_grants",),
        delete_client_grant,
        query=parameters.NONE,
        status=204,
    ),
)
