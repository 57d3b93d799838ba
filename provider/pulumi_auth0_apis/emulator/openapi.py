"""The OpenAPI document of what the sandbox models, from the schemas that validation uses."""

from __future__ import annotations

import re
from typing import Any

from pulumi_auth0_apis.emulator.models.emulated_tenant import EmulatedTenant
from pulumi_auth0_apis.emulator.operations import HttpOperation
from pulumi_auth0_apis.emulator.routes import operations_of
from pulumi_auth0_apis.emulator.schemas import Schema, record

_ERROR = record(
    {
        "statusCode": {"type": "integer"},
        "error": {"type": "string"},
        "message": {"type": "string"},
        "errorCode": {"type": "string"},
        "attributes": record({"error": {"type": "string"}}),
    },
    required=("statusCode", "error", "message"),
)
_REFUSALS = {
    "400": "Invalid request body, path or query string.",
    "401": "Invalid token.",
    "403": "Insufficient scope, or an entity limit.",
    "404": "Not found.",
    "409": "Conflict.",
    "429": "Too many requests; see the X-RateLimit-Limit, -Remaining and -Reset headers.",
}


def document(tenant: EmulatedTenant) -> dict[str, Any]:
    """The document, with the tenant as its server."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations_of(tenant):
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Auth0 Management API, as the sandbox models it", "version": "2"},
        "servers": [{"url": tenant.domain}],
        "security": [{"bearer": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
            "schemas": {"Error": _ERROR},
        },
    }


def _operation(operation: HttpOperation) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": operation.route.replace("/api/v2/", "").replace(" ", "-"),
        "summary": operation.summary,
        "description": "Scopes: " + ", ".join(operation.scopes),
        "parameters": _path_parameters(operation) + _query_parameters(operation),
        "responses": _responses(operation),
    }
    if operation.body is not None:
        described["requestBody"] = {"required": True, "content": _json(operation.body)}
    return described


def _path_parameters(operation: HttpOperation) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
        for name in re.findall(r"{(\w+)}", operation.path)
    ]


def _query_parameters(operation: HttpOperation) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "query", "description": schema.get("description", ""), "schema": schema}
        for name, schema in operation.query["properties"].items()
    ]


def _responses(operation: HttpOperation) -> dict[str, Any]:
    success: dict[str, Any] = {"description": "Success."}
    if operation.answer is not None:
        success["content"] = _json(_answer(operation.answer, operation.items))
    refused = {"content": _json({"$ref": "#/components/schemas/Error"})}
    refusals = {status: {"description": text} | refused for status, text in _REFUSALS.items()}
    return {str(operation.status): success} | refusals


def _answer(item: Schema, items: str | None) -> Schema:
    """One item, or one page of them in any of the forms of `paging`."""
    if items is None:
        return item
    page = {"type": "array", "items": item}
    number: Schema = {"type": "integer"}
    totals = {"total": number, "start": number, "limit": number}
    envelope: dict[str, Schema] = {**totals, items: page, "next": {"type": "string"}}
    return {"anyOf": [page, record(envelope, required=(items,))]}


def _json(schema: Schema) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}
