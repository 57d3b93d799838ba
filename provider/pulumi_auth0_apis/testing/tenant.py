"""A sandbox tenant as a test sees it: what it holds, what was asked of it, and a hand in the dashboard."""

from __future__ import annotations

import json
import urllib.request
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
        grants = self.sandbox.tenant.client_grants.list()
        return {
            (grant.get("client_id") or grant["default_for"], grant["audience"]): grant
            for grant in grants
            if grant["audience"] in apis
        }

    @property
    def calls(self) -> Counter[str]:
        """How many calls it has answered, by route such as `PATCH /api/v2/resource-servers/{id}`."""
        with urllib.request.urlopen(f"{self.domain}/_sandbox/requests") as answer:  # noqa: S310 - loopback
            return Counter(json.load(answer)["routes"])

    def change_api(self, identifier: str, **settings: Any) -> None:
        """Change an API behind the program's back, as someone in the dashboard would."""
        self.sandbox.tenant.resource_servers.update(identifier, settings)

    def delete_api(self, identifier: str) -> None:
        """Delete an API behind the program's back, its grants with it."""
        self.sandbox.tenant.resource_servers.delete(identifier)
