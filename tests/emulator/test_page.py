"""The tenant in a browser."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import httpx
import pytest

from pulumi_auth0_apis.emulator import (
    BILLING_CLIENT_ID,
    REPORTING_CLIENT_ID,
    EmulatedTenant,
    ManualClock,
    create_app,
)

from .conftest import DOMAIN, Connect

AUDIENCE = "https://orders.example.com"


def fill(tenant: EmulatedTenant) -> str:
    """An API with two permissions, of which the billing service has one; its path on the page."""
    scopes = [{"value": "read:orders", "description": "Read <orders>"}, {"value": "write:orders"}]
    settings: dict[str, Any] = {"identifier": AUDIENCE, "name": "Orders API", "scopes": scopes}
    api = tenant.resource_servers.create(settings | {"enforce_policies": True, "token_lifetime": 3600})
    grant = {"client_id": BILLING_CLIENT_ID, "audience": AUDIENCE, "scope": ["read:orders"]}
    tenant.client_grants.create(grant)
    return f"/apis/{api['id']}"


@pytest.fixture
def path(tenant: EmulatedTenant) -> str:
    """The API's path on the page."""
    return fill(tenant)


def scopes(tenant: EmulatedTenant) -> list[str]:
    return [scope["value"] for scope in tenant.resource_servers.get(AUDIENCE)["scopes"]]


def test_apis_are_listed(api: httpx.Client, path: str) -> None:
    """The first page lists every API, the Management API among them, and links to each."""
    page = api.get("/").text
    assert "Auth0 Management API" in page
    assert f'<a href="{path}/settings">Orders API</a>' in page


def test_settings_have_the_dashboards_names(api: httpx.Client, path: str) -> None:
    """The Settings tab shows values under the labels of Auth0's dashboard."""
    page = re.sub(r"\s+", " ", api.get(f"{path}/settings").text)
    assert "<dt>Maximum Access Token Lifetime (Seconds)</dt><dd>3600 (1 hour)</dd>" in page
    assert "<dt>Enable RBAC</dt><dd>On</dd>" in page
    assert 'aria-current="page">Settings</a>' in page
    assert "<dt>Anonymous Access</dt><dd>Not set</dd>" in page


def test_anonymous_access_is_shown(api: httpx.Client, tenant: EmulatedTenant, path: str) -> None:
    """The Settings tab tells how anonymous sessions get at the API, and for how long."""
    access = {"anonymous_user": {"policy": "require_client_grant"}}
    changes = {"token_lifetime_for_anonymous_access_tokens": 172_800, "subject_type_authorization": access}
    tenant.resource_servers.update(path.rpartition("/")[2], changes)
    page = re.sub(r"\s+", " ", api.get(f"{path}/settings").text)
    assert "<dt>Anonymous Access Token Lifetime (Seconds)</dt><dd>172800 (2 days)</dd>" in page
    assert "<dt>Anonymous Access</dt><dd>Require client grant</dd>" in page


def test_what_users_write_is_escaped(api: httpx.Client, path: str) -> None:
    """A description is text, not markup."""
    assert "Read &lt;orders&gt;" in api.get(f"{path}/permissions").text


def test_what_nobody_would_see_is_shown(api: httpx.Client, tenant: EmulatedTenant, path: str) -> None:
    """A name that turns the direction of writing cannot pass for another."""
    tenant.resource_servers.update(path.rpartition("/")[2], {"name": "a\u202eb"})
    page = api.get(path).text
    assert "a\\u202eb" in page and "\u202e" not in page


def test_permissions_are_added_and_removed(api: httpx.Client, tenant: EmulatedTenant, path: str) -> None:
    """The two forms change the API's scopes and lead back to the tab."""
    url = f"{path}/permissions"
    added = api.post(url, data={"value": "refund:orders", "description": "Refund"})
    assert (added.status_code, added.headers["location"]) == (303, url)
    api.post(url, data={"remove": "read:orders"})
    assert scopes(tenant) == ["write:orders", "refund:orders"]


def test_what_others_write_while_a_form_arrives_is_kept(tenant: EmulatedTenant, path: str) -> None:
    """Two additions at the same time are both there afterwards."""

    async def receive() -> dict[str, Any]:
        tenant.resource_servers.update(AUDIENCE, {"scopes": [{"value": "drop:orders"}]})
        return {"type": "http.request", "body": b"value=refund:orders"}

    async def send(_: object) -> None:
        """Nobody reads the answer."""

    where = {"method": "POST", "path": f"{path}/permissions", "query_string": b""}
    headers = [(b"host", b"localhost")]
    asyncio.run(create_app(tenant)({"type": "http", "headers": headers, **where}, receive, send))
    assert scopes(tenant) == ["drop:orders", "refund:orders"]


@pytest.mark.parametrize("value", ["", "x" * 281, "write:orders"])
def test_a_permission_must_be_one(api: httpx.Client, tenant: EmulatedTenant, path: str, value: str) -> None:
    """The form follows the API's rules and shows their refusal."""
    answer = api.post(f"{path}/permissions", data={"value": value})
    assert answer.status_code == 400
    assert scopes(tenant) == ["read:orders", "write:orders"]


def test_applications_are_authorized_and_revoked(
    api: httpx.Client, tenant: EmulatedTenant, path: str
) -> None:
    """The toggle makes a grant and takes it away; the checkboxes are its scopes."""
    url = f"{path}/machine-to-machine"
    form = {"client_id": REPORTING_CLIENT_ID}
    api.post(url, data=form | {"authorize": ""})
    api.post(url, data=form | {"update": "", "scope": ["read:orders", "write:orders"]})
    grant = tenant.client_grants.find(REPORTING_CLIENT_ID, AUDIENCE)
    assert grant is not None
    assert grant["scope"] == ["read:orders", "write:orders"]
    api.post(url, data=form | {"revoke": ""})
    assert tenant.client_grants.find(REPORTING_CLIENT_ID, AUDIENCE) is None


def test_the_test_tab_shows_a_token(api: httpx.Client, path: str) -> None:
    """The Test tab gets a token for an authorized application and decodes it."""
    page = api.get(f"{path}/test").text
    assert "--data-urlencode audience=https://orders.example.com" in page
    assert f"{BILLING_CLIENT_ID}@clients" in page


def test_the_log_shows_calls_and_the_gauge_what_is_left(clock: ManualClock, connect: Connect) -> None:
    """The fragment that the page fetches has the last calls and the bucket; fetching it is no call."""
    api = connect(EmulatedTenant(DOMAIN, plan="free", clock=clock))
    api.get("/api/v2/resource-servers/nowhere")
    for _ in range(3):
        fragment = api.get("/_page/traffic").text
    assert "Rate limit: 1 of 2 left" in fragment
    assert fragment.count("<li>") == 1
    assert "/resource-servers/nowhere" in fragment


def test_forms_of_other_sites_are_refused(api: httpx.Client, tenant: EmulatedTenant, path: str) -> None:
    """A form whose Origin is another site changes nothing."""
    form = {"remove": "read:orders"}
    answer = api.post(f"{path}/permissions", data=form, headers={"origin": "https://evil.example.com"})
    assert answer.status_code == 403
    assert len(scopes(tenant)) == 2
    assert api.post(f"{path}/permissions", data=form, headers={"origin": DOMAIN}).status_code == 303


@pytest.mark.parametrize("where", ["/apis/nowhere", "/apis/nowhere/settings"])
def test_an_api_that_is_not_there_is_a_page_that_says_so(api: httpx.Client, where: str) -> None:
    """An unknown API is a readable 404."""
    answer = api.get(where)
    assert (answer.status_code, "The resource server does not exist" in answer.text) == (404, True)


def test_a_refused_token_is_shown_where_it_was_asked_for(
    api: httpx.Client, tenant: EmulatedTenant, path: str
) -> None:
    """The Test tab of an API that denies applications shows Auth0's refusal, and the call that gets it."""
    denied = {"subject_type_authorization": {"client": {"policy": "deny_all"}}}
    tenant.resource_servers.update(AUDIENCE, denied)
    answer = api.get(f"{path}/test")
    assert answer.status_code == 200
    assert "access_denied" in answer.text
    assert "decoded" not in answer.text


def test_no_secret_is_shown_but_in_the_test_tab(api: httpx.Client, tenant: EmulatedTenant, path: str) -> None:
    """Auth0's dashboard has the application's secret in the Test tab's call; so has this, and no more."""
    kept = tenant.resource_servers.update(AUDIENCE, {"signing_alg": "HS256"})
    secrets = [client["client_secret"] for client in tenant.clients] + [kept["signing_secret"]]
    for where in ("/", *(f"{path}/{tab}" for tab in ("settings", "permissions", "machine-to-machine"))):
        page = api.get(where).text
        assert not [secret for secret in secrets if secret in page]
    shown = [secret for secret in secrets if secret in api.get(f"{path}/test").text]
    assert shown == [tenant.clients.get(BILLING_CLIENT_ID)["client_secret"]]


@pytest.mark.parametrize("form", [{}, {"authorize": ""}, {"client_id": "nobody", "authorize": ""}])
def test_a_form_without_an_application_changes_nothing(
    api: httpx.Client, tenant: EmulatedTenant, path: str, form: dict[str, str]
) -> None:
    """A form that names no application, or none that is there, is no server error and makes no grant."""
    assert api.post(f"{path}/machine-to-machine", data=form).status_code < 500
    assert len(tenant.client_grants.list(audience=AUDIENCE)) == 1
