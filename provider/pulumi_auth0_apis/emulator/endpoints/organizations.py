"""`/api/v2/organizations` and the client grants of organizations."""

from __future__ import annotations

from typing import Any

from pulumi_auth0_apis.emulator.models.emulated_tenant import EmulatedTenant
from pulumi_auth0_apis.emulator.operations import CheckedRequest, HttpOperation
from pulumi_auth0_apis.emulator.paging import PageBody, paginate
from pulumi_auth0_apis.emulator.schemas import client_grant, organization, parameters

COLLECTION = "/api/v2/organizations"
ITEM = "/api/v2/organizations/{id}"
GRANTS = "/api/v2/organizations/{id}/client-grants"
OF_GRANT = "/api/v2/client-grants/{id}/organizations"


def list_organizations(tenant: EmulatedTenant, call: CheckedRequest) -> PageBody:
    return paginate(list(tenant.organizations), call.query, "organizations", "id", totals_last=True)


def create_organization(tenant: EmulatedTenant, call: CheckedRequest) -> dict[str, Any]:
    return tenant.organizations.create(call.body)


def get_organization(tenant: EmulatedTenant, call: CheckedRequest) -> dict[str, Any]:
    return tenant.organizations.get(call.path["id"])


def update_organization(tenant: EmulatedTenant, call: CheckedRequest) -> dict[str, Any]:
    return tenant.organizations.update(call.path["id"], call.body)


def delete_organization(tenant: EmulatedTenant, call: CheckedRequest) -> None:
    tenant.organizations.delete(call.path["id"])


def list_organization_client_grants(tenant: EmulatedTenant, call: CheckedRequest) -> PageBody:
    query = call.query
    grants = [
        grant
        for grant in tenant.organizations.grants(call.path["id"])
        if query.get("audience") in (None, grant["audience"])
        and query.get("client_id") in (None, grant.get("client_id"))
        and grant["id"] in query.get("grant_ids", [grant["id"]])
    ]
    return paginate(grants, query, "client_grants", "id", totals_last=True)


def create_organization_client_grant(tenant: EmulatedTenant, call: CheckedRequest) -> dict[str, Any]:
    return tenant.organizations.add_grant(call.path["id"], call.body["grant_id"])


def delete_organization_client_grant(tenant: EmulatedTenant, call: CheckedRequest) -> None:
    tenant.organizations.remove_grant(call.path["id"], call.path["grant_id"])


def list_client_grant_organizations(tenant: EmulatedTenant, call: CheckedRequest) -> PageBody:
    found = tenant.organizations.of_grant(call.path["id"])
    return paginate(found, call.query, "organizations", "id", totals_last=True)


OPERATIONS = (
    HttpOperation(
        "GET",
        COLLECTION,
        "Get organizations",
        ("read:organizations",),
        list_organizations,
        query=parameters.PAGED,
        answer=organization.RESPONSE,
        items="organizations",
    ),
    HttpOperation(
        "POST",
        COLLECTION,
        "Create an organization",
        ("create:organizations",),
        create_organization,
        query=parameters.NONE,
        status=201,
        body=organization.CREATE,
        answer=organization.RESPONSE,
    ),
    HttpOperation(
        "GET",
        ITEM,
        "Get an organization",
        ("read:organizations",),
        get_organization,
        query=parameters.NONE,
        answer=organization.RESPONSE,
    ),
    HttpOperation(
        "PATCH",
        ITEM,
        "Update an organization",
        ("update:organizations",),
        update_organization,
        query=parameters.NONE,
        body=organization.UPDATE,
        answer=organization.RESPONSE,
    ),
    HttpOperation(
        "DELETE",
        ITEM,
        "Delete an organization",
        ("delete:organizations",),
        delete_organization,
        query=parameters.NONE,
        status=204,
    ),
    HttpOperation(
        "GET",
        GRANTS,
        "Get client grants associated to an organization",
        ("read:organization_client_grants",),
        list_organization_client_grants,
        query=parameters.ORGANIZATION_GRANTS,
        answer=client_grant.RESPONSE,
        items="client_grants",
    ),
    HttpOperation(
        "POST",
        GRANTS,
        "Associate a client grant with an organization",
        ("create:organization_client_grants",),
        create_organization_client_grant,
        query=parameters.NONE,
        status=201,
        body=organization.ADD_GRANT,
        answer=organization.ADDED_GRANT,
    ),
    HttpOperation(
        "DELETE",
        f"{GRANTS}/{{grant_id}}",
        "Remove a client grant from an organization",
        ("delete:organization_client_grants",),
        delete_organization_client_grant,
        query=parameters.NONE,
        status=204,
    ),
    HttpOperation(
        "GET",
        OF_GRANT,
        "Get the organizations associated to a client grant",
        ("read:organization_client_grants",),
        list_client_grant_organizations,
        query=parameters.PAGED,
        answer=organization.RESPONSE,
        items="organizations",
    ),
)
