"""Query parameters of lists and reads."""

from __future__ import annotations

from pulumi_auth0_apis.emulator.schemas import Schema, pick, record
from pulumi_auth0_apis.emulator.schemas import client_grant as grants

PAGE: dict[str, Schema] = {
    "page": {
        "type": "integer",
        "minimum": 0,
        "description": "Page index of the results to return. First page is 0.",
    },
    "per_page": {
        "type": "integer",
        "minimum": 0,
        "maximum": 100,
        "description": "Number of results per page.",
    },
    "include_totals": {
        "type": "boolean",
        "description": "Return results inside an object that contains the total result count (true) or as a"
        " direct array of results (false, default).",
    },
}

CHECKPOINT: dict[str, Schema] = {
    "from": {"type": "string", "description": "Optional Id from which to start selection."},
    "take": {
        "type": "integer",
        "minimum": 1,
        "maximum": 100,
        "description": "Number of results per page. Defaults to 50.",
    },
}

FIELDS: dict[str, Schema] = {
    "fields": {
        "type": "string",
        "description": "Comma-separated list of fields to include or exclude (based on value provided for"
        " include_fields) in the result. Leave empty to retrieve all fields.",
    },
    "include_fields": {
        "type": "boolean",
        "description": "Whether specified fields are to be included (true) or excluded (false).",
    },
}

_IDENTIFIERS: Schema = {
    "type": "array",
    "maxItems": 10,
    "items": {"type": "string"},
    "description": "An optional filter on the resource server identifier. Must be URL encoded and may be"
    " specified multiple times (max 10).",
}

NONE = record({})
ONE_RESOURCE_SERVER = record(FIELDS)
RESOURCE_SERVERS = record({"identifiers": _IDENTIFIERS} | PAGE | FIELDS)
CLIENT_GRANTS = record(
    PAGE
    | CHECKPOINT
    | pick(
        grants.PROPERTIES, "audience", "client_id", "allow_any_organization", "subject_type", "default_for"
    )
)
CLIENTS = record(
    FIELDS
    | PAGE
    | CHECKPOINT
    | {
        "is_global": {"type": "boolean", "description": "Optional filter on the global client parameter."},
        "is_first_party": {
            "type": "boolean",
            "description": "Optional filter on whether or not a client is a first-party client.",
        },
        "app_type": {
            "type": "string",
            "description": "Optional filter by a comma-separated list of application types.",
        },
    }
)
ONE_CLIENT = record(FIELDS)
CLIENT_CONNECTIONS = record(
    {
        "strategy": {
            "type": "array",
            "items": {"type": "string"},
            "description": "Provide strategies to filter.",
        }
    }
    | CHECKPOINT
    | FIELDS
)
ORGANIZATION_GRANTS = record(
    PAGE
    | CHECKPOINT
    | pick(grants.PROPERTIES, "audience", "client_id")
    | {"grant_ids": {"type": "array", "items": {"type": "string"}, "description": "Optional filter on ids."}}
)
PAGED = record(PAGE | CHECKPOINT)


def search(*sort: str) -> Schema:
    """The parameters of a search whose results may be sorted by these fields."""
    return record(
        FIELDS
        | CHECKPOINT
        | {
            "q": {
                "type": "string",
                "description": "Filter expression in SCIM or Lucene syntax (depending on parser parameter).",
            },
            "parser": {
                "type": "string",
                "enum": ["scim", "lucene"],
                "description": "Query parser to use for the filter expression.",
            },
            "sort": {
                "type": "string",
                "enum": list(sort),
                "description": "Field name to sort results by in ascending order only.",
            },
        }
    )
