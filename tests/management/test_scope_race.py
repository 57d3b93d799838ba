"""Two runs and a third hand write the permissions of one API at once, on a tenant that takes its time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpx
import pytest

from pulumi_auth0_apis.emulator import Sandbox
from pulumi_auth0_apis.management.scope_lane import ScopeList
from pulumi_auth0_apis.management.session import Session

from .conftest import MakeSession

API = "https://orders.example.com"


@dataclass
class Dashboard:
    """A third hand: somebody who changes the list in the browser, and looks again whether it stayed."""

    sandbox: Sandbox

    def edit(self, identifier: str, add: str, remove: str) -> None:
        while not self._shows(identifier, add, remove):
            kept = [scope for scope in self._list(identifier) if scope["value"] not in (add, remove)]
            self._call("PATCH", identifier, {"scopes": [*kept, {"value": add}]})

    def _shows(self, identifier: str, add: str, remove: str) -> bool:
        for _ in range(20):  # looks for a while
            values = {scope["value"] for scope in self._list(identifier)}
            if add not in values or remove in values:
                return False
        return True

    def _list(self, identifier: str) -> ScopeList:
        found: ScopeList = self._call("GET", identifier)["scopes"]
        return found

    def _call(self, method: str, identifier: str, body: object = None) -> dict[str, ScopeList]:
        url = f"{self.sandbox.domain}/api/v2/resource-servers/{identifier.replace('/', '%2F')}"
        token = {"authorization": f"Bearer {self.sandbox.api_token}"}
        answer: dict[str, ScopeList] = httpx.request(method, url, headers=token, json=body).json()
        return answer


@pytest.mark.parametrize("sandbox", ["2ms-12ms"], indirect=True)
@pytest.mark.usefixtures("quick_settling")
def test_two_runs_and_a_dashboard_race(sandbox: Sandbox, new_session: MakeSession) -> None:
    """Two processes of four threads and a third hand change one API at once; all is right afterwards."""
    old = [f"old:{n}" for n in range(6)]
    scopes = [{"value": value} for value in (*old, "untouched")]
    new_session().resource_servers.create({"identifier": API, "scopes": scopes})
    dashboard = Dashboard(sandbox)

    def run(process: Session, name: str, removed: list[str]) -> None:
        with ThreadPoolExecutor(4) as threads:
            list(threads.map(lambda n: process.scopes.write(API, f"{name}:{n}", name), range(12)))
            list(threads.map(lambda value: process.scopes.delete(API, value), removed))

    def edit() -> None:
        for n in range(2):
            dashboard.edit(API, f"edit:{n}", old[4 + n])

    with ThreadPoolExecutor(3) as runs:
        racing = [
            runs.submit(run, new_session(), "ours", old[:2]),
            runs.submit(run, new_session(), "theirs", old[2:4]),
            runs.submit(edit),
        ]
    for one in racing:
        one.result()

    kept = {scope["value"] for scope in new_session().scopes.read(API)}
    written = {f"{name}:{n}" for name in ("ours", "theirs") for n in range(12)}
    assert kept == {"untouched", "edit:0", "edit:1"} | written
