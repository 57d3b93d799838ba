"""Filter expressions of the search routes."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from pulumi_auth0_apis.emulator import EmulatedTenant, ManualClock

URL = "/api/v2/resource-servers/search"


@pytest.fixture(autouse=True)
def apis(tenant: EmulatedTenant) -> None:
    """Four APIs, one without a name, one with a name full of operators."""
    tenant.resource_servers.create({"identifier": "https://b", "name": "Billing API", "signing_alg": "HS256"})
    tenant.resource_servers.create({"identifier": "https://a", "name": "Orders"})
    tenant.resource_servers.create({"identifier": "urn:c"})
    tenant.resource_servers.create({"identifier": "d", "name": "this and that or other"})


@pytest.mark.parametrize(
    ("parser", "q", "found"),
    [
        ("scim", 'name eq "Billing API"', ["https://b"]),
        ("scim", 'identifier sw "https://" and name ne "Orders"', ["https://b"]),
        ("scim", 'name eq "Orders" or identifier eq "urn:c"', ["https://a", "urn:c"]),
        ("scim", 'identifier ew "c"', ["urn:c"]),
        ("scim", "name pr and identifier ge https", ["https://b", "https://a"]),
        ("scim", 'name eq "this and that or other"', ["d"]),
        ("lucene", 'name:"Billing API"', ["https://b"]),
        ("lucene", 'name:"this and that or other" OR name:Orders', ["https://a", "d"]),
        ("lucene", "identifier:https* AND name:Orders", ["https://a"]),
        ("lucene", "name:Orders OR identifier:urn*", ["https://a", "urn:c"]),
    ],
)
def test_expressions(api: httpx.Client, parser: str, q: str, found: list[str]) -> None:
    """Both syntaxes select what they say, in order of creation."""
    answer = api.get(URL, params={"parser": parser, "q": q}).json()
    shown = [each for each in answer["resource_servers"] if "is_system" not in each]
    assert [each["identifier"] for each in shown] == found


def test_sort_project_and_page(api: httpx.Client) -> None:
    """Results can be sorted, projected and paged; a signing secret never shows."""
    query: dict[str, Any] = {"sort": "identifier", "fields": "identifier,signing_secret", "take": 2}
    first = api.get(URL, params=query).json()
    second = api.get(URL, params=query | {"from": first["next"]}).json()
    every = first["resource_servers"] + second["resource_servers"]
    assert [each["identifier"] for each in every] == sorted(each["identifier"] for each in every)
    assert all(list(each) == ["identifier"] for each in every)


def test_when_an_api_was_updated(api: httpx.Client, tenant: EmulatedTenant, clock: ManualClock) -> None:
    """Results can be sorted and selected by the time of the last update, which they do not show."""
    clock.advance(60)
    tenant.resource_servers.update("https://a", {"name": "Orders again"})
    moment = tenant.now
    clock.advance(60)
    tenant.resource_servers.update("urn:c", {"name": "C"})
    later = {"parser": "scim", "q": f'updated_at ge "{moment}"'}
    for query in ({"sort": "updated_at"}, later):
        found = api.get(URL, params=query).json()["resource_servers"]
        assert [each["identifier"] for each in found][-2:] == ["https://a", "urn:c"]
        assert all("updated_at" not in each for each in found)
    assert len(found) == 2


@pytest.mark.parametrize(
    ("parser", "q"),
    [
        ("scim", "name is good"),
        ("lucene", "just words"),
        ("lucene", "colour:red"),
        ("lucene", " AND ".join(["name:x"] * 6)),
    ],
)
def test_what_cannot_be_searched_is_refused(api: httpx.Client, parser: str, q: str) -> None:
    """An expression that does not parse, an unknown field, a sixth condition: 400."""
    assert api.get(URL, params={"parser": parser, "q": q}).status_code == 400
