"""Paging in its three modes."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from pulumi_auth0_apis.emulator import EmulatedTenant

GRANTS = "/api/v2/client-grants"


@pytest.fixture(autouse=True)
def five_apis(tenant: EmulatedTenant) -> None:
    """Five APIs, each granted to the deployment application: six of both with the Management API's."""
    for number in range(5):
        tenant.resource_servers.create({"identifier": f"api-{number}"})
        tenant.client_grants.create({"client_id": tenant.client_id, "audience": f"api-{number}"})


def test_without_parameters_a_list_is_an_array(api: httpx.Client) -> None:
    """include_totals defaults to false, so that the answer is the bare array."""
    assert len(api.get(GRANTS).json()) == 6


def test_totals_come_first_and_pages_end_empty(api: httpx.Client) -> None:
    """A page carries total, start and limit before its list; past the end it is empty."""
    page: dict[str, Any] = {"include_totals": "true", "per_page": 4}
    second = api.get(GRANTS, params=page | {"page": 1}).json()
    assert list(second) == ["total", "start", "limit", "client_grants"]
    assert (second["total"], second["start"], second["limit"]) == (6, 4, 4)
    assert len(second["client_grants"]) == 2
    assert api.get(GRANTS, params=page | {"page": 9}).json()["client_grants"] == []


def test_resource_servers_page_in_order_of_creation(api: httpx.Client) -> None:
    """APIs are listed oldest first, the Management API before all."""
    page: dict[str, Any] = {"include_totals": "true", "per_page": 3, "page": 1, "fields": "identifier"}
    answer = api.get("/api/v2/resource-servers", params=page).json()
    assert [one["identifier"] for one in answer["resource_servers"]] == ["api-2", "api-3", "api-4"]


def test_checkpoints_visit_every_item_once(api: httpx.Client) -> None:
    """`take` turns totals off, `next` leads on, and the last page has no `next`."""
    seen: list[str] = []
    query: dict[str, Any] = {"take": 4, "include_totals": "true", "per_page": 1}
    first = api.get(GRANTS, params=query).json()
    assert list(first) == ["client_grants", "next"]
    last = api.get(GRANTS, params=query | {"from": first["next"]}).json()
    assert list(last) == ["client_grants"]
    for page in (first, last):
        seen += [one["id"] for one in page["client_grants"]]
    assert seen == [one["id"] for one in api.get(GRANTS).json()]


def test_a_checkpoint_survives_the_item_it_points_at(api: httpx.Client) -> None:
    """Deleting the last item of a page loses none of the next."""
    first = api.get(GRANTS, params={"take": 2}).json()
    expected = [one["id"] for one in api.get(GRANTS).json()][2:]
    api.delete(f"{GRANTS}/{first['client_grants'][-1]['id']}")
    rest = api.get(GRANTS, params={"take": 10, "from": first["next"]}).json()["client_grants"]
    assert [one["id"] for one in rest] == expected


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("per_page=101", "'Value 101 is greater than maximum 100' on property per_page (Number of results"),
        ("page=-1", "'Value -1 is less than minimum 0' on property page (Page index"),
        ("page=x", "'Expected type integer but found type string' on property page"),
        ("include_totals=1", "'Expected type boolean but found type string' on property include_totals"),
        ("take=0", "'Value 0 is less than minimum 1' on property take"),
        ("colour=red", "'Additional properties not allowed: colour'."),
    ],
)
def test_a_wrong_query_is_refused(api: httpx.Client, query: str, sentence: str) -> None:
    """Each wrong parameter is 400 and named."""
    body = api.get(f"{GRANTS}?{query}").json()
    assert (body["statusCode"], body["errorCode"]) == (400, "invalid_query_string")
    assert body["message"].startswith(f"Query validation error: {sentence}")


@pytest.mark.parametrize("token", ["%25%25", "e30=", "WzFd"])
def test_a_checkpoint_of_no_such_form_is_refused(api: httpx.Client, token: str) -> None:
    """`from` takes what `next` gave and nothing else."""
    assert api.get(f"{GRANTS}?from={token}").status_code == 400
