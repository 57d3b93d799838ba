"""A sandbox tenant as a test sees it: what it holds, what was asked of it, and a hand in the dashboard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pulumi_auth0_apis.emulator import Sandbox


class TenantUnderTest:
    """A fresh tenant on this machine. `sandbox` is the emulator itself, for what is not here."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    @property
    def domain(self) -> str:
        """Its URL, such as `http://127.0.0.1:43210`."""
        return self.sandbox.domain

    @property
    def environment(self) -> Mapping[str, str]:
        """The variables with which a program reaches it."""
        return self.sandbox.environment

    @property
    def apis(self) -> dict[str, dict[str, Any]]:
        """The APIs by identifier, without Auth0's own."""
        with self.sandbox.tenant.store.transaction():
            servers = self.sandbox.tenant.resource_servers.list()
        return {api["identifier"]: api for api in servers if not api.get("is_system")}

    @property
    def permissions(self) -> dict[str, set[str]]:
        """The permissions of each API, by identifier."""
        return {
            identifier: {scope["value"] for scope in api.get("scopes", ())}
            for identifier, api in self.apis.items()
        }

    @property
    def grants(self) -> dict[tuple[str, str], dict[str, Any]]:
        """The client grants on these APIs, by client id and audience."""
        apis = self.apis
        with self.sandbox.tenant.store.transaction():
            grants = self.sandbox.tenant.client_grants.list()
        return {
            (grant.get("client_id") or grant["default_for"], grant["audience"]): grant
            for grant in grants
            if grant["audience"] in apis
        }

    @property
    def calls(self) -> Counter[str]:
        """How many calls it has answered, by route such as `PATCH /api/v2/resource-servers/{id}`."""
        return self.sandbox.calls

    def change_api(self, identifier: str, **settings: Any) -> None:
        """Change an API behind the program's back, as someone in the dashboard would."""
        with self.sandbox.tenant.store.transaction():
            self.sandbox.tenant.resource_servers.update(identifier, settings)

    def delete_api(self, identifier: str) -> None:
        """Delete an API behind the program's back, its grants with it."""
        with self.sandbox.tenant.store.transaction():
            self.sandbox.tenant.resource_servers.delete(identifier)

    def add_fault(self, kind: str, **options: Any) -> None:
        """Let the next matching calls go wrong: `add_fault("error", status=503, times=2, method="POST")`.

        Kinds and options are those of `pulumi_auth0_apis.emulator.faults`, whose refusal is a ValueError.
        """
        self.sandbox.add_fault({"kind": kind, **options})
