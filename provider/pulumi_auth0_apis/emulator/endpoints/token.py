"""`POST /oauth/token`: client credentials, by secret or by signed assertion."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote_plus

from starlette.requests import Request
from starlette.responses import Response

from pulumi_auth0_apis.emulator import tokens
from pulumi_auth0_apis.emulator.endpoints import client_assertion
from pulumi_auth0_apis.emulator.errors import OAuthError
from pulumi_auth0_apis.emulator.faults import Fault
from pulumi_auth0_apis.emulator.models.emulated_tenant import EmulatedTenant
from pulumi_auth0_apis.emulator.wire import json_response, parse_json

PATH = "/oauth/token"

_GRANT_REFERENCE = "https://auth0.com/docs/api/management/v2/client-grants/post-client-grants"

TokenForm = Mapping[str, str]
Entity = dict[str, Any]


async def answer(tenant: EmulatedTenant, request: Request, fault: Fault | None) -> Response:
    """`POST /oauth/token`, form-encoded or JSON."""
    form = _form(await request.body(), request.headers.get("content-type", ""))
    form = _basic_credentials(request.headers.get("authorization", "")) | form
    skew = fault.seconds if fault is not None and fault.kind == "skew" else 0.0
    return json_response(issue_token(tenant, form, skew), headers={"cache-control": "no-store"})


def _basic_credentials(header: str) -> dict[str, str]:
    """Client id and secret of `client_secret_basic` (RFC 6749 section 2.3.1)."""
    scheme, _, text = header.partition(" ")
    if scheme.lower() != "basic":
        return {}
    try:
        client_id, _, secret = b64decode(text, validate=True).decode().partition(":")
    except ValueError:
        return {}
    return {"client_id": unquote_plus(client_id), "client_secret": unquote_plus(secret)}


def _form(raw: bytes, content_type: str) -> dict[str, str]:
    if "json" not in content_type:
        return dict(parse_qsl(raw.decode(errors="replace")))
    form = parse_json(raw, OAuthError(400, "invalid_request", "The body is not JSON"))
    if not isinstance(form, dict) or not all(isinstance(value, str) for value in form.values()):
        raise OAuthError(400, "invalid_request", "The body is not an object of strings")
    return form


def issue_token(tenant: EmulatedTenant, form: TokenForm, skew: float = 0.0) -> dict[str, Any]:
    """The token endpoint's answer; OAuthError for each way in which it refuses.

    `skew` dates the token this many seconds off.
    """
    _check_grant_type(form)
    client = _authenticate(tenant, form)
    if "client_credentials" not in client["grant_types"]:
        raise OAuthError(
            403, "unauthorized_client", "Grant type 'client_credentials' not allowed for the client."
        )
    api = _requested_api(tenant, form)
    grant = _grant(tenant, client, api)
    scopes = _granted_scopes(grant, api, form.get("scope", "").split())
    organization = _organization(tenant, grant, form.get("organization"))
    token = tokens.issue(tenant, client["client_id"], api, scopes, organization_id=organization, skew=skew)
    answer = {"access_token": token}
    if scopes:
        answer["scope"] = " ".join(scopes)
    return answer | {"expires_in": api["token_lifetime"], "token_type": "Bearer"}


def _check_grant_type(form: TokenForm) -> None:
    if not form.get("grant_type"):
        raise OAuthError(400, "invalid_request", "Missing required parameter: grant_type")
    if form["grant_type"] != "client_credentials":
        raise OAuthError(
            501, "unsupported_grant_type", f"The sandbox does not model grant type {form['grant_type']}"
        )


def _authenticate(tenant: EmulatedTenant, form: TokenForm) -> Entity:
    if "client_assertion" in form:
        return client_assertion.authenticate(tenant, form)
    client = tenant.clients.find(form.get("client_id", ""))
    if client is None or client["client_secret"] != form.get("client_secret"):
        # The body's length is recorded: 60 bytes are this one's.
        raise OAuthError(401, "access_denied", "Unauthorized")
    return client


def _requested_api(tenant: EmulatedTenant, form: TokenForm) -> Entity:
    audience = form.get("audience")
    if not audience:
        # Auth0 falls back on the tenant's default audience, which the sandbox has not.
        raise OAuthError(
            403,
            "access_denied",
            "No audience parameter was provided, and no default audience has been configured",
        )
    api = tenant.resource_servers.find(audience)
    if api is None:
        raise OAuthError(403, "access_denied", f"Service not found: {audience}")
    return api


def _grant(tenant: EmulatedTenant, client: Entity, api: Entity) -> Entity:
    """The application's grant on the API, where the API lets applications in at all."""
    grant = tenant.client_grants.find(client["client_id"], api["identifier"])
    policy = api["subject_type_authorization"].get("client", {}).get("policy", "require_client_grant")
    if grant is None or policy == "deny_all":
        raise OAuthError(
            403,
            "access_denied",
            f'Client is not authorized to access "{api["identifier"]}". You need to create a "client-grant"'
            f" associated to this API. See: {_GRANT_REFERENCE}",
        )
    return grant


def _granted_scopes(grant: Entity, api: Entity, requested: list[str]) -> list[str]:
    """The scopes of the token: those asked for, or all that the grant holds."""
    declared = [scope["value"] for scope in api.get("scopes", ())]
    granted: list[str] = declared if grant.get("allow_all_scopes") else grant.get("scope", [])
    refused = [scope for scope in requested if scope not in granted]
    if refused:
        raise OAuthError(403, "access_denied", f"Client has not been granted scopes: {', '.join(refused)}")
    return requested or granted


def _organization(tenant: EmulatedTenant, grant: Entity, name: str | None) -> str | None:
    """The id of the organization for which the token is, where the grant says that it may or must be for one.

    https://auth0.com/docs/manage-users/organizations/organizations-for-m2m-applications has the rules.
    A missing one is refused in the words of /authorize, as users report them; the other words are ours, for
    want of a public source.
    """
    usage = grant.get("organization_usage", "deny")
    if not name:
        if usage == "require":
            raise OAuthError(400, "invalid_request", "parameter organization is required for this client")
        return None
    organization = tenant.organizations.find(name)
    if usage == "deny" or organization is None or not _may_act_for(tenant, grant, organization):
        raise OAuthError(403, "access_denied", f"Client is not authorized to access the organization {name}")
    return str(organization["id"])


def _may_act_for(tenant: EmulatedTenant, grant: Entity, organization: Entity) -> bool:
    return bool(grant.get("allow_any_organization")) or grant in tenant.organizations.grants(
        organization["id"]
    )
