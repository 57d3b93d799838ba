"""`POST /anonymous/token`: an anonymous session, and access tokens for it.

Request and answer: https://auth0.com/docs/manage-users/sessions/anonymous-sessions/configure-anonymous-sessions.
Its codes of errors are those that Auth0's JavaScript clients list (AnonymousSessionErrorCode); their statuses
and sentences are not public. Not modelled are the cookie, `/anonymous/logout` and the tenant's settings.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from pulumi_auth0_apis.emulator import tokens
from pulumi_auth0_apis.emulator.errors import OAuthError
from pulumi_auth0_apis.emulator.faults import Fault
from pulumi_auth0_apis.emulator.models.emulated_tenant import EmulatedTenant
from pulumi_auth0_apis.emulator.wire import json_response, parse_json

PATH = "/anonymous/token"
SUBJECT = "anonymous_user"

Entity = dict[str, Any]


async def answer(tenant: EmulatedTenant, request: Request, fault: Fault | None) -> Response:
    """`POST /anonymous/token`, as JSON."""
    body = parse_json(await request.body(), OAuthError(400, "invalid_request", "The body is not JSON"))
    texts = ("client_id", "audience", "scope", "session_token")
    if not isinstance(body, dict) or not all(isinstance(body.get(name, ""), str) for name in texts):
        raise OAuthError(400, "invalid_request", "The body is not an object of texts and metadata")
    skew = fault.seconds if fault is not None and fault.kind == "skew" else 0.0
    return json_response(issue_token(tenant, body, skew), headers={"cache-control": "no-store"})


def issue_token(tenant: EmulatedTenant, body: Mapping[str, Any], skew: float = 0.0) -> dict[str, Any]:
    """The endpoint's answer; OAuthError for each way in which it refuses. `skew` as for `/oauth/token`."""
    client_id = _client(tenant, body)["client_id"]
    api = _api(tenant, body)
    scopes = _scopes(tenant, client_id, api, body.get("scope", "").split())
    session_token = body.get("session_token") or tenant.anonymous_sessions.create(
        client_id, body.get("metadata", {})
    )
    session = tenant.anonymous_sessions.get(client_id, session_token)
    return {
        "session_token": session_token,
        "access_token": tokens.issue_anonymous(tenant, api, scopes, session, skew=skew),
        "token_type": "Bearer",
        "expires_in": tokens.anonymous_lifetime(api),
    }


def _client(tenant: EmulatedTenant, body: Mapping[str, Any]) -> Entity:
    client = tenant.clients.find(body.get("client_id", ""))
    if client is None:
        raise OAuthError(401, "invalid_client", "Client authentication failed")
    if not client.get("anonymous_sessions", {}).get("active"):
        raise OAuthError(403, "unauthorized_client", "The client is not enabled for anonymous sessions")
    return client


def _api(tenant: EmulatedTenant, body: Mapping[str, Any]) -> Entity:
    """The API asked for. Auth0 falls back on the tenant's default audience, which the sandbox has not."""
    audience = body.get("audience")
    if not audience:
        raise OAuthError(400, "invalid_request", "Missing required parameter: audience")
    api = tenant.resource_servers.find(audience)
    access = {} if api is None else api["subject_type_authorization"].get(SUBJECT, {})
    if api is None or access.get("policy") != "require_client_grant":
        raise OAuthError(400, "invalid_target", f"Service not enabled for anonymous access: {audience}")
    return api


def _scopes(tenant: EmulatedTenant, client_id: str, api: Entity, requested: list[str]) -> list[str]:
    """The scopes of the token: those asked for, or all that the grant holds."""
    grant = tenant.client_grants.find(client_id, api["identifier"], SUBJECT)
    if grant is None:
        raise OAuthError(403, "access_denied", f"Client is not authorized to access {api['identifier']}")
    declared = [scope["value"] for scope in api.get("scopes", ())]
    granted: list[str] = declared if grant.get("allow_all_scopes") else grant.get("scope", [])
    if refused := [scope for scope in requested if scope not in granted]:
        raise OAuthError(400, "invalid_scope", f"Not granted to anonymous callers: {', '.join(refused)}")
    return requested or granted
