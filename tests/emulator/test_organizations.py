"""Organizations and the client grants assigned to them."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from pulumi_auth0_apis.emulator import BILLING_CLIENT_ID, EmulatedTenant
from pulumi_auth0_apis.emulator.models import organizations

URL = "/api/v2/organizations"


@pytest.fixture
def grant(tenant: EmulatedTenant) -> str:
    """A grant to assign."""
    tenant.resource_servers.create({"identifier": "orders"})
    body = {"client_id": BILLING_CLIENT_ID, "audience": "orders", "scope": []}
    return str(tenant.client_grants.create(body | {"allow_any_organization": True})["id"])


@pytest.fixture
def grants_url(api: httpx.Client) -> str:
    """The grants of an organization."""
    made = api.post(URL, json={"name": "acme", "display_name": "Acme"}).json()
    return f"{URL}/{made['id']}/client-grants"


def test_the_answer_to_an_assignment_is_as_recorded(api: httpx.Client, grants_url: str, grant: str) -> None:
    """It says grant_id, not id, and has no subject_type; the list has both."""
    answer = api.post(grants_url, json={"grant_id": grant})
    assert answer.status_code == 201
    assert answer.json() == {
        "grant_id": grant,
        "client_id": BILLING_CLIENT_ID,
        "audience": "orders",
        "scope": [],
        "allow_any_organization": True,
    }
    listed = api.get(grants_url, params={"include_totals": "true"}).json()
    assert list(listed) == ["client_grants", "start", "limit", "total"]
    assert listed["client_grants"][0]["id"] == grant


def test_a_grant_knows_its_organizations(api: httpx.Client, grants_url: str, grant: str) -> None:
    """The organizations of a grant are listed until it is taken away, which is idempotent."""
    api.post(grants_url, json={"grant_id": grant})
    url = f"/api/v2/client-grants/{grant}/organizations"
    query: dict[str, Any] = {"take": 50, "include_totals": "true"}
    assert [each["name"] for each in api.get(url, params=query).json()["organizations"]] == ["acme"]
    for _ in range(2):
        assert api.delete(f"{grants_url}/{grant}").status_code == 204
    assert api.get(url, params=query).json() == {"organizations": []}


def test_a_deleted_grant_is_no_longer_assigned(api: httpx.Client, grants_url: str, grant: str) -> None:
    """A grant can be deleted while it is assigned, and the assignment goes with it."""
    api.post(grants_url, json={"grant_id": grant})
    assert api.delete(f"/api/v2/client-grants/{grant}").status_code == 204
    assert api.get(grants_url).json() == []


def test_refusals(api: httpx.Client, grants_url: str, grant: str) -> None:
    """An unknown organization or grant is 404, a second assignment 409."""
    answer = api.get(f"{URL}/org_nowhere/client-grants")
    assert answer.json() == {
        "statusCode": 404,
        "error": "Not Found",
        "message": "No organization found by that id or name",
    }
    assert api.post(grants_url, json={"grant_id": "cgr_nowhere"}).status_code == 404
    assert [api.post(grants_url, json={"grant_id": grant}).status_code for _ in range(2)] == [201, 409]
    assert api.post(URL, json={"name": "acme"}).status_code == 409


def test_an_organization_changes_and_goes(api: httpx.Client, grants_url: str) -> None:
    """An organization is found by id and by name, can be changed, and is gone after DELETE."""
    url = grants_url.removesuffix("/client-grants")
    assert api.patch(url, json={"display_name": "ACME"}).json()["display_name"] == "ACME"
    assert api.get(f"{URL}/acme").json() == api.get(url).json()
    assert [api.delete(url).status_code for _ in range(2)] == [204, 204]
    assert api.get(url).status_code == 404


def test_a_name_stays_unique(api: httpx.Client) -> None:
    """An organization cannot be renamed to what another is called; to its own name it can."""
    api.post(URL, json={"name": "acme"})
    other = f"{URL}/{api.post(URL, json={'name': 'other'}).json()['id']}"
    assert api.patch(other, json={"name": "acme"}).status_code == 409
    assert api.patch(other, json={"name": "other", "display_name": "Other"}).status_code == 200


def test_grants_that_are_gone_do_not_count(
    api: httpx.Client, tenant: EmulatedTenant, grants_url: str, grant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A deleted grant makes room for another in an organization that is full."""
    monkeypatch.setattr(organizations, "MAX_GRANTS", 1)
    api.post(grants_url, json={"grant_id": grant})
    tenant.client_grants.delete(grant)
    body = {"client_id": BILLING_CLIENT_ID, "audience": "orders", "scope": []}
    another = tenant.client_grants.create(body)["id"]
    assert api.post(grants_url, json={"grant_id": another}).status_code == 201
