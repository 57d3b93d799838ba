"""Organizations: what a request may carry and what an answer carries."""

from __future__ import annotations

from pulumi_auth0_apis.emulator.schemas import Schema, pick, record, without
from pulumi_auth0_apis.emulator.schemas import client_grant as grants

PROPERTIES: dict[str, Schema] = {
    "id": {"type": "string", "description": "Organization identifier."},
    "name": {
        "type": "string",
        "minLength": 1,
        "maxLength": 50,
        "pattern": "^[a-z0-9][a-z0-9_-]*$",
        "description": "The name of this organization.",
    },
    "display_name": {
        "type": "string",
        "minLength": 1,
        "maxLength": 255,
        "description": "Friendly name of this organization.",
    },
    "branding": {"type": "object"},
    "metadata": {"type": "object", "additionalProperties": {"type": ["string", "null"]}},
    "token_quota": {"type": ["object", "null"]},
    "third_party_client_access": {"type": "string", "enum": ["block", "allow"]},
    "is_app_entitlement_active": {
        "type": "boolean",
        "description": "Whether app entitlement is active for this organization.",
    },
}

CREATE = record(without(PROPERTIES, "id"), required=("name",))
UPDATE = record(without(PROPERTIES, "id"))
RESPONSE = record(PROPERTIES)

ADD_GRANT = record(
    {
        "grant_id": {
            "type": "string",
            "minLength": 1,
            "description": "A Client Grant ID to add to the organization.",
        }
    },
    required=("grant_id",),
)
ADDED_GRANT = record(
    ADD_GRANT["properties"]
    | pick(
        grants.PROPERTIES, "client_id", "audience", "scope", "organization_usage", "allow_any_organization"
    )
)
