"""`GET …/search` of the three families. Unlike Auth0's, results are never behind the writes."""

from __future__ import annotations

from collections.abc import Callable

from pulumi_auth0_apis.emulator.models.emulated_tenant import EmulatedTenant
from pulumi_auth0_apis.emulator.operations import CheckedRequest, HttpOperation
from pulumi_auth0_apis.emulator.paging import PageBody, paginate, project
from pulumi_auth0_apis.emulator.schemas import client, client_grant, parameters, resource_server
from pulumi_auth0_apis.emulator.search import search

FieldNames = tuple[str, ...]

UPDATED = "updated_at"


def _search(
    name: str, key: str, fields: FieldNames, hidden: FieldNames = ()
) -> Callable[[EmulatedTenant, CheckedRequest], PageBody]:
    """A handler that filters, sorts and pages the tenant's collection `name`; `hidden` keys never show.

    When an object was last updated can be asked for, and is not told: Auth0's answer has no such field.
    """

    def handle(tenant: EmulatedTenant, call: CheckedRequest) -> PageBody:
        query, times = call.query, tenant.updated_at
        items = [{UPDATED: times.get(item[key], ""), **item} for item in getattr(tenant, name)]
        found = search(items, query.get("q"), query.get("parser", "lucene"), (*fields, UPDATED))
        if "sort" in query:
            found.sort(key=lambda item: str(item.get(query["sort"], "")))
        page = paginate(found, {"take": 50} | query, name, key)
        assert isinstance(page, dict)
        shown = [{n: v for n, v in item.items() if n not in (UPDATED, *hidden)} for item in page[name]]
        return page | {name: [project(item, query) for item in shown]}

    return handle


OPERATIONS = (
    HttpOperation(
        "GET",
        "/api/v2/resource-servers/search",
        "Search resource servers",
        ("read:resource_servers",),
        _search("resource_servers", "id", ("id", "identifier", "name"), hidden=("signing_secret",)),
        query=parameters.search("identifier", "name", UPDATED),
        answer=resource_server.RESPONSE,
        items="resource_servers",
    ),
    HttpOperation(
        "GET",
        "/api/v2/client-grants/search",
        "Search client grants",
        ("read:client_grants",),
        _search(
            "client_grants",
            "id",
            ("audience", "client_id", "subject_type", "allow_any_organization", "default_for"),
        ),
        query=parameters.search("audience", UPDATED),
        answer=client_grant.RESPONSE,
        items="client_grants",
    ),
    HttpOperation(
        "GET",
        "/api/v2/clients/search",
        "Search clients",
        ("read:clients",),
        _search(
            "clients",
            "client_id",
            ("client_id", "name", "app_type", "is_first_party"),
            hidden=("client_secret", "client_authentication_methods", "encryption_key", "signing_keys"),
        ),
        query=parameters.search("name", UPDATED),
        answer=client.RESPONSE,
        items="clients",
    ),
)
