"""What a tenant holds, what it has lost, and the hands of other people in it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pulumi_auth0_apis.emulator import EmulatedTenant

from .declarations import Key

OTHER_CLIENT_ID = "wholesaleServiceByHand0000000003"
"""An application that no program of a model knows."""


@dataclass(frozen=True)
class Lost:
    """An object that ceased to exist. The id of a permission is that of its API."""

    key: Key
    id: str


class Witness:
    """Sees every object of a tenant come, change and go: it sits where the tenant writes to its store."""

    def __init__(self, tenant: EmulatedTenant) -> None:
        self._apis: dict[str, tuple[str, dict[str, Any]]] = {}
        self._grants: dict[str, Key] = {}
        self._write = tenant.store.write
        vars(tenant.store)["write"] = self._see
        self.lost: list[Lost] = []
        self.touched: set[Key] = set()
        """What was made, changed or lost since the last time somebody asked."""

    def forget(self) -> None:
        """Look from here on."""
        self.lost, self.touched = [], set()

    @property
    def objects(self) -> dict[Key, str]:
        """All that there is, with its id."""
        apis = {Key("api", identifier): id_ for id_, (identifier, _) in self._apis.items()}
        permissions = {
            Key("permission", identifier, scope): id_
            for id_, (identifier, scopes) in self._apis.items()
            for scope in scopes
        }
        return {**apis, **permissions, **{key: id_ for id_, key in self._grants.items()}}

    def _see(self, statement: str, parameters: Sequence[Any]) -> None:
        kind, id_, *written = parameters
        value = json.loads(written[0]) if written else None
        if kind == "resource_server":
            self._see_api(id_, value)
        elif kind == "client_grant":
            self._see_grant(id_, value)
        self._write(statement, parameters)

    def _see_api(self, id_: str, api: dict[str, Any] | None) -> None:
        identifier, before = self._apis.pop(id_, ("", {}))
        after = {} if api is None else {scope["value"]: scope for scope in api.get("scopes", ())}
        identifier = identifier or (api or {})["identifier"]
        changed = {scope for scope in {*before, *after} if before.get(scope) != after.get(scope)}
        self.touched |= {Key("permission", identifier, scope) for scope in changed} | {Key("api", identifier)}
        lost = [Key("permission", identifier, scope) for scope in before if scope not in after]
        if api is None:
            lost.append(Key("api", identifier))
        else:
            self._apis[id_] = identifier, after
        self.lost += [Lost(key, id_) for key in lost]

    def _see_grant(self, id_: str, grant: dict[str, Any] | None) -> None:
        if grant is None:
            key = self._grants.pop(id_)
            self.lost.append(Lost(key, id_))
        else:
            key = self._grants[id_] = Key("grant", grant["audience"], grant["client_id"])
        self.touched.add(key)


class TenantModel:
    """The tenant of a model: an emulator's, looked at from behind, and changed by hand."""

    def __init__(self, tenant: EmulatedTenant) -> None:
        self._tenant = tenant
        self.by_hand: set[Key] = set()
        """What people have made there."""
        tenant.clients.add({"client_id": OTHER_CLIENT_ID, "name": "Wholesale", "app_type": "non_interactive"})
        self.witness = Witness(tenant)

    @property
    def objects(self) -> dict[Key, str]:
        return self.witness.objects

    def settings(self, key: Key) -> dict[str, Any]:
        """What the tenant keeps of an object, in the words of our settings."""
        if key.kind == "grant":
            grant = self._tenant.client_grants.get(self.objects[key])
            return {**grant, "scopes": sorted(grant["scope"])}
        api = self._tenant.resource_servers.get(key.api)
        if key.kind == "api":
            return {**api, "scopes": sorted(scope["value"] for scope in api.get("scopes", ()))}
        return next(scope for scope in api["scopes"] if scope["value"] == key.own)

    def change(self, key: Key, **settings: Any) -> None:
        """Somebody changes an API or a grant."""
        with self._tenant.store.transaction():
            if key.kind == "api":
                self._tenant.resource_servers.update(key.api, settings)
            else:
                self._tenant.client_grants.update(self.objects[key], settings)

    def delete(self, key: Key) -> None:
        """Somebody deletes an object."""
        with self._tenant.store.transaction():
            if key.kind == "api":
                self._tenant.resource_servers.delete(key.api)
            elif key.kind == "grant":
                self._tenant.client_grants.delete(self.objects[key])
            else:
                self._write_scopes(key.api, (s for s in self._scopes(key.api) if s["value"] != key.own))

    def make(self, key: Key, **settings: Any) -> None:
        """Somebody makes an API, a permission or a grant."""
        self.by_hand.add(key)
        with self._tenant.store.transaction():
            if key.kind == "api":
                self._tenant.resource_servers.create({"identifier": key.api, **settings})
            elif key.kind == "grant":
                own = {"client_id": key.own, "audience": key.api, "scope": settings.get("scopes", [])}
                self._tenant.client_grants.create(own)
            else:
                self._write_scopes(key.api, [*self._scopes(key.api), {"value": key.own, **settings}])

    def _scopes(self, identifier: str) -> Iterator[dict[str, Any]]:
        yield from self._tenant.resource_servers.get(identifier).get("scopes", ())

    def _write_scopes(self, identifier: str, scopes: Iterable[dict[str, Any]]) -> None:
        self._tenant.resource_servers.update(identifier, {"scopes": list(scopes)})
