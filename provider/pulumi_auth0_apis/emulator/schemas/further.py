"""Properties that a tenant has beyond those that are modelled, as Auth0 gets new ones from time to time."""

from __future__ import annotations

from collections.abc import Mapping

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from pulumi_auth0_apis.emulator.schemas import Schema, client_grant, resource_server

FurtherProperties = Mapping[str, Mapping[str, Schema]]
"""JSON Schemas by collection and name: `{"resource-servers": {"color": {"type": "string"}}}`."""

EXTENSIBLE = {
    "resource-servers": resource_server.PROPERTIES,
    "client-grants": client_grant.PROPERTIES,
}
"""The collections that may have such properties, and those that are modelled."""


FORM: Schema = {"type": "object", "additionalProperties": {"type": "object"}}


def refuse_unfit(properties: FurtherProperties) -> None:
    """Raise ValueError for an unknown collection, a property that is modelled, and what is no JSON Schema."""
    if not Draft202012Validator(FORM).is_valid(properties):
        raise ValueError("Further properties are JSON Schemas by collection and name.")
    for collection, schemas in properties.items():
        if collection not in EXTENSIBLE:
            raise ValueError(f"{collection} takes no further properties; {' and '.join(EXTENSIBLE)} do.")
        for name, schema in schemas.items():
            if name in EXTENSIBLE[collection]:
                raise ValueError(f"{collection} has the property {name} already.")
            _refuse_unfit_schema(f"{collection}: {name}", schema)


def _refuse_unfit_schema(where: str, schema: Schema) -> None:
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        raise ValueError(f"{where} is no JSON Schema: {error.message}.") from None


def readable(properties: FurtherProperties, collection: str) -> list[str]:
    """The further properties of a collection that answers tell; what is `writeOnly` is taken alone."""
    return [name for name, schema in properties.get(collection, {}).items() if not schema.get("writeOnly")]
