"""Anonymous sessions: who a session token stands for, and what the application noted of them.

https://auth0.com/docs/manage-users/sessions/anonymous-sessions, and the types of Auth0's JavaScript clients:
the subject is `anon@` and a UUID; metadata of 1 KB at most is set when the session is made, and never after;
its token is made once.
"""

from __future__ import annotations

import json
import secrets
import uuid
from collections.abc import Mapping
from typing import Any

from pulumi_auth0_apis.emulator.errors import OAuthError
from pulumi_auth0_apis.emulator.models.store import Table
from pulumi_auth0_apis.emulator.models.tenant_base import TenantBase

AnonymousSession = dict[str, Any]

LIFETIME = 43_200 * 60
"""Seconds: 30 days, the default of the tenant's setting (auth0-python, TenantSettingsSessionsAnonymous)."""
MOST_METADATA = 1_024
"""Bytes of metadata as JSON."""


class AnonymousSessions:
    """The tenant's anonymous sessions, by their tokens."""

    def __init__(self, tenant: TenantBase) -> None:
        self._tenant = tenant
        self._by_token: Table[AnonymousSession] = tenant.store.table("anonymous_session")

    def create(self, client_id: str, metadata: Any) -> str:
        """Begin a session for an application; its token."""
        if not isinstance(metadata, dict) or len(json.dumps(metadata).encode()) > MOST_METADATA:
            raise OAuthError(
                400, "invalid_request", f"metadata is not an object of {MOST_METADATA} bytes at most"
            )
        now, token = int(self._tenant.clock()), secrets.token_urlsafe(48)
        self._by_token[token] = {
            "client_id": client_id,
            "user_id": f"anon@{uuid.uuid4()}",
            "session_id": f"sess_{secrets.token_hex(8)}",
            "created_at": now,
            "expires_at": now + LIFETIME,
            "metadata": metadata,
        }
        return token

    def get(self, client_id: str, token: str) -> AnonymousSession:
        """The session of a token that this application was given; OAuthError where there is none any more."""
        session = self._by_token.get(token)
        if session is None or session["client_id"] != client_id:
            raise OAuthError(400, "invalid_session_token", "The session token is malformed")
        if session["expires_at"] <= self._tenant.clock():
            raise OAuthError(400, "session_expired", "The session token has expired")
        return session


def claims_of(api: Mapping[str, Any], session: AnonymousSession) -> dict[str, Any]:
    """The claims that an API maps from a session; a path that leads nowhere gives none."""
    mapping = api.get("access_token", {}).get("claims_mapping", {})
    context = {"anonymous_session": {name: v for name, v in session.items() if name != "client_id"}}
    found = {rule["name"]: _at(context, rule["expression"]) for rule in mapping.get("custom_claims", ())}
    return {name: value for name, value in found.items() if value is not None}


def _at(value: Any, path: str) -> Any:
    for step in path.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return value
