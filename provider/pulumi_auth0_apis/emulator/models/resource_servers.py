"""Resource servers: defaults, merging and what may not be changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any
from urllib.parse import unquote

from pulumi_auth0_apis.emulator import errors, identifiers
from pulumi_auth0_apis.emulator.models import encryption_key, system_apis
from pulumi_auth0_apis.emulator.models.store import Table
from pulumi_auth0_apis.emulator.models.tenant_base import TenantBase
from pulumi_auth0_apis.emulator.schemas import resource_server as schema
from pulumi_auth0_apis.emulator.schemas.further import readable
from pulumi_auth0_apis.emulator.validation import unknown_property

ResourceServer = dict[str, Any]

DEFAULTS: dict[str, Any] = {
    "allow_offline_access": False,
    "skip_consent_for_verifiable_first_party_clients": False,
    "subject_type_authorization": {
        "client": {"policy": "require_client_grant"},
        "user": {"policy": "allow_all"},
    },
    "token_lifetime": 86_400,
    "token_lifetime_for_web": 7_200,
    "signing_alg": "RS256",
}
"""What Auth0 fills in; every other setting is absent until it is set (recorded)."""


class ResourceServers:
    """The tenant's APIs, in order of creation."""

    def __init__(self, tenant: TenantBase) -> None:
        self._tenant = tenant
        self._tell_gone: list[Callable[[str], None]] = []
        self._by_id: Table[ResourceServer] = tenant.store.table("resource_server")
        self._pems: Table[str] = tenant.store.table("encryption_key")
        self._ids = {api["identifier"]: id_ for id_, api in self._by_id.items()}

    def __iter__(self) -> Iterator[ResourceServer]:
        return iter(list(self._by_id.values()))

    def __len__(self) -> int:
        return len(self._by_id)

    def list(self, identifiers: Collection[str] | None = None) -> list[ResourceServer]:
        """All APIs, or those with one of these identifiers, oldest first."""
        return [api for api in self if identifiers is None or api["identifier"] in identifiers]

    def find(self, identifier: str) -> ResourceServer | None:
        """The API with this identifier, or None."""
        id_ = self._ids.get(identifier)
        return None if id_ is None else self._by_id[id_]

    def lookup(self, reference: str) -> ResourceServer | None:
        """The API with this id or identifier, which may be encoded once more than HTTP asks (recorded)."""
        return self._by_id.get(reference) or self.find(reference) or self.find(unquote(reference))

    def get(self, reference: str) -> ResourceServer:
        """As `lookup`, but 404 when there is none."""
        api = self.lookup(reference)
        if api is None:
            raise errors.inexistent_resource_server()
        return api

    def create(self, body: dict[str, Any]) -> ResourceServer:
        """Keep a new API and return it with Auth0's defaults."""
        settings = {name: value for name, value in body.items() if value is not None}
        identifier = settings["identifier"]
        if identifier in self._ids:
            raise errors.resource_server_conflict()
        if len(self) >= self._tenant.plan.resource_servers:
            raise errors.too_many_entities()
        system = self._system_settings(settings)
        api = self.add(system or settings)
        if identifier == self._tenant.my_account_audience:
            # Recorded: the answer lists the first three scopes, the next read all of them.
            return api | {"scopes": api["scopes"][:3]}
        return api

    def add(self, settings: dict[str, Any]) -> ResourceServer:
        """Keep an API with these settings, the tenant's own included."""
        self._check(settings, settings)
        api = {"id": identifiers.resource_server_id(self._tenant.clock())} | DEFAULTS | settings
        if api["signing_alg"] == "HS256":
            api.setdefault("signing_secret", identifiers.signing_secret())
        return self._keep(api)

    def update(self, reference: str, changes: dict[str, Any]) -> ResourceServer:
        """Merge the changes, one level deep: null removes a setting, anything else replaces it whole."""
        kept = self.get(reference)
        if kept.get("is_system"):
            self._refuse_system_changes(kept, changes)
        merged = {name: value for name, value in (kept | changes).items() if value is not None}
        self._check(changes, merged)
        if merged["signing_alg"] == "HS256":
            merged.setdefault("signing_secret", identifiers.signing_secret())
        return self._keep(merged)

    def delete(self, reference: str) -> None:
        """Remove an API and the grants on it; nothing to do when there is none (recorded: 204 again).

        That the grants go too is not recorded: a grant of an audience that does not exist cannot be made.
        """
        api = self.lookup(reference)
        if api is None:
            return
        if api["identifier"] == self._tenant.management_audience:
            raise errors.ApiError(403, "The Management API cannot be deleted.", "operation_not_supported")
        del self._by_id[api["id"]], self._ids[api["identifier"]]
        self._tenant.updated_at.pop(api["id"], None)
        self._pems.pop(api["id"], None)
        for tell in self._tell_gone:
            tell(api["identifier"])

    def when_gone(self, tell: Callable[[str], None]) -> None:
        """Tell the identifier of every API that is deleted from now on."""
        self._tell_gone.append(tell)

    def link_client(self, identifier: str, client_id: str | None) -> None:
        """Show, or no longer show, the client that stands for this API."""
        api = self.find(identifier)
        if api is not None:
            self._keep({name: v for name, v in (api | {"client_id": client_id}).items() if v is not None})

    def move(self, old: str, new: str) -> None:
        """Rename the system APIs of a tenant whose domain has changed."""
        for api in self:
            if api.get("is_system") and api["identifier"].startswith(old):
                del self._ids[api["identifier"]]
                self._keep(api | {"identifier": api["identifier"].replace(old, new, 1)})

    def encryption_pem(self, api: ResourceServer) -> str | None:
        """The PEM that was sent with `token_encryption`, which is never read back."""
        return self._pems.get(api["id"])

    def _keep(self, api: ResourceServer) -> ResourceServer:
        encryption = api.get("token_encryption")
        if encryption is None:
            self._pems.pop(api["id"], None)
        elif "pem" in encryption["encryption_key"]:
            self._pems[api["id"]] = encryption["encryption_key"]["pem"]
            api = api | {"token_encryption": encryption_key.show(encryption)}
        further = readable(self._tenant.additional_properties, "resource-servers")
        kept = {name: api[name] for name in (*schema.PROPERTIES, *further) if name in api}
        self._by_id[kept["id"]] = kept
        self._ids[kept["identifier"]] = kept["id"]
        self._tenant.updated_at[kept["id"]] = self._tenant.now
        return kept

    def _system_settings(self, settings: dict[str, Any]) -> dict[str, Any] | None:
        """The system API that this identifier stands for; the name sent is ignored (recorded)."""
        if settings["identifier"] == self._tenant.my_account_audience:
            system = system_apis.my_account_api(settings["identifier"])
        elif settings["identifier"] == system_apis.EXPRESS_CONFIGURATION:
            system = system_apis.express_configuration_api()
        else:
            return None
        changeable = schema.UPDATE_SYSTEM["properties"]
        return system | {name: value for name, value in settings.items() if name in changeable}

    def _refuse_system_changes(self, kept: ResourceServer, changes: dict[str, Any]) -> None:
        for name in changes:
            if name not in schema.UPDATE_SYSTEM["properties"]:
                raise unknown_property(name)
        if kept["identifier"] == self._tenant.management_audience:
            # Auth0 answers 400 (comment in its Terraform provider's source); the words are ours.
            for name in changes.get("subject_type_authorization", {}).keys() - {"user"}:
                raise errors.invalid_body(f"The access of {name} to the Management API cannot be changed")

    @staticmethod
    def _check(changes: dict[str, Any], settings: dict[str, Any]) -> None:
        """Rules across properties. Their words are ours: no public recording holds Auth0's."""
        web = changes.get("token_lifetime_for_web")
        # Only what is sent is compared: an API may have a default web lifetime over its lifetime (recorded).
        if web is not None and web > settings.get("token_lifetime", DEFAULTS["token_lifetime"]):
            raise errors.invalid_body("token_lifetime_for_web cannot be greater than token_lifetime")
        if len(changes.get("scopes") or ()) > schema.MAX_SCOPES:
            raise errors.invalid_body(f"An API can have at most {schema.MAX_SCOPES} scopes")
        values = [scope["value"] for scope in changes.get("scopes") or ()]
        if len(set(values)) != len(values):
            raise errors.invalid_body("Scopes must be unique")
        _check_claims(changes)
        if settings.get("allow_online_access_with_ephemeral_sessions") and not settings.get(
            "allow_online_access"
        ):
            raise errors.invalid_body(
                "allow_online_access_with_ephemeral_sessions can be enabled only with allow_online_access"
            )


def _check_claims(changes: dict[str, Any]) -> None:
    mapping = (changes.get("access_token") or {}).get("claims_mapping", {})
    names = [claim["name"] for claim in mapping.get("custom_claims", ())]
    reserved = [name for name in names if name.lower() in schema.RESERVED_CLAIMS]
    if reserved:
        raise errors.invalid_body(f"The claim name {reserved[0]} is reserved")
    if len(set(names)) != len(names):
        raise errors.invalid_body("Custom claims must be unique")
