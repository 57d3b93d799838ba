"""Clients (applications), as far as grants and tokens need them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from joserfc.jwk import RSAKey

from pulumi_auth0_apis.emulator import errors, identifiers
from pulumi_auth0_apis.emulator.models.credentials import Credentials
from pulumi_auth0_apis.emulator.models.resource_servers import ResourceServers
from pulumi_auth0_apis.emulator.models.store import Table
from pulumi_auth0_apis.emulator.models.tenant_base import TenantBase

Client = dict[str, Any]

_REFRESH_TOKEN = {
    "rotation_type": "non-rotating",
    "expiration_type": "non-expiring",
    "leeway": 0,
    "token_lifetime": 2_592_000,
    "infinite_token_lifetime": True,
    "infinite_idle_token_lifetime": True,
    "idle_token_lifetime": 1_296_000,
}
_DEFAULTS: dict[str, Any] = {
    "is_first_party": True,
    "is_token_endpoint_ip_header_trusted": False,
    "oidc_conformant": False,
    "jwt_configuration": {"secret_encoded": False, "lifetime_in_seconds": 36_000},
    "sso_disabled": False,
    "cross_origin_authentication": False,
    "grant_types": ["authorization_code", "implicit", "refresh_token", "client_credentials"],
    "custom_login_page_on": True,
    "refresh_token": _REFRESH_TOKEN,
}
_DEFAULT_GRANT_TYPES: dict[str, list[str]] = {
    "non_interactive": ["client_credentials"],
    "resource_server": [],
    "express_configuration": ["authorization_code", "client_credentials"],
}
"""Recorded, but for non_interactive, which Auth0 documents as machine to machine only."""


class Clients:
    """The tenant's applications, in order of creation."""

    def __init__(
        self, tenant: TenantBase, resource_servers: ResourceServers, credentials: Credentials
    ) -> None:
        self._tenant = tenant
        self._resource_servers = resource_servers
        self._credentials = credentials
        self._tell_made: list[Callable[[Client], None]] = []
        self._tell_gone: list[Callable[[str], None]] = []
        self._by_id: Table[Client] = tenant.store.table("client")

    def __iter__(self) -> Iterator[Client]:
        return iter(list(self._by_id.values()))

    def __len__(self) -> int:
        return len(self._by_id)

    def list(
        self,
        is_global: bool | None = None,
        is_first_party: bool | None = None,
        app_type: str | None = None,
    ) -> list[Client]:
        """The applications that match every filter given; `app_type` may name several, with commas."""
        types = None if app_type is None else app_type.split(",")
        return [
            client
            for client in self
            if (is_global is None or client["global"] == is_global)
            and (is_first_party is None or client["is_first_party"] == is_first_party)
            and (types is None or client.get("app_type") in types)
        ]

    def find(self, client_id: str) -> Client | None:
        """The application with this id, or None."""
        return self._by_id.get(client_id)

    def get(self, client_id: str) -> Client:
        """The application with this id; 404 when there is none."""
        client = self.find(client_id)
        if client is None:
            raise errors.inexistent_client()
        return client

    def create(self, body: dict[str, Any]) -> Client:
        """Keep a new application with its secret; some types bring a link or a grant of their own."""
        identifier = body.get("resource_server_identifier")
        if identifier is not None and self._resource_servers.find(identifier) is None:
            raise errors.unknown_audience(identifier)
        if len(self) >= self._tenant.plan.clients:
            raise errors.too_many_entities()
        client = self.add(body)
        if identifier is not None:
            self._resource_servers.link_client(identifier, client["client_id"])
        for tell in self._tell_made:
            tell(client)
        return client

    def add(self, settings: dict[str, Any]) -> Client:
        """Keep an application with these settings, the tenant's own included."""
        app_type = settings.get("app_type")
        client: Client = {"tenant": self._tenant.name, "global": False} | _DEFAULTS
        if app_type is not None:
            # An application with a type follows OIDC from the start (recorded).
            client |= {
                "oidc_conformant": True,
                "jwt_configuration": {"secret_encoded": False, "alg": "RS256"},
                "grant_types": _DEFAULT_GRANT_TYPES.get(app_type, _DEFAULTS["grant_types"]),
            }
        client |= {"client_id": identifiers.client_id(), "client_secret": identifiers.client_secret()}
        client |= {name: value for name, value in settings.items() if value is not None}
        self._register_credentials(client)
        return self._keep(client)

    def update(self, client_id: str, changes: dict[str, Any]) -> Client:
        """Merge the changes, one level deep; null removes a setting."""
        merged = self.get(client_id) | changes
        client = {name: value for name, value in merged.items() if value is not None}
        if "client_authentication_methods" in changes:
            self._register_credentials(client)
        return self._keep(client)

    def delete(self, client_id: str) -> None:
        """Remove an application and all that is its own; nothing to do when there is none (recorded)."""
        client = self._by_id.pop(client_id, None)
        if client is None:
            return
        self._tenant.updated_at.pop(client_id, None)
        for tell in self._tell_gone:
            tell(client_id)
        self._credentials.forget_client(client_id)
        if "resource_server_identifier" in client:
            self._resource_servers.link_client(client["resource_server_identifier"], None)

    def when_made(self, tell: Callable[[Client], None]) -> None:
        """Tell of every application that is made from now on."""
        self._tell_made.append(tell)

    def when_gone(self, tell: Callable[[str], None]) -> None:
        """Tell the client id of every application that is deleted from now on."""
        self._tell_gone.append(tell)

    def rotate_secret(self, client_id: str) -> Client:
        """Give the application a new secret; the old one is refused from now on."""
        return self.update(client_id, {"client_secret": identifiers.client_secret()})

    def assertion_keys(self, client: Client) -> Iterator[tuple[dict[str, Any], RSAKey]]:
        """The credentials with which the application may sign assertions today, each with its public key."""
        for each in _credentials(client):
            key = self._credentials.key(each["id"])
            if key is not None:
                yield each, key

    def _keep(self, client: Client) -> Client:
        self._by_id[client["client_id"]] = client
        self._tenant.updated_at[client["client_id"]] = self._tenant.now
        return client

    def _register_credentials(self, client: Client) -> None:
        """Keep new credentials apart, as the answer shows them, and look up those named by id."""
        credentials = self._credentials.register(client["client_id"], _credentials(client))
        if credentials:
            client["client_authentication_methods"] = {"private_key_jwt": {"credentials": credentials}}


def _credentials(client: Client) -> list[dict[str, Any]]:
    methods = client.get("client_authentication_methods") or {}
    credentials: list[dict[str, Any]] = methods.get("private_key_jwt", {}).get("credentials", [])
    return credentials
