"""Organizations, as far as client grants need them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pulumi_auth0_apis.emulator import errors, identifiers
from pulumi_auth0_apis.emulator.models.client_grants import ClientGrants
from pulumi_auth0_apis.emulator.models.store import Table
from pulumi_auth0_apis.emulator.models.tenant_base import TenantBase

Organization = dict[str, Any]

MAX_GRANTS = 100
"""Client grants of one organization, public cloud (Auth0's entity limit policy)."""

_ADDED = (
    "client_id",
    "audience",
    "scope",
    "organization_usage",
    "allow_any_organization",
)
"""What the answer to an assignment shows of the grant (recorded)."""


class Organizations:
    """The tenant's organizations and which client grants are assigned to them."""

    def __init__(self, tenant: TenantBase, client_grants: ClientGrants) -> None:
        self._client_grants = client_grants
        self._by_id: Table[Organization] = tenant.store.table("organization")
        self._grants: Table[list[str]] = tenant.store.table("organization_grants")

    def __iter__(self) -> Iterator[Organization]:
        return iter(list(self._by_id.values()))

    def find(self, reference: str) -> Organization | None:
        """The organization with this id or name, or None."""
        return self._by_id.get(reference) or next((o for o in self if o["name"] == reference), None)

    def get(self, reference: str) -> Organization:
        """As `find`, but 404 when there is none."""
        found = self.find(reference)
        if found is None:
            raise errors.inexistent_organization()
        return found

    def create(self, body: dict[str, Any]) -> Organization:
        """Keep a new organization; 409 when its name is taken."""
        return self._keep({"id": identifiers.organization_id()} | body)

    def update(self, id_: str, changes: dict[str, Any]) -> Organization:
        """Merge the changes, one level deep; 409 when its name is taken."""
        return self._keep(self.get(id_) | changes)

    def delete(self, id_: str) -> None:
        """Remove an organization and its assignments; nothing to do when there is none."""
        if id_ in self._by_id:
            del self._by_id[id_]
            self._grants.pop(id_, None)

    def grants(self, id_: str) -> list[dict[str, Any]]:
        """The grants assigned to an organization, in byte order of their ids."""
        assigned = set(self._grants.get(self.get(id_)["id"], []))
        return [grant for grant in self._client_grants.list() if grant["id"] in assigned]

    def add_grant(self, id_: str, grant_id: str) -> dict[str, Any]:
        """Assign a grant. The answer calls its id `grant_id` and has no subject_type (recorded)."""
        organization = self.get(id_)["id"]
        grant = self._client_grants.get(grant_id)
        assigned = [each["id"] for each in self.grants(organization)]
        if grant_id in assigned:
            raise errors.organization_grant_conflict()
        if len(assigned) >= MAX_GRANTS:
            raise errors.too_many_entities()
        self._grants[organization] = [*assigned, grant_id]
        return {"grant_id": grant_id} | {name: grant[name] for name in _ADDED if name in grant}

    def remove_grant(self, id_: str, grant_id: str) -> None:
        """Take a grant away; nothing to do when it is not assigned."""
        organization = self.get(id_)["id"]
        assigned = self._grants.get(organization, [])
        self._grants[organization] = [each for each in assigned if each != grant_id]

    def of_grant(self, grant_id: str) -> list[Organization]:
        """The organizations that a grant is assigned to; 404 when there is no such grant."""
        self._client_grants.get(grant_id)
        return [o for o in self if grant_id in self._grants.get(o["id"], [])]

    def _keep(self, organization: Organization) -> Organization:
        if any(o["name"] == organization["name"] and o["id"] != organization["id"] for o in self):
            raise errors.organization_conflict()
        self._by_id[organization["id"]] = organization
        return organization
