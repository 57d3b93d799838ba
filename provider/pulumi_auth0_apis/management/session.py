"""One conversation with one tenant: what the resources call, in the API's own words.

Nothing here is imported from httpx before the first call, so a program that only declares resources does not
pay for it.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pulumi_auth0_apis.errors import NotFoundError
from pulumi_auth0_apis.management.settings import ConnectionSettings

if TYPE_CHECKING:
    from pulumi_auth0_apis.management.client import ManagementClient

Object = dict[str, Any]


class Session:
    """Everything that one process shares about one tenant. Safe to use from any thread.

    Every method raises a ManagementError where the API refuses, a ConnectionFailedError where it does not
    answer, and a ConfigurationError where the credentials are of no use.
    """

    def __init__(self, settings: ConnectionSettings) -> None:
        self._settings = settings
        self.resource_servers = ResourceServers(self)
        self.scopes = Scopes(self.resource_servers)
        self.client_grants = ClientGrants(self)
        self.clients = Clients(self)

    @property
    def domain(self) -> str:
        """The tenant's domain, as it is recorded in the outputs of every resource."""
        return self._settings.domain

    @functools.cached_property
    def client(self) -> ManagementClient:
        from pulumi_auth0_apis.management.client import ManagementClient

        return ManagementClient(self._settings)


class ResourceServers:
    """APIs: `/api/v2/resource-servers`. Each can be named by its id or by its identifier."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, id_or_identifier: str) -> Object:
        """The API. Raises NotFoundError."""
        path = _path("resource-servers", id_or_identifier)
        answer: Object = self._session.client.request("GET", path, f'read the API "{id_or_identifier}"')
        return answer

    def find(self, identifier: str) -> Object | None:
        """The API, or None where the tenant has none of that identifier."""
        try:
            return self.get(identifier)
        except NotFoundError:
            return None

    def create(self, body: Object) -> Object:
        doing = f'create the API "{body["identifier"]}"'
        answer: Object = self._session.client.request("POST", "resource-servers", doing, json=body)
        return answer

    def update(self, id_or_identifier: str, changes: Object) -> Object:
        """Send `changes` alone, where None clears, and return the whole API as it is now."""
        path = _path("resource-servers", id_or_identifier)
        doing = f'update the API "{id_or_identifier}"'
        answer: Object = self._session.client.request("PATCH", path, doing, json=changes)
        return answer

    def delete(self, id_or_identifier: str) -> None:
        """Remove the API; one that is gone already is removed."""
        path = _path("resource-servers", id_or_identifier)
        self._session.client.request("DELETE", path, f'delete the API "{id_or_identifier}"')


class Scopes:
    """The permissions of an API. The API keeps them as one list, which is replaced whole."""

    def __init__(self, resource_servers: ResourceServers) -> None:
        self._resource_servers = resource_servers
        self._lock = threading.Lock()

    def read(self, identifier: str) -> list[Object]:
        """The scopes of an API: `[{"value": …, "description": …}]`. Raises NotFoundError for the API."""
        return list(self._resource_servers.get(identifier).get("scopes", ()))

    def write(self, identifier: str, value: str, description: str | None) -> Object:
        """Add the scope, or change its description; None leaves it without one. Returns it as it is kept."""
        scope = {"value": value} | ({} if description is None else {"description": description})
        with self._lock:
            others = [kept for kept in self.read(identifier) if kept["value"] != value]
            self._resource_servers.update(identifier, {"scopes": [*others, scope]})
        return scope

    def delete(self, identifier: str, value: str) -> None:
        """Remove the scope; one that is gone already, or whose API is, is removed."""
        with self._lock:
            try:
                kept = self.read(identifier)
            except NotFoundError:
                return
            others = [scope for scope in kept if scope["value"] != value]
            if others != kept:
                self._resource_servers.update(identifier, {"scopes": others})


class ClientGrants:
    """What applications may do with APIs: `/api/v2/client-grants`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, id_: str) -> Object:
        """The grant. Raises NotFoundError."""
        answer: Object = self._session.client.request(
            "GET", _path("client-grants", id_), f'read the client grant "{id_}"'
        )
        return answer

    def find(
        self,
        *,
        audience: str,
        client_id: str | None = None,
        default_for: str | None = None,
        subject_type: str = "client",
    ) -> Object | None:
        """The grant of that key, or None. A grant from before subject types were told apart is a client's."""
        for grant in self.list(audience=audience, client_id=client_id):
            key = (grant.get("client_id"), grant.get("default_for"), grant.get("subject_type", "client"))
            if key == (client_id, default_for, subject_type):
                return grant
        return None

    def list(self, *, audience: str | None = None, client_id: str | None = None) -> list[Object]:
        """Every grant, or those of one API, of one application, or both."""
        filters = {"audience": audience, "client_id": client_id}
        params = {name: value for name, value in filters.items() if value is not None}
        return [*self._session_items("client-grants", "client_grants", "list client grants", params)]

    def _session_items(self, path: str, key: str, doing: str, params: Mapping[str, str]) -> Iterator[Object]:
        for page in self._session.client.pages(path, key, doing, params):
            yield from page[key]

    def create(self, body: Object) -> Object:
        who = body.get("client_id") or body.get("default_for")
        doing = f'create the client grant of "{who}" for "{body["audience"]}"'
        answer: Object = self._session.client.request("POST", "client-grants", doing, json=body)
        return answer

    def update(self, id_: str, changes: Object) -> Object:
        """Send `changes` alone and return the whole grant as it is now."""
        answer: Object = self._session.client.request(
            "PATCH", _path("client-grants", id_), f'update the client grant "{id_}"', json=changes
        )
        return answer

    def delete(self, id_: str) -> None:
        """Remove the grant; one that is gone already is removed."""
        self._session.client.request(
            "DELETE", _path("client-grants", id_), f'delete the client grant "{id_}"'
        )


class Clients:
    """Applications: `/api/v2/clients`, read only."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, client_id: str) -> Object:
        """The application, without its secret. Raises NotFoundError."""
        answer: Object = self._session.client.request(
            "GET",
            _path("clients", client_id),
            f'read the application "{client_id}"',
            params=_WITHOUT_SECRETS,
        )
        return answer

    def list(self) -> list[Object]:
        """Every application, without its secrets."""
        pages = self._session.client.pages("clients", "clients", "list applications", _WITHOUT_SECRETS)
        return [client for page in pages for client in page["clients"]]


_WITHOUT_SECRETS: dict[str, str | bool] = {
    "fields": "client_secret,signing_keys,encryption_key",
    "include_fields": False,
}

_sessions: dict[ConnectionSettings, Session] = {}
_lock = threading.Lock()


def session_for(config: Mapping[str, str]) -> Session:
    """The session for `config` (full keys such as `auth0:domain`) and the environment, one per process.

    Raises a ConfigurationError where the settings are incomplete; makes no call.
    """
    settings = ConnectionSettings.resolve(config)
    with _lock:
        if settings not in _sessions:
            _sessions[settings] = Session(settings)
        return _sessions[settings]


def _path(collection: str, name: str) -> str:
    """An identifier is a URL more often than not: all of it is one segment of the path."""
    return f"{collection}/{quote(name, safe='')}"
