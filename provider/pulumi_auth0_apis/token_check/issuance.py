"""Getting a token as a machine-to-machine application would."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import httpx

from pulumi_auth0_apis.errors import ConfigurationError, CredentialsError, ForbiddenError, NotFoundError
from pulumi_auth0_apis.management.documents import Object
from pulumi_auth0_apis.management.failures import connection_failed
from pulumi_auth0_apis.management.session import Session
from pulumi_auth0_apis.management.settings import ConnectionSettings

SECRET_VARIABLE = "AUTH0_TEST_CLIENT_SECRET"  # noqa: S105 # the name of a variable
SECONDS = 30


@dataclass(frozen=True, slots=True)
class Issued:
    """A token, and everything that says what it should be."""

    issuer: str
    api: Object
    grant: Object
    client_id: str
    token: str = field(repr=False)
    expires_in: int
    keys: Object
    """The tenant's JSON Web Key Set."""
    organization: str | None = None
    """The id or name of the organization that it was asked for."""


def obtain(
    settings: ConnectionSettings,
    session: Session,
    identifier: str,
    client_id: str | None = None,
    secret: str | None = None,
    organization: str | None = None,
) -> Issued:
    """Get a token for the API `identifier` as the application `client_id`, for an `organization` if given.

    Without `client_id` the one application that is granted the API is taken; without `secret` it is read from
    the tenant, which takes the scope read:client_keys. Raises NotFoundError, ConfigurationError,
    CredentialsError (Auth0 gives no token), ManagementError or ConnectionFailedError.
    """
    api = _api(session, identifier)
    grant = _choose_grant(session, api["identifier"], client_id)
    holder = grant["client_id"]
    secret = secret or _own_secret(settings, holder) or _read_secret(session, holder)
    with httpx.Client(base_url=settings.base_url, timeout=SECONDS) as http:
        answer = _ask(http, api["identifier"], holder, secret, organization)
        keys = _keys(http)
    token, expires_in = answer["access_token"], answer["expires_in"]
    return Issued(f"{settings.base_url}/", api, grant, holder, token, expires_in, keys, organization)


def _api(session: Session, identifier: str) -> Object:
    try:
        return session.resource_servers.get(identifier)
    except NotFoundError as error:
        raise error.restated(
            f"The tenant has no API of the identifier {identifier}.",
            "Identifiers are compared to the letter, a slash at the end included. `pulumi up` makes what the "
            "program declares.",
        ) from None


def _choose_grant(session: Session, audience: str, client_id: str | None) -> Object:
    grants = [
        grant
        for grant in session.client_grants.list(audience=audience, client_id=client_id)
        if "client_id" in grant and grant.get("subject_type", "client") == "client"
    ]
    if len(grants) == 1:
        return grants[0]
    if not grants:
        who = f"The application {client_id}" if client_id else "No application"
        verb = "has no client grant" if client_id else "has a client grant"
        raise ConfigurationError(
            f"{who} {verb} for the API {audience}, so Auth0 issues no token.", "Declare a ClientGrant for it."
        )
    holders = ", ".join(sorted(grant["client_id"] for grant in grants))
    raise ConfigurationError(f"Several applications may call {audience}: choose --client-id among {holders}.")


def _own_secret(settings: ConnectionSettings, client_id: str) -> str | None:
    return settings.client_secret if client_id == settings.client_id else None


def _read_secret(session: Session, client_id: str) -> str:
    doing = f'read the secret of the application "{client_id}"'
    fields: dict[str, str | bool] = {"fields": "client_secret", "include_fields": True}
    try:
        answer = session.client.request("GET", f"clients/{client_id}", doing, params=fields)
    except ForbiddenError as error:
        raise CredentialsError(
            f"The credentials may not read the secret of the application {client_id}: set {SECRET_VARIABLE},"
            " or grant them read:client_keys."
        ) from error
    secret = answer.get("client_secret")
    if not secret:
        raise CredentialsError(
            f"The tenant does not show the secret of the application {client_id}: set {SECRET_VARIABLE}."
        )
    return str(secret)


def _ask(http: httpx.Client, audience: str, client_id: str, secret: str, organization: str | None) -> Object:
    form = {
        "grant_type": "client_credentials",
        "client_id": client_id,
        "client_secret": secret,
        "audience": audience,
    } | ({"organization": organization} if organization else {})
    answer = _send(http, "POST", "/oauth/token", f"get a token for {audience}", data=form)
    body: Object = answer.json() if "json" in answer.headers.get("content-type", "") else {}
    if answer.status_code != 200:
        reason = body.get("error_description") or f"status {answer.status_code}"
        raise CredentialsError(f"Auth0 gives the application {client_id} no token for {audience}: {reason}.")
    return body


def _keys(http: httpx.Client) -> Object:
    answer = _send(http, "GET", "/.well-known/jwks.json", "read the tenant's public keys")
    keys: Object = answer.raise_for_status().json()
    return keys


def _send(http: httpx.Client, method: str, path: str, doing: str, **options: Any) -> httpx.Response:
    try:
        return http.request(method, path, **options)
    except httpx.RequestError as error:
        raise connection_failed(error, doing) from error
