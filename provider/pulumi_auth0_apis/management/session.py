"""One conversation with one tenant: what the resources call, in the API's own words.

Nothing here is imported from httpx before the first call, so a program that only declares resources does not
pay for it.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import quote

from pulumi_auth0_apis.errors import Auth0ApisError, NotFoundError, WrongTenantError
from pulumi_auth0_apis.management.documents import Object
from pulumi_auth0_apis.management.pacing import to_stderr
from pulumi_auth0_apis.management.reads import BulkReads, Page
from pulumi_auth0_apis.management.scope_batches import ScopeBatches
from pulumi_auth0_apis.management.scope_gathering import Gathering
from pulumi_auth0_apis.management.settings import ConnectionSettings, is_loopback

if TYPE_CHECKING:
    from pulumi_auth0_apis.management.client import ManagementClient


MOST_PAGES_FOR_AUDIENCES = 5
"""How many pages of all grants are read before each API's are asked for by themselves."""


class Session:
    """Everything that one process shares about one tenant. Safe to use from any thread.

    Every method raises a ManagementError where the API refuses or does not answer as documented, a
    ConnectionFailedError where it does not answer, and a ConfigurationError where the credentials are of no
    use.
    """

    def __init__(self, settings: ConnectionSettings, client: ManagementClient | None = None) -> None:
        self._settings = settings
        self._client = client
        self._lock = threading.Lock()
        self.resource_servers = ResourceServers(self)
        self.scopes = self.resource_servers.scopes
        self.client_grants = ClientGrants(self)
        self.clients = Clients(self)

    @property
    def domain(self) -> str:
        """The tenant's domain, as it is recorded in the outputs of every resource."""
        return self._settings.domain

    def refuse_other_tenant(self, subject: str, recorded: str | None) -> None:
        """Raise WrongTenantError where a resource is recorded as made in another tenant than this one."""
        if recorded not in (None, self.domain):
            raise WrongTenantError(
                subject,
                recorded=str(recorded),
                configured=self.domain,
                of_sandboxes=is_loopback(str(recorded)) and is_loopback(self.domain),
            )

    @property
    def client(self) -> ManagementClient:
        """The connection, made by the first call."""
        with self._lock:
            if self._client is None:
                from pulumi_auth0_apis.management.client import ManagementClient

                self._client = ManagementClient(self._settings)
            return self._client

    def close(self) -> None:
        """Close the connections. A process that ends anyway need not."""
        with self._lock:
            if self._client is not None:
                self._client.close()


class Collection:
    """What all collections have in common: a path, a name for people, and reads that go through pages."""

    path: ClassVar[str]
    key: ClassVar[str]
    noun: ClassVar[str]
    names: ClassVar[tuple[str, ...]] = ("id",)
    params: ClassVar[dict[str, str | bool]] = {}

    def __init__(self, session: Session) -> None:
        self._session = session
        self._reads = BulkReads(self._pages, self._one, self.names)

    def _one(self, name: str, *, once: bool = False) -> Object:
        doing = f'read the {self.noun} "{name}"'
        answer: Object = self._request("GET", name, doing, params=self.params, once=once)
        return answer

    def _pages(self, filters: Mapping[str, str]) -> Iterator[Page]:
        doing = f"list the {self.noun}s"
        return self._session.client.pages(self.path, self.key, doing, {**self.params, **filters})

    def _change(self, name: str, doing: str, changes: Object) -> Object:
        """Send `changes`. Where that leaves open what became of them the object is read once, to see them."""
        try:
            found: Object = self._request("PATCH", name, doing, json=changes)
        except Auth0ApisError as error:
            seen = self._seen(name) if error.ambiguous else None
            if seen is None or any(seen.get(key) != value for key, value in changes.items()):
                raise
            found = seen
        self._reads.keep(found)
        return found

    def _seen(self, name: str) -> Object | None:
        """The object by a single request; None where it does not succeed."""
        try:
            return self._one(name, once=True)
        except Auth0ApisError:
            return None

    def _remove(self, name: str, doing: str) -> None:
        """Delete the object; one that the API calls gone is deleted."""
        with contextlib.suppress(NotFoundError):
            self._request("DELETE", name, doing)
        self._reads.drop(name)

    def _request(self, method: str, name: str, doing: str, **options: Any) -> Any:
        """A request for one object. An identifier, often a URL, is one segment of the path.

        A write that is not a part of another one is a change of its own, before which it is looked what has
        become of earlier ones.
        """
        is_change = method != "GET" and "once" not in options
        path = f"{self.path}/{quote(name, safe='')}" if name else self.path
        with self._session.resource_servers.change() if is_change else contextlib.nullcontext():
            return self._session.client.request(method, path, doing, **options)


class ResourceServers(Collection):
    """APIs: `/api/v2/resource-servers`. Each can be named by its id or by its identifier."""

    path, key, noun = "resource-servers", "resource_servers", "API"
    names = ("id", "identifier")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._batches = ScopeBatches(
            self._read_scopes,
            self._write_scopes,
            turns=lambda: session.client.turns(2),
            look=self._lists,
            tell=to_stderr,
            gathering=Gathering(call_seconds=lambda: session.client.call_seconds),
        )
        self.scopes = Scopes(self, self._batches)

    def get(self, id_or_identifier: str) -> Object:
        """The API, which may have been read up to five minutes ago. Raises NotFoundError."""
        return self._reads.get(id_or_identifier)

    def find(self, identifier: str) -> Object | None:
        """The API as it is now, or None where the tenant has none of that identifier."""
        try:
            return self._reads.fresh(identifier)
        except NotFoundError:
            return None

    def create(self, body: Object) -> Object:
        """Make an API. Raises a ConflictError where the identifier is taken."""
        answer: Object = self._request("POST", "", f'create the API "{body["identifier"]}"', json=body)
        self._reads.keep(answer)
        self._batches.made(answer["identifier"], answer.get("scopes", []))
        return answer

    def update(self, id_or_identifier: str, changes: Object) -> Object:
        """Send `changes` alone, where None clears, and return the whole API as it is now."""
        found = self._change(id_or_identifier, f'update the API "{id_or_identifier}"', changes)
        if "scopes" in changes:
            self._batches.listed(found["identifier"], found.get("scopes", []))
        return found

    def change(self) -> contextlib.AbstractContextManager[None]:
        """Around a change: look before whether permissions that were written earlier are still there."""
        return self._batches.change()

    def delete(self, id_or_identifier: str) -> None:
        """Remove the API; one that is gone already is removed."""
        self._remove(id_or_identifier, f'delete the API "{id_or_identifier}"')

    def _read_scopes(self, identifier: str) -> list[Object]:
        answer = self._one(identifier, once=True)
        self._reads.keep(answer)
        return list(answer.get("scopes", ()))

    def _write_scopes(self, identifier: str, scopes: list[Object]) -> list[Object]:
        doing = f'change the permissions of the API "{identifier}"'
        answer: Object = self._request("PATCH", identifier, doing, json={"scopes": scopes}, once=True)
        self._reads.keep(answer)
        return list(answer.get("scopes", ()))

    def _lists(self, identifiers: AbstractSet[str]) -> Iterator[Mapping[str, list[Object]]]:
        """The permissions of these APIs, and of others, page by page; those of a single API by themselves."""
        if len(identifiers) == 1:
            (identifier,) = identifiers
            yield {identifier: self._read_scopes(identifier)}
        else:
            for page in self._pages({}):
                yield {api["identifier"]: api.get("scopes", []) for api in page.items}

    def list(self) -> list[Object]:
        """Every API, Auth0's own included; read up to five minutes ago."""
        return self._reads.where({})


class Scopes:
    """The permissions of an API. The API keeps them as one list, which is replaced whole."""

    def __init__(self, resource_servers: ResourceServers, batches: ScopeBatches) -> None:
        self._resource_servers = resource_servers
        self._batches = batches

    def read(self, identifier: str) -> list[Object]:
        """The scopes of an API: `[{"value": …, "description": …}]`. Raises NotFoundError for the API."""
        return list(self._resource_servers.get(identifier).get("scopes", ()))

    def write(self, identifier: str, value: str, description: str | None) -> Object:
        """Add the scope, or change its description; None leaves it without one. Returns it as it is kept."""
        scope = {"value": value} | ({} if description is None else {"description": description})
        return self._batches.apply(identifier, value, scope) or scope

    def delete(self, identifier: str, value: str) -> None:
        """Remove the scope; one that is gone already, or whose API is, is removed."""
        with contextlib.suppress(NotFoundError):
            self._batches.apply(identifier, value, None)


class ClientGrants(Collection):
    """What applications may do with APIs: `/api/v2/client-grants`."""

    path, key, noun = "client-grants", "client_grants", "client grant"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._asking = threading.Lock()
        self._audiences: set[str] = set()
        self._too_many = False

    def get(self, id_: str) -> Object:
        """The grant, which may have been read up to five minutes ago. Raises NotFoundError."""
        return self._reads.get(id_)

    def find(
        self,
        *,
        audience: str,
        client_id: str | None = None,
        default_for: str | None = None,
        subject_type: str = "client",
    ) -> Object | None:
        """The grant of that key as it is now, or None. One that names no subject type is a client's."""
        key = (audience, client_id, default_for, subject_type)
        for page in self._pages(_given(audience=audience, client_id=client_id)):
            for grant in page.items:
                holder = grant.get("client_id"), grant.get("default_for"), grant.get("subject_type", "client")
                if (grant["audience"], *holder) == key:
                    self._reads.keep(grant)
                    return grant
        return None

    def list(self, *, audience: str | None = None, client_id: str | None = None) -> list[Object]:
        """Every grant, or those of one API, of one application, or both; read up to five minutes ago."""
        return self._reads.where(_given(audience=audience, client_id=client_id))

    def of(self, audience: str) -> Sequence[Object]:
        """Every grant on an API, as of this run, without those that this process has deleted since.

        The first API costs a call. A run that asks for a second one may ask for many, so that reads all
        grants of the tenant, a hundred a call, unless these turn out to be too many: then each API is asked
        for by itself.
        """
        with self._asking:
            self._audiences.add(audience)
            if len(self._audiences) > 1 and not self._too_many:
                pages = self._session.client.checkpoints(self.path, self.key, f"list the {self.noun}s")
                self._too_many = not self._reads.read_all(pages, MOST_PAGES_FOR_AUDIENCES)
            return self._reads.where({"audience": audience}, narrow=True)

    def create(self, body: Object) -> Object:
        """Make a grant. Raises a ConflictError where there is one of the same key."""
        who = body.get("client_id") or body.get("default_for")
        doing = f'create the client grant of "{who}" for "{body["audience"]}"'
        answer: Object = self._request("POST", "", doing, json=body)
        self._reads.keep(answer)
        return answer

    def update(self, id_: str, changes: Object) -> Object:
        """Send `changes` alone and return the whole grant as it is now."""
        return self._change(id_, f'update the client grant "{id_}"', changes)

    def delete(self, id_: str) -> None:
        """Remove the grant; one that is gone already is removed."""
        self._remove(id_, f'delete the client grant "{id_}"')


class Clients(Collection):
    """Applications: `/api/v2/clients`, read only and without their secrets."""

    path, key, noun = "clients", "clients", "application"
    names = ("client_id",)
    params: ClassVar[dict[str, str | bool]] = {
        "fields": "client_secret,signing_keys,encryption_key",
        "include_fields": False,
    }

    def get(self, client_id: str) -> Object:
        """The application. Raises NotFoundError."""
        return self._one(client_id)

    def list(self) -> list[Object]:
        """Every application."""
        return [client for page in self._pages({}) for client in page.items]


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


def _given(**filters: str | None) -> dict[str, str]:
    return {name: value for name, value in filters.items() if value is not None}
