"""Client grants over HTTP: defaults, what is not validated, refusals, cascades."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from pulumi_auth0_apis.emulator import BILLING_CLIENT_ID, REPORTING_CLIENT_ID, EmulatedTenant

URL = "/api/v2/client-grants"
AUDIENCE = "https://orders.example.com"


@pytest.fixture(autouse=True)
def orders(tenant: EmulatedTenant) -> None:
    """An API to grant."""
    tenant.resource_servers.create({"identifier": AUDIENCE})


def create(api: httpx.Client, **settings: Any) -> dict[str, Any]:
    answer = api.post(URL, json={"client_id": BILLING_CLIENT_ID, "audience": AUDIENCE} | settings)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def test_a_grant_is_echoed_with_one_default(api: httpx.Client) -> None:
    """Scopes that the API does not have are kept as sent, and only subject_type is filled in."""
    kept = create(api, scope=["z:nowhere", " a"])
    assert kept == {
        "id": kept["id"],
        "client_id": BILLING_CLIENT_ID,
        "audience": AUDIENCE,
        "scope": ["z:nowhere", " a"],
        "subject_type": "client",
    }
    assert kept["id"].startswith("cgr_")
    assert len(kept["id"]) == 20


def test_keys_have_the_recorded_order(api: httpx.Client) -> None:
    """Settings come back in the order of the wire, whatever order they were sent in."""
    settings = {"allow_any_organization": True, "organization_usage": "allow", "scope": []}
    kept = create(api, **settings, authorization_details_types=["payment"], subject_type="user")
    assert list(kept)[3:] == [
        "scope",
        "organization_usage",
        "allow_any_organization",
        "subject_type",
        "authorization_details_types",
    ]


def test_allow_all_scopes_takes_the_scope_list_away(api: httpx.Client) -> None:
    """allow_all_scopes drops the list; turning it off brings it back and stays visible."""
    url = f"{URL}/{create(api, scope=['a'])['id']}"
    assert "scope" not in api.patch(url, json={"allow_all_scopes": True}).json()
    off = api.patch(url, json={"allow_all_scopes": False, "scope": ["b"]}).json()
    assert (off["allow_all_scopes"], off["scope"]) == (False, ["b"])


def test_one_grant_per_client_audience_and_subject_type(api: httpx.Client) -> None:
    """The same triple is 409; another subject type is another grant."""
    create(api)
    create(api, subject_type="user")
    answer = api.post(URL, json={"client_id": BILLING_CLIENT_ID, "audience": AUDIENCE, "scope": []})
    assert answer.status_code == 409
    assert BILLING_CLIENT_ID in answer.json()["message"]


def test_default_grant_has_no_client(api: httpx.Client) -> None:
    """A grant for third-party clients carries default_for in the place of client_id."""
    body = {"audience": AUDIENCE, "scope": ["a"], "default_for": "third_party_clients"}
    assert list(api.post(URL, json=body).json()) == ["id", "audience", "scope", "subject_type", "default_for"]
    assert api.post(URL, json=body).status_code == 409


@pytest.mark.parametrize(
    ("settings", "status", "message"),
    [
        ({"audience": "https://nowhere"}, 404, "No resource with identifier https://nowhere"),
        ({"client_id": "nobody"}, 404, "Client not found"),
        ({"default_for": "third_party_clients"}, 400, None),
        ({"allow_all_scopes": True, "scope": []}, 400, None),
        ({"scope": "read"}, 400, None),
        ({"scope": [""]}, 400, None),
        (
            {"is_system": True},
            400,
            "Payload validation error: 'Additional properties not allowed: is_system'.",
        ),
    ],
)
def test_what_breaks_a_rule_is_refused(
    api: httpx.Client, settings: Any, status: int, message: str | None
) -> None:
    """Each broken rule has its status, and no grant is kept."""
    answer = api.post(URL, json={"client_id": BILLING_CLIENT_ID, "audience": AUDIENCE} | settings)
    assert answer.status_code == status
    assert message in (None, answer.json()["message"])
    assert len(api.get(URL).json()) == 1


@pytest.mark.parametrize("key", ["client_id", "audience", "subject_type", "default_for", "id"])
def test_what_makes_a_grant_cannot_change(api: httpx.Client, key: str) -> None:
    """PATCH refuses the immutable keys as unknown properties."""
    answer = api.patch(f"{URL}/{create(api)['id']}", json={key: "user"})
    assert answer.json()["message"].endswith(f"'Additional properties not allowed: {key}'.")


def test_unknown_grant_is_404_and_deleting_is_idempotent(api: httpx.Client) -> None:
    """The recorded 404 ends with a full stop; DELETE of nothing is 204."""
    answer = api.get(f"{URL}/cgr_nowhere")
    assert answer.text == (
        '{"statusCode":404,"error":"Not Found","message":"The grant does not exist.",'
        '"errorCode":"inexistent_client_grant"}'
    )
    assert api.delete(f"{URL}/cgr_nowhere").status_code == 204


def test_lists_filter_and_sort_by_id(api: httpx.Client) -> None:
    """Filters combine, no match is an empty list, and the order is that of the ids' bytes."""
    for client_id in (BILLING_CLIENT_ID, REPORTING_CLIENT_ID):
        create(api, client_id=client_id)
        create(api, client_id=client_id, subject_type="user", allow_any_organization=True)
    found = api.get(URL, params={"audience": AUDIENCE}).json()
    assert [one["id"] for one in found] == sorted(one["id"] for one in found)
    assert len(found) == 4
    both = {"client_id": BILLING_CLIENT_ID, "subject_type": "user", "allow_any_organization": "true"}
    assert len(api.get(URL, params=both).json()) == 1
    assert api.get(URL, params={"audience": "https://nowhere"}).json() == []


def test_deleting_the_client_deletes_its_grants(api: httpx.Client) -> None:
    """An application takes its grants along, and its own deletion is idempotent."""
    id_ = create(api)["id"]
    for _ in range(2):
        assert api.delete(f"/api/v2/clients/{BILLING_CLIENT_ID}").status_code == 204
    assert api.get(f"{URL}/{id_}").status_code == 404


def test_express_configuration_brings_a_system_grant(api: httpx.Client, tenant: EmulatedTenant) -> None:
    """Such a client has a system grant on the Management API, which cannot be changed, and takes no other."""
    body = {"name": "Express", "app_type": "express_configuration"}
    client_id = api.post("/api/v2/clients", json=body).json()["client_id"]
    grant = api.get(URL, params={"client_id": client_id}).json()[0]
    assert (grant["audience"], grant["is_system"]) == (tenant.management_audience, True)
    assert api.patch(f"{URL}/{grant['id']}", json={"scope": []}).status_code == 403
    answer = api.post(URL, json={"client_id": client_id, "audience": AUDIENCE})
    assert answer.json()["message"] == "Client of type express_configuration cannot be used"
