"""`/api/v2/resource-servers`."""

from __future__ import annotations

from typing import Any

from pulumi_auth0_apis.emulator.models.emulated_tenant import EmulatedTenant
from pulumi_auth0_apis.emulator.operations import CheckedRequest, HttpOperation
from pulumi_auth0_apis.emulator.paging import PageBody, paginate, project
from pulumi_auth0_apis.emulator.schemas import parameters
from pulumi_auth0_apis.emulator.schemas import resource_server as schema

COLLECTION = "/api/v2/resource-servers"
ITEM = "/api/v2/resource-servers/{id}"


def list_resource_servers(tenant: EmulatedTenant, call: CheckedRequest) -> PageBody:
    found = tenant.resource_servers.list(call.query.get("identifiers"))
    return paginate([project(api, call.query) for api in found], call.query, "resource_servers", "id")


def create_resource_server(tenant: EmulatedTenant, call: CheckedRequest) -> dict[str, Any]:
    return tenant.resource_servers.create(call.body)


def get_resource_server(tenant: EmulatedTenant, call: CheckedRequest) -> dict[str, Any]:
    return project(tenant.resource_servers.get(call.path["id"]), call.query)


def update_resource_server(tenant: EmulatedTenant, call: CheckedRequest) -> dict[str, Any]:
    return tenant.resource_servers.update(call.path["id"], call.body)


def delete_resource_server(tenant: EmulatedTenant, call: CheckedRequest) -> None:
    tenant.resource_servers.delete(call.path["id"])


OPERATIONS = (
    HttpOperation(
        "GET",
        COLLECTION,
        "Get resource servers",
        ("read:resource_servers",),
        list_resource_servers,
        query=parameters.RESOURCE_SERVERS,
        answer=schema.RESPONSE,
        items="resource_servers",
    ),
    HttpOperation(
        "POST",
        COLLECTION,
        "Create a resource server",
        ("create:resource_servers",),
        create_resource_server,
        query=parameters.NONE,
        status=201,
        body=schema.CREATE,
        answer=schema.RESPONSE,
    ),
    HttpOperation(
        "GET",
        ITEM,
        "Get a resource server",
        ("read:resource_servers",),
        get_resource_server,
        query=parameters.ONE_RESOURCE_SERVER,
        answer=schema.RESPONSE,
    ),
    HttpOperation(
        "PATCH",
        ITEM,
        "Update a resource server",
        ("update:resource_servers",),
        update_resource_server,
        query=parameters.NONE,
        body=schema.UPDATE,
        answer=schema.RESPONSE,
    ),
    HttpOperation(
        "DELETE",
        ITEM,
        "Delete a resource server",
        ("delete:resource_servers",),
        delete_resource_server,
        query=parameters.NONE,
        status=204,
    ),
)
