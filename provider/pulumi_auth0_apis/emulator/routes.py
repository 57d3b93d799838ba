"""The route table of the Management API. A route that is not here answers 501."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pulumi_auth0_apis.emulator.endpoints import (
    client_grants,
    clients,
    credentials,
    organizations,
    resource_servers,
    search,
)
from pulumi_auth0_apis.emulator.models.emulated_tenant import EmulatedTenant
from pulumi_auth0_apis.emulator.operations import HttpOperation
from pulumi_auth0_apis.emulator.schemas import Schema
from pulumi_auth0_apis.emulator.schemas.further import FurtherProperties

OPERATIONS: tuple[HttpOperation, ...] = (
    *search.OPERATIONS,  # before the families: `search` is no id
    *resource_servers.OPERATIONS,
    *client_grants.OPERATIONS,
    *clients.OPERATIONS,
    *credentials.OPERATIONS,
    *organizations.OPERATIONS,
)


def operations_of(tenant: EmulatedTenant) -> list[HttpOperation]:
    """The same for one tenant, with the properties that it has beyond the modelled ones."""
    return [_extended(operation, tenant.additional_properties) for operation in OPERATIONS]


def _extended(operation: HttpOperation, properties: FurtherProperties) -> HttpOperation:
    """`operation` with the further properties of its collection in the bodies and answers of objects."""
    collection, _, rest = operation.path.removeprefix("/api/v2/").partition("/")
    further = properties.get(collection)
    if not further or "/" in rest:  # what belongs to an object is a collection of its own
        return operation
    return replace(operation, body=_with(operation.body, further), answer=_with(operation.answer, further))


def _with(schema: Schema | None, further: Mapping[str, Schema]) -> Schema | None:
    return schema and {**schema, "properties": {**schema["properties"], **further}}
