"""Client grants: which application may ask for which scopes of which API."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pulumi_auth0_apis.emulator import errors, identifiers
from pulumi_auth0_apis.emulator.models import system_apis
from pulumi_auth0_apis.emulator.models.clients import Client, Clients
from pulumi_auth0_apis.emulator.models.resource_servers import ResourceServers
from pulumi_auth0_apis.emulator.models.store import Table
from pulumi_auth0_apis.emulator.models.tenant_base import TenantBase
from pulumi_auth0_apis.emulator.schemas import client_grant as schema
from pulumi_auth0_apis.emulator.schemas.further import readable

ClientGrant = dict[str, Any]

DEFAULTS: dict[str, Any] = {"subject_type": "client"}
"""What Auth0 fills in; every other setting is absent until it is set (recorded)."""

_FILTERS = ("audience", "client_id", "subject_type", "default_for", "allow_any_organization")


class ClientGrants:
    """The tenant's grants. Scopes are not checked against the API's: Auth0 does not either (recorded)."""

    def __init__(self, tenant: TenantBase, resource_servers: ResourceServers, clients: Clients) -> None:
        self._tenant = tenant
        self._resource_servers = resource_servers
        self._clients = clients
        resource_servers.when_gone(self.forget_audience)
        clients.when_made(self._grant_to_new)
        clients.when_gone(self.forget_client)
        self._by_id: Table[ClientGrant] = tenant.store.table("client_grant")
        self._ids = {_key(grant): id_ for id_, grant in self._by_id.items()}
        self._orphans: Table[float] = tenant.store.table("orphan")

    def __iter__(self) -> Iterator[ClientGrant]:
        self._settle()
        return iter(list(self._by_id.values()))

    def __len__(self) -> int:
        return len(self._by_id)

    def list(self, **filters: Any) -> list[ClientGrant]:
        """The grants that match every filter given, in byte order of their ids (recorded)."""
        wanted = {name: filters[name] for name in _FILTERS if filters.get(name) is not None}
        matching = (g for g in self if all(g.get(name) == value for name, value in wanted.items()))
        return sorted(matching, key=lambda grant: str(grant["id"]))

    def find(self, holder: str, audience: str, subject_type: str = "client") -> ClientGrant | None:
        """The grant with this natural key; `holder` is a client_id or the group of a default grant."""
        self._settle()
        id_ = self._ids.get((holder, audience, subject_type))
        return None if id_ is None else self._by_id[id_]

    def get(self, id_: str) -> ClientGrant:
        """The grant with this id; 404 when there is none."""
        self._settle()
        try:
            return self._by_id[id_]
        except KeyError:
            raise errors.inexistent_client_grant() from None

    def create(self, body: dict[str, Any]) -> ClientGrant:
        """Keep a new grant and return it."""
        self._check(body)
        return self.add(body)

    def add(self, settings: dict[str, Any]) -> ClientGrant:
        """Keep a grant with these settings, the tenant's own included."""
        grant = {"id": identifiers.client_grant_id(), **DEFAULTS} | settings
        return self._keep(grant)

    def update(self, id_: str, changes: dict[str, Any]) -> ClientGrant:
        """Replace the settings sent; with `allow_all_scopes` the scope list goes (recorded)."""
        kept = self.get(id_)
        self._refuse_system(kept)
        _refuse_scope_beside_all_scopes(changes)
        merged = {name: value for name, value in (kept | changes).items() if value is not None}
        if merged.get("allow_all_scopes"):
            merged.pop("scope", None)
        return self._keep(merged)

    def delete(self, id_: str) -> None:
        """Remove a grant; nothing to do when there is none (recorded: 204 again)."""
        grant = self._by_id.get(id_)
        if grant is not None:
            self._refuse_system(grant)
            self._forget(grant)

    def forget_audience(self, audience: str) -> None:
        """Remove the grants of an API that is gone."""
        for grant in self.list(audience=audience):
            self._forget(grant)

    def _grant_to_new(self, client: Client) -> None:
        """Give a new application the grant that its type brings along."""
        if client.get("app_type") == "express_configuration":
            self.add(
                {
                    "client_id": client["client_id"],
                    "audience": self._tenant.management_audience,
                    "scope": list(system_apis.EXPRESS_CLIENT_SCOPES),
                    "is_system": True,
                }
            )

    def forget_client(self, client_id: str) -> None:
        """Remove the grants of an application that is gone, after the tenant's cascade delay (recorded)."""
        self._orphans[client_id] = self._tenant.clock() + self._tenant.cascade_delay

    def _settle(self) -> None:
        """Remove the grants whose time has come."""
        now = self._tenant.clock()
        for client_id in [client_id for client_id, due in self._orphans.items() if due <= now]:
            del self._orphans[client_id]
            for grant in [grant for grant in self._by_id.values() if grant.get("client_id") == client_id]:
                self._forget(grant)

    def move(self, old: str, new: str) -> None:
        """Rename the audiences of a tenant whose domain has changed."""
        for grant in self:
            if grant["audience"].startswith(old):
                del self._ids[_key(grant)]
                self._keep(grant | {"audience": grant["audience"].replace(old, new, 1)})

    def _check(self, body: dict[str, Any]) -> None:
        _check_holder(body)
        _refuse_scope_beside_all_scopes(body)
        if "client_id" in body:
            self._check_client(body["client_id"])
        if self._resource_servers.find(body["audience"]) is None:
            raise errors.unknown_audience(body["audience"])
        if _key(body) in self._ids:
            raise errors.client_grant_conflict(*_key(body)[:2])
        if len(self) >= self._tenant.plan.client_grants:
            raise errors.too_many_entities()

    def _check_client(self, client_id: str) -> None:
        client = self._clients.find(client_id)
        if client is None:
            raise errors.unknown_grant_holder()
        if client.get("app_type") == "express_configuration":
            # Recorded.
            message = "Client of type express_configuration cannot be used"
            raise errors.ApiError(400, message, "validation_error")

    def _keep(self, grant: ClientGrant) -> ClientGrant:
        further = readable(self._tenant.additional_properties, "client-grants")
        kept = {name: grant[name] for name in (*schema.PROPERTIES, *further) if name in grant}
        self._by_id[kept["id"]] = kept
        self._ids[_key(kept)] = kept["id"]
        self._tenant.updated_at[kept["id"]] = self._tenant.now
        return kept

    def _forget(self, grant: ClientGrant) -> None:
        del self._by_id[grant["id"]], self._ids[_key(grant)]
        self._tenant.updated_at.pop(grant["id"], None)

    @staticmethod
    def _refuse_system(grant: ClientGrant) -> None:
        """ "It cannot be modified or deleted directly" says the API reference, without the error's words."""
        if grant.get("is_system"):
            raise errors.ApiError(403, "System grants cannot be changed.", "operation_not_supported")


def _key(grant: dict[str, Any]) -> tuple[str, str, str]:
    holder = grant.get("client_id") or grant["default_for"]
    return holder, grant["audience"], grant.get("subject_type", "client")


def _check_holder(body: dict[str, Any]) -> None:
    """Exactly one of client_id and default_for, says the API reference, without the error's words."""
    if ("client_id" in body) == ("default_for" in body):
        raise errors.invalid_body("Exactly one of client_id and default_for must be specified")


def _refuse_scope_beside_all_scopes(body: dict[str, Any]) -> None:
    """The scope list is not accepted with `allow_all_scopes: true` (comment in go-auth0's ClientGrant)."""
    if body.get("allow_all_scopes") and "scope" in body:
        raise errors.invalid_body("scope cannot be specified when allow_all_scopes is true")
