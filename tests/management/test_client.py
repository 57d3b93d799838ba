"""What goes over the wire, and how lists are paged."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable
from contextlib import closing

import httpx
import pytest

from pulumi_auth0_apis import __version__
from pulumi_auth0_apis.emulator import Sandbox
from pulumi_auth0_apis.errors import ConnectionFailedError
from pulumi_auth0_apis.management.client import MOST_BY_OFFSET, ManagementClient
from pulumi_auth0_apis.management.reads import PAGE_SIZE
from pulumi_auth0_apis.management.settings import ConnectionSettings

from .conftest import NONE, Script, answer

MakeClient = Callable[..., ManagementClient]


def test_a_request_says_who_sends_it(client: MakeClient) -> None:
    """User-Agent and Auth0-Client name this package and its version, by the convention of Auth0's SDKs."""
    script = Script([answer(200, NONE)])
    client(script).request("GET", "resource-servers", "…")
    headers = script.requests[0].headers
    assert headers["user-agent"].startswith(f"pulumi-auth0-apis/{__version__} (Python/3.")
    told = json.loads(base64.b64decode(headers["auth0-client"]))
    assert (told["name"], told["version"]) == ("pulumi-auth0-apis", __version__)
    assert told["env"]["python"].startswith("3.")


def test_a_request_goes_to_the_management_api(client: MakeClient) -> None:
    """Path, token, body and query are where the API wants them."""
    script = Script([answer(201, {"id": "1", "client_id": "c", "audience": "a"})])
    client(script).request("POST", "client-grants", "…", json={"scope": []}, params={"fields": "id"})
    request = script.requests[0]
    assert str(request.url) == "https://example.eu.auth0.com/api/v2/client-grants?fields=id"
    assert request.headers["authorization"] == "Bearer t0ken"
    assert json.loads(request.content) == {"scope": []}


def test_an_empty_answer_is_none(client: MakeClient) -> None:
    """204 has no body although Auth0 labels it as JSON (recorded)."""
    assert client(Script([answer(204)])).request("DELETE", "client-grants/x", "…") is None


class Lister:
    """A tenant with a list of grants or APIs, paged as recorded: by offset with totals, or by checkpoint."""

    def __init__(self, count: int) -> None:
        self.items = [
            {"id": str(n), "client_id": "c", "identifier": str(n), "audience": "a"} for n in range(count)
        ]
        self.queries: list[dict[str, str]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        query = dict(request.url.params)
        self.queries.append(query)
        if "take" in query:
            start = int(query.get("from", 0))
            end = start + int(query["take"])
            more = {"next": str(end)} if end < len(self.items) else {}
            return answer(200, {"client_grants": self.items[start:end], **more})
        start = int(query["page"]) * int(query["per_page"])
        page = self.items[start : start + int(query["per_page"])]
        key = request.url.path.rpartition("/")[2].replace("-", "_")
        return answer(200, {"total": len(self.items), "start": start, key: page})


def listed(client: ManagementClient, path: str = "client-grants") -> list[object]:
    pages: Iterable[object] = (
        item
        for page in client.pages(path, path.replace("-", "_"), "…", {"audience": "a"})
        for item in page.items
    )
    return list(pages)


@pytest.mark.parametrize(("count", "calls"), [(0, 1), (1, 1), (100, 1), (101, 2), (1000, 10)])
def test_a_list_is_paged_by_number(client: MakeClient, count: int, calls: int) -> None:
    """One call a hundred objects, with the total from the first, and the filters on each."""
    lister = Lister(count)
    assert listed(client(lister)) == lister.items
    assert len(lister.queries) == calls
    assert lister.queries[-1] == {
        "audience": "a",
        "per_page": str(PAGE_SIZE),
        "include_totals": "true",
        "page": str(calls - 1),
    }


def test_a_long_list_goes_on_by_checkpoint(client: MakeClient) -> None:
    """Page numbers end at a thousand objects, so a longer list starts again by checkpoint."""
    lister = Lister(MOST_BY_OFFSET + 1)
    seen = listed(client(lister))
    assert seen == lister.items[:PAGE_SIZE] + lister.items
    assert [query.get("from") for query in lister.queries[1:3]] == [None, "100"]
    assert {query["audience"] for query in lister.queries} == {"a"}


def test_a_list_without_checkpoints_is_paged_by_number_to_its_end(client: MakeClient) -> None:
    """APIs have no other way of paging, however many there are."""
    lister = Lister(MOST_BY_OFFSET + 1)
    assert listed(client(lister), "resource-servers") == lister.items


def test_a_page_is_fetched_when_it_is_taken(client: MakeClient) -> None:
    """Who stops after a page pays for no other."""
    lister = Lister(500)
    pages = client(lister).pages("client-grants", "client_grants", "…")
    assert next(pages).total == 500
    assert len(lister.queries) == 1


def test_a_list_that_shrinks_comes_to_an_end(client: MakeClient) -> None:
    """Objects deleted while they are listed do not keep the paging going."""
    lister = Lister(250)
    pages = client(lister).pages("client-grants", "client_grants", "…")
    next(pages)
    lister.items = lister.items[:100]
    assert [page.items for page in pages] == [[]]


def test_a_certificate_that_nobody_vouches_for_is_refused() -> None:
    """No secret goes to whoever answers there: the connection ends before the first request."""
    with Sandbox(tls=True) as sandbox:
        settings = ConnectionSettings.resolve(
            {"auth0:domain": sandbox.domain, "auth0:apiToken": sandbox.api_token}, {}
        )
        with (
            closing(ManagementClient(settings)) as client,
            pytest.raises(ConnectionFailedError, match="certificate"),
        ):
            client.request("GET", "clients", "read the applications", once=True)
        assert not sandbox.calls
