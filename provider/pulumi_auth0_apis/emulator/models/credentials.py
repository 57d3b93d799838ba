"""The public keys with which applications sign assertions (private_key_jwt)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from joserfc.jwk import RSAKey

from pulumi_auth0_apis.emulator import errors, identifiers
from pulumi_auth0_apis.emulator.models import encryption_key
from pulumi_auth0_apis.emulator.models.store import Table
from pulumi_auth0_apis.emulator.models.tenant_base import TenantBase

Credential = dict[str, Any]

_SHOWN = ("id", "name", "kid", "credential_type", "alg", "created_at", "updated_at", "expires_at")


class Credentials:
    """The credentials of all applications. Their PEMs are never read back (recorded)."""

    def __init__(self, tenant: TenantBase) -> None:
        self._tenant = tenant
        self._by_id: Table[Credential] = tenant.store.table("credential")
        self._used: dict[str, float] = {}

    def list(self, client_id: str) -> list[Credential]:
        """The credentials of one application, oldest first."""
        return [_shown(kept) for kept in self._by_id.values() if kept["client_id"] == client_id]

    def get(self, client_id: str, id_: str) -> Credential:
        """One credential of an application; 404 when either is not there."""
        return _shown(self._get(client_id, id_))

    def create(self, client_id: str, body: dict[str, Any]) -> Credential:
        """Keep a key of an application."""
        return self.register(client_id, [body])[0]

    def register(self, client_id: str, bodies: Sequence[dict[str, Any]]) -> Sequence[Credential]:
        """Keep new keys, and look up those named by id; none is kept where one is refused (400, 404)."""
        credentials = [
            self._new(client_id, body) if "pem" in body else self._get(client_id, body["id"])
            for body in bodies
        ]
        for credential in credentials:
            self._by_id[credential["id"]] = credential
        return [_shown(credential) for credential in credentials]

    def update(self, client_id: str, id_: str, changes: dict[str, Any]) -> Credential:
        """Change when a credential expires, the one thing that may change."""
        kept = self._get(client_id, id_) | changes | {"updated_at": self._tenant.now}
        self._by_id[id_] = kept
        return _shown(kept)

    def delete(self, client_id: str, id_: str) -> None:
        """Remove a credential; 404 when it is not there."""
        self._get(client_id, id_)
        del self._by_id[id_]

    def forget_client(self, client_id: str) -> None:
        """Remove the keys of an application that is gone."""
        for id_ in [id_ for id_, kept in self._by_id.items() if kept["client_id"] == client_id]:
            del self._by_id[id_]

    def key(self, id_: str) -> RSAKey | None:
        """The public key of a credential, None when it was deleted or has expired."""
        kept = self._by_id.get(id_)
        if kept is None or self._has_expired(kept):
            return None
        return encryption_key.load(kept["pem"])

    def use(self, jti: str, until: float) -> bool:
        """Note that the assertion of this `jti`, good `until` then, is used; whether it was not before."""
        now = self._tenant.clock()
        self._used = {each: end for each, end in self._used.items() if end > now}
        is_new = jti not in self._used
        self._used[jti] = until
        return is_new

    def _has_expired(self, kept: Credential) -> bool:
        if not (expires_at := kept.get("expires_at")):
            return False
        return datetime.fromisoformat(expires_at).timestamp() <= self._tenant.clock()

    def _new(self, client_id: str, body: dict[str, Any]) -> Credential:
        """A credential; its kid is the RFC 7638 thumbprint unless the body gives one. 400 for no RSA key."""
        now = self._tenant.now
        return {
            "id": identifiers.credential_id(),
            "kid": encryption_key.load(body["pem"]).thumbprint(),
            "alg": "RS256",
            **body,
            "client_id": client_id,
            "created_at": now,
            "updated_at": now,
        }

    def _get(self, client_id: str, id_: str) -> Credential:
        kept = self._by_id.get(id_)
        if kept is None or kept["client_id"] != client_id:
            raise errors.inexistent_credential()
        return kept


def _shown(kept: Credential) -> Credential:
    return {name: kept[name] for name in _SHOWN if name in kept}
