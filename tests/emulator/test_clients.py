"""Clients over HTTP: what Auth0 fills in, what a token may see, links, cascades, credentials."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from pulumi_auth0_apis.emulator import BILLING_CLIENT_ID, EmulatedTenant, ManualClock

from .conftest import DOMAIN, Connect

URL = "/api/v2/clients"


def test_an_untyped_client_has_the_recorded_defaults(api: httpx.Client) -> None:
    """An application without a type keeps the legacy settings and may use client credentials."""
    made = api.post(URL, json={"name": "Plain"}).json()
    assert made["jwt_configuration"] == {"secret_encoded": False, "lifetime_in_seconds": 36_000}
    assert made["grant_types"] == ["authorization_code", "implicit", "refresh_token", "client_credentials"]
    assert (len(made["client_id"]), len(made["client_secret"])) == (32, 64)


@pytest.mark.parametrize(
    ("scope", "seen"),
    [
        ("read:client_summary", {"client_id", "app_type", "name"}),
        ("read:clients", {"grant_types", "tenant"}),
        ("read:client_keys", {"grant_types", "client_secret"}),
    ],
)
def test_scopes_decide_what_is_seen(
    tenant: EmulatedTenant, connect: Connect, scope: str, seen: set[str]
) -> None:
    """Only key scopes show secrets; the summary scope shows four fields at most."""
    shown = connect(tenant, scope).get(f"{URL}/{BILLING_CLIENT_ID}").json()
    assert seen <= shown.keys()
    assert ("client_secret" in shown) is (scope == "read:client_keys")


def test_a_resource_server_client_is_linked(api: httpx.Client) -> None:
    """An application of an API shows there as client_id until it is deleted."""
    api.post("/api/v2/resource-servers", json={"identifier": "orders"})
    body = {"name": "Orders", "app_type": "resource_server", "resource_server_identifier": "orders"}
    made = api.post(URL, json=body).json()
    assert api.get("/api/v2/resource-servers/orders").json()["client_id"] == made["client_id"]
    api.delete(f"{URL}/{made['client_id']}")
    assert "client_id" not in api.get("/api/v2/resource-servers/orders").json()


def test_grants_go_a_little_later(clock: ManualClock, connect: Connect) -> None:
    """With a cascade delay the grants of a deleted application are listed until it is over."""
    tenant = EmulatedTenant(DOMAIN, clock=clock, cascade_delay=5)
    tenant.resource_servers.create({"identifier": "orders"})
    tenant.client_grants.create({"client_id": BILLING_CLIENT_ID, "audience": "orders"})
    api = connect(tenant)
    api.delete(f"{URL}/{BILLING_CLIENT_ID}")
    query = {"client_id": BILLING_CLIENT_ID}
    assert len(api.get("/api/v2/client-grants", params=query).json()) == 1
    clock.advance(5)
    assert api.get("/api/v2/client-grants", params=query).json() == []


@pytest.mark.parametrize(
    ("filters", "count"),
    [({"app_type": "non_interactive,spa"}, 3), ({"is_first_party": "false"}, 0), ({"is_global": "true"}, 0)],
)
def test_lists_filter(api: httpx.Client, filters: dict[str, str], count: int) -> None:
    """The list filters by types, first party and global."""
    assert len(api.get(URL, params=filters).json()) == count


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"name": "a<b"}, 400),
        ({"name": "x", "colour": "red"}, 400),
        ({"name": "x", "app_type": "toaster"}, 400),
        ({"name": "x", "resource_server_identifier": "nowhere"}, 404),
    ],
)
def test_what_breaks_a_rule_is_refused(api: httpx.Client, body: Any, status: int) -> None:
    """Each broken rule has its status, and no application is kept."""
    assert api.post(URL, json=body).status_code == status
    assert len(api.get(URL).json()) == 3


def test_a_credential_is_shown_without_its_key(api: httpx.Client, public_pem: str) -> None:
    """The PEM is never read back; kid and dates are given, and only the expiry may change."""
    url = f"{URL}/{BILLING_CLIENT_ID}/credentials"
    body = {"credential_type": "public_key", "name": "mine", "pem": public_pem}
    made = api.post(url, json=body).json()
    assert list(made) == ["id", "name", "kid", "credential_type", "alg", "created_at", "updated_at"]
    changed = api.patch(f"{url}/{made['id']}", json={"expires_at": "2030-01-01T00:00:00Z"}).json()
    assert changed["expires_at"] == "2030-01-01T00:00:00Z"
    assert api.patch(f"{url}/{made['id']}", json={"name": "x"}).status_code == 400
    assert api.get(f"{URL}/nobody/credentials").status_code == 404
    assert api.post(url, json=body | {"pem": "nonsense"}).status_code == 400


def with_key(api: httpx.Client, *pems: str) -> httpx.Response:
    credentials = [{"credential_type": "public_key", "pem": pem} for pem in pems]
    methods = {"client_authentication_methods": {"private_key_jwt": {"credentials": credentials}}}
    return api.patch(f"{URL}/{BILLING_CLIENT_ID}", json=methods)


def test_an_application_outlives_its_credential(api: httpx.Client, public_pem: str) -> None:
    """An application whose key was deleted can still be changed, and get a new secret."""
    methods = with_key(api, public_pem).json()["client_authentication_methods"]
    (credential,) = methods["private_key_jwt"]["credentials"]
    api.delete(f"{URL}/{BILLING_CLIENT_ID}/credentials/{credential['id']}")
    assert api.patch(f"{URL}/{BILLING_CLIENT_ID}", json={"description": "x"}).status_code == 200
    assert api.post(f"{URL}/{BILLING_CLIENT_ID}/rotate-secret").status_code == 200


def test_credentials_go_with_their_application(
    api: httpx.Client, tenant: EmulatedTenant, public_pem: str
) -> None:
    """The keys of a deleted application are not kept."""
    with_key(api, public_pem)
    api.delete(f"{URL}/{BILLING_CLIENT_ID}")
    assert len(tenant.store.table("credential")) == 0
    tenant.clients.add({"client_id": BILLING_CLIENT_ID, "name": "again"})
    assert tenant.credentials.list(BILLING_CLIENT_ID) == []


def test_one_wrong_key_keeps_all_out(api: httpx.Client, public_pem: str) -> None:
    """A refused change leaves no credential behind."""
    assert with_key(api, public_pem, "nonsense").status_code == 400
    assert api.get(f"{URL}/{BILLING_CLIENT_ID}/credentials").json() == []


def test_applications_of_ones_choice(tmp_path: Path) -> None:
    """A tenant has the applications that it is given, and one that its file has keeps what it is."""
    file = tmp_path / "tenant.db"
    first = EmulatedTenant(DOMAIN, data=file, applications={"prodBilling": "Billing"})
    assert first.clients.get("prodBilling")["app_type"] == "non_interactive"
    secret = first.clients.get("prodBilling")["client_secret"]
    first.store.close()
    again = EmulatedTenant(DOMAIN, data=file, applications={"prodBilling": "Other", "prodReports": "Reports"})
    assert again.clients.get("prodBilling")["client_secret"] == secret
    assert again.clients.get("prodBilling")["name"] == "Billing"
    assert again.clients.get("prodReports")["name"] == "Reports"
    again.store.close()


@pytest.mark.parametrize("applications", [{"prodBilling": ""}, []])
def test_unfit_applications_are_refused(applications: Any) -> None:
    """What are no names by client id, or names that Auth0 would not take, is a ValueError."""
    with pytest.raises(ValueError, match="Applications validation error"):
        EmulatedTenant(DOMAIN, applications=applications)
