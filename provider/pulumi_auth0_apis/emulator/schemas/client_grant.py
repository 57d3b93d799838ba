"""Client grants: what a request may carry and what an answer carries."""

from __future__ import annotations

from pulumi_auth0_apis.emulator.schemas import Schema, record, without

PROPERTIES: dict[str, Schema] = {
    "id": {"type": "string", "description": "ID of the client grant."},
    "client_id": {"type": "string", "minLength": 1, "description": "ID of the client."},
    "audience": {
        "type": "string",
        "minLength": 1,
        "description": "The audience (API identifier) of this client grant",
    },
    "scope": {
        "type": "array",
        "description": "Scopes allowed for this client grant.",
        "items": {"type": "string", "minLength": 1, "maxLength": 280},
    },
    "organization_usage": {
        "type": "string",
        "enum": ["deny", "allow", "require"],
        "description": "Defines whether organizations can be used with client credentials exchanges for this"
        " grant.",
    },
    "allow_any_organization": {
        "type": "boolean",
        "description": "If enabled, any organization can be used with this grant. If disabled (default), the"
        " grant must be explicitly assigned to the desired organizations.",
    },
    "is_system": {
        "type": "boolean",
        "description": "If enabled, this grant is a special grant created by Auth0. It cannot be modified or"
        " deleted directly.",
    },
    "subject_type": {
        "type": "string",
        "enum": ["client", "user", "anonymous_user"],
        "description": "The type of application access the client grant allows.",
    },
    "authorization_details_types": {
        "type": "array",
        "description": "Types of authorization_details allowed for this client grant.",
        "items": {"type": "string", "minLength": 1, "maxLength": 255},
    },
    "default_for": {
        "type": "string",
        "enum": ["third_party_clients"],
        "description": "Applies this client grant as the default for all clients in the specified group.",
    },
    "allow_all_scopes": {
        "type": "boolean",
        "description": "If enabled, all scopes configured on the resource server are allowed for this grant.",
    },
}
"""In the order of the wire (recorded)."""

IMMUTABLE = ("client_id", "audience", "subject_type", "default_for")

CREATE = record(without(PROPERTIES, "id", "is_system"), required=("audience",))
UPDATE = record(
    without(PROPERTIES, "id", "is_system", *IMMUTABLE)
    | {
        "organization_usage": PROPERTIES["organization_usage"]
        | {"type": ["string", "null"], "enum": ["deny", "allow", "require", None]}
    }
)
RESPONSE = record(PROPERTIES)
