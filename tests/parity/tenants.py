"""Two tenants for one stack: how its program and its scenarios reach them, and what they keep."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from pulumi_auth0_apis.emulator import Sandbox

_OBJECT = re.compile(r"\b[0-9a-f]{24}\b|\b[0-9a-f]{32}\b|\bcgr_\w+")


@dataclass(frozen=True)
class Tenants:
    """The tenant of a stack, and another one."""

    own: Sandbox
    other: Sandbox

    @property
    def environment(self) -> dict[str, str]:
        """The variables by which programs and scenarios know both."""
        other = {key.replace("AUTH0", "OTHER"): value for key, value in self.other.environment.items()}
        return {**self.own.environment, **other}

    def kept(self) -> list[Any]:
        """APIs and grants of both, plain and in an order of their own."""
        return [sorted(self.plain(_kept(sandbox)), key=json.dumps) for sandbox in (self.own, self.other)]

    def plain(self, value: Any) -> Any:
        """A value without what differs from tenant to tenant: addresses, ids, markers, secrets."""
        if isinstance(value, str):
            for name, sandbox in (("own", self.own), ("other", self.other)):
                value = value.replace(sandbox.domain.removeprefix("http://"), name)
                value = value.replace(sandbox.client_secret, f"secret of {name}")
                value = value.replace(sandbox.client_id, f"client of {name}")
            return _OBJECT.sub("<id>", value)
        if isinstance(value, Mapping):
            return {key: self.plain(item) for key, item in value.items()}
        if isinstance(value, list | tuple | set):
            return type(value)(self.plain(item) for item in value)
        return value


def _kept(sandbox: Sandbox) -> list[Any]:
    with management(sandbox.environment) as client:
        apis = client.get("/api/v2/resource-servers", params={"per_page": 100}).json()
        grants = client.get("/api/v2/client-grants", params={"per_page": 100}).json()
    for api in apis:
        api.get("scopes", []).sort(key=lambda scope: scope["value"])
    return [*apis, *grants]


def management(environment: Mapping[str, str]) -> httpx.Client:
    """A client of the tenant's Management API that makes an error of every refusal."""
    domain = environment["AUTH0_DOMAIN"]
    asked = {
        "grant_type": "client_credentials",
        "client_id": environment["AUTH0_CLIENT_ID"],
        "client_secret": environment["AUTH0_CLIENT_SECRET"],
        "audience": f"{domain}/api/v2/",
    }
    token = httpx.post(f"{domain}/oauth/token", json=asked).raise_for_status().json()["access_token"]
    return httpx.Client(
        base_url=domain,
        headers={"authorization": f"Bearer {token}"},
        event_hooks={"response": [lambda response: response.read() and response.raise_for_status()]},
    )
