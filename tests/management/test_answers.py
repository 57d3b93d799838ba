"""What counts as an answer of the Management API, and what does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from pulumi_auth0_apis.errors import ManagementError, NotFoundError, UnexpectedAnswerError
from pulumi_auth0_apis.management.client import ManagementClient
from pulumi_auth0_apis.management.shapes import COLLECTIONS

from .conftest import Script, answer

MakeClient = Callable[..., ManagementClient]
Body = dict[str, Any]

ORDERS = "https://orders.example.com"
API: Body = {"id": "69a006b6", "identifier": ORDERS, "scopes": [{"value": "read:orders"}]}
GRANT: Body = {"id": "cgr_1", "client_id": "billing", "audience": ORDERS, "scope": ["read:orders"]}
APPLICATION: Body = {"client_id": "billing", "name": "Billing"}
TOTALS = {"total": 1, "start": 0, "limit": 100}

BY_NAME = "resource-servers/https%3A%2F%2Forders.example.com"
BY_NUMBER: Body = {"per_page": 100, "page": 0, "include_totals": True}
BY_CHECKPOINT: Body = {"take": 100}

PAGE = httpx.Response(200, text="<html>Log in", headers={"content-type": "text/html"})
REDIRECT = httpx.Response(302, headers={"location": "https://user:pass@login.example.com/in?state=s3cret"})
PROXY_404 = httpx.Response(404, text="<html>Not found", headers={"content-type": "text/html"})

REQUESTS = [
    ("GET", "resource-servers/69a006b6", "200 with the object"),
    ("GET", "resource-servers", "200 with a page of the list"),
    ("POST", "resource-servers", "201 with the new object"),
    ("PATCH", "client-grants/cgr_1", "200 with the object"),
    ("DELETE", "client-grants/cgr_1", "204 without a body"),
]


def ask(client: ManagementClient, method: str, path: str, **options: Any) -> Any:
    return client.request(method, path, "do it", **options)


def failure(client: ManagementClient, method: str, path: str, **options: Any) -> UnexpectedAnswerError:
    with pytest.raises(UnexpectedAnswerError) as caught:
        ask(client, method, path, **options)
    return caught.value


@pytest.mark.parametrize(
    ("method", "path", "response", "options"),
    [
        ("GET", "resource-servers/69a006b6", answer(200, API), {}),
        ("GET", BY_NAME, answer(200, API), {}),
        ("GET", "resource-servers/69a006b6", answer(200, {**API, "tomorrow": [1]}), {}),
        (
            "GET",
            "resource-servers",
            answer(200, {**TOTALS, "resource_servers": [API]}),
            {"params": BY_NUMBER},
        ),
        ("POST", "resource-servers", answer(201, API), {"json": {"identifier": ORDERS}}),
        ("PATCH", BY_NAME, answer(200, API), {"json": {"name": "x"}}),
        ("PATCH", BY_NAME, answer(201, API), {"json": {"name": "x"}}),
        ("DELETE", "resource-servers/69a006b6", answer(204), {}),
        ("GET", "client-grants/cgr_1", answer(200, GRANT), {}),
        ("GET", "client-grants", answer(200, {**TOTALS, "client_grants": [GRANT]}), {"params": BY_NUMBER}),
        ("GET", "client-grants", answer(200, {"client_grants": [GRANT]}), {"params": BY_CHECKPOINT}),
        ("POST", "client-grants", answer(201, GRANT), {"json": GRANT}),
        ("GET", "clients/billing", answer(200, APPLICATION), {}),
        ("GET", "clients", answer(200, {**TOTALS, "clients": [APPLICATION]}), {"params": BY_NUMBER}),
        (
            "GET",
            "clients/billing",
            answer(200, {"client_secret": "x"}),
            {"params": {"fields": "client_secret", "include_fields": True}},
        ),
    ],
)
def test_the_documented_answer_is_the_answer(
    client: MakeClient, method: str, path: str, response: httpx.Response, options: Body
) -> None:
    """Documented status and shape make a success, whatever else Auth0 adds to an object."""
    expected = response.json() if response.content else None
    assert ask(client(Script([response])), method, path, **options) == expected


@pytest.mark.parametrize(("method", "path", "documented"), REQUESTS)
@pytest.mark.parametrize(
    ("response", "answered"),
    [
        (REDIRECT, "answered 302, a redirect to login.example.com"),
        (PAGE, "answered 200"),
        (answer(202, {}), "answered 202"),
        (httpx.Response(204, content=b"{}"), "answered 204"),
        (answer(206, API), "answered 206"),
        (answer(304), "answered 304"),
        (answer(200, [1]), "answered 200"),
        (answer(200, 1), "answered 200"),
        (answer(200), "answered 200"),
        (answer(201, {}), "answered 201"),
        (PROXY_404, "answered 404"),
        (answer(404, {"error": "Not Found"}), "answered 404"),
        (answer(404, {"statusCode": 403, "message": "…"}), "answered 404"),
        (answer(404, ["statusCode", 404]), "answered 404"),
    ],
)
def test_anything_else_is_an_error_that_names_both(
    client: MakeClient, method: str, path: str, documented: str, response: httpx.Response, answered: str
) -> None:
    """The error tells what was answered and what is documented, once, and a write is left open by it."""
    script = Script(
        [httpx.Response(response.status_code, headers=response.headers, content=response.content)]
    )
    error = failure(client(script), method, path, json={})
    assert f"Could not do it: {method} /api/v2/{path} {answered}" in str(error)
    assert f"the Management API documents {documented}" in str(error)
    assert error.ambiguous is (method != "GET")
    assert ("It may have been carried out." in str(error)) is error.ambiguous
    assert error.status == response.status_code
    assert script.methods == [method]


@pytest.mark.parametrize(
    ("location", "host"),
    [
        ("https://user:pass@login.example.com:8443/in?state=s3cret#s3cret", "login.example.com"),
        ("/in?state=s3cret", "example.eu.auth0.com"),
        ("javascript:s3cret", "another place"),
        ("http://[s3cret", "another place"),
        ("\x01s3cret", "another place"),
        ("", "another place"),
    ],
)
def test_a_redirect_is_told_by_its_host_alone(client: MakeClient, location: str, host: str) -> None:
    """Nobody follows it, and what its address carries besides the host is nobody's business."""
    script = Script([httpx.Response(307, headers={"location": location})])
    error = failure(client(script), "DELETE", "client-grants/cgr_1")
    assert f"a redirect to {host};" in str(error)
    assert "s3cret" not in str(error)
    assert "pass" not in str(error)
    assert len(script.requests) == 1


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
@pytest.mark.parametrize(
    "body",
    [
        {
            "statusCode": 404,
            "error": "Not Found",
            "message": "The resource server does not exist",
            "errorCode": "inexistent_resource_server",
        },
        {"statusCode": 404, "error": "Not Found", "message": "No organization found by that id or name"},
    ],
)
def test_the_apis_own_404_means_gone(client: MakeClient, method: str, body: Body) -> None:
    """The recorded envelope, with and without an errorCode, says that there is no such object."""
    with pytest.raises(NotFoundError):
        ask(client(Script([answer(404, body)])), method, BY_NAME)


@pytest.mark.parametrize(
    ("method", "path", "sent", "body"),
    [
        ("GET", "resource-servers/69a006b7", None, API),
        ("GET", "resource-servers/https%3A%2F%2Forders.example.com%2F", None, API),
        ("PATCH", "resource-servers/69a006b7", {}, API),
        ("POST", "resource-servers", {"identifier": "https://other"}, API),
        ("GET", "client-grants/cgr_2", None, GRANT),
        ("PATCH", "client-grants/cgr_2", {}, GRANT),
        ("POST", "client-grants", {"client_id": "reporting", "audience": ORDERS}, GRANT),
        ("POST", "client-grants", {"client_id": "billing", "audience": "https://other"}, GRANT),
        ("POST", "client-grants", {"default_for": "third_party_clients", "audience": ORDERS}, GRANT),
        ("POST", "client-grants", {**GRANT, "subject_type": "user"}, GRANT),
        ("GET", "clients/reporting", None, APPLICATION),
    ],
)
def test_an_answer_is_about_what_was_asked_for(
    client: MakeClient, method: str, path: str, sent: Body | None, body: Body
) -> None:
    """An object that is not the one of the request is no answer to it."""
    status = 201 if method == "POST" else 200
    error = failure(client(Script([answer(status, body)])), method, path, json=sent)
    assert "with another object" in str(error)


def without(body: Body, name: str) -> Body:
    return {key: value for key, value in body.items() if key != name}


@pytest.mark.parametrize(
    ("path", "body", "where"),
    [
        (BY_NAME, without(API, "id"), "id"),
        (BY_NAME, {**API, "id": 7}, "id"),
        (BY_NAME, {**API, "id": ""}, "id"),
        (BY_NAME, without(API, "identifier"), "identifier"),
        (BY_NAME, {**API, "scopes": None}, "scopes"),
        (BY_NAME, {**API, "scopes": {"value": "read:orders"}}, "scopes"),
        (BY_NAME, {**API, "scopes": ["read:orders"]}, "scopes[0]"),
        (BY_NAME, {**API, "scopes": [{"description": "x"}]}, "scopes[0].value"),
        (BY_NAME, {**API, "scopes": [{"value": "x", "description": ["y"]}]}, "scopes[0].description"),
        (BY_NAME, {**API, "token_encryption": "x"}, "token_encryption"),
        ("client-grants/cgr_1", without(GRANT, "audience"), "audience"),
        ("client-grants/cgr_1", without(GRANT, "client_id"), "client_id or default_for"),
        ("client-grants/cgr_1", {**GRANT, "scope": "read:orders"}, "scope"),
        ("clients/billing", {"name": "Billing"}, "client_id"),
    ],
)
def test_an_object_has_what_makes_it_one(client: MakeClient, path: str, body: Body, where: str) -> None:
    """Fields that identify an object, and those that we look into, are there and of their kind."""
    error = failure(client(Script([answer(200, body)])), "GET", path)
    assert f"answered 200 with an odd body ({where}: " in str(error)


@pytest.mark.parametrize(
    ("params", "body", "where"),
    [
        (BY_NUMBER, {"client_grants": [GRANT]}, "total"),
        (BY_NUMBER, {**TOTALS, "client_grants": [GRANT], "total": "1"}, "total"),
        (BY_NUMBER, {**TOTALS, "client_grants": [GRANT], "total": -1}, "total"),
        (BY_NUMBER, {**TOTALS, "client_grants": [GRANT], "total": True}, "total"),
        (BY_NUMBER, {**TOTALS, "resource_servers": []}, "client_grants"),
        (BY_NUMBER, {**TOTALS, "client_grants": [without(GRANT, "id")]}, "client_grants[0].id"),
        (BY_CHECKPOINT, {"client_grants": {}}, "client_grants"),
        (BY_CHECKPOINT, {"client_grants": [], "next": 7}, "next"),
    ],
)
def test_a_page_has_what_paging_needs(client: MakeClient, params: Body, body: Body, where: str) -> None:
    """A list comes with its objects, and with whole totals or a text that leads on."""
    error = failure(client(Script([answer(200, body)])), "GET", "client-grants", params=params)
    assert f"answered 200 with an odd body ({where}: " in str(error)


def test_another_page_than_asked_for_is_no_answer(client: MakeClient) -> None:
    """A cache that answers every page with the first would keep the paging going, and hide the others."""
    first = {**TOTALS, "total": 200, "resource_servers": [API]}
    pages = client(Script([answer(200, first), answer(200, first)])).pages(
        "resource-servers", "resource_servers", "list the APIs"
    )
    assert next(pages).total == 200
    with pytest.raises(UnexpectedAnswerError, match="with another page"):
        next(pages)


def test_a_checkpoint_that_leads_to_itself_is_no_answer(client: MakeClient) -> None:
    """A list whose next page is the one just asked for would have no end."""
    again = answer(200, {"client_grants": [GRANT], "next": "here"})
    error = failure(client(Script([again])), "GET", "client-grants", params={**BY_CHECKPOINT, "from": "here"})
    assert "with another page" in str(error)


def test_a_setting_that_is_null_is_not_there(client: MakeClient) -> None:
    """Auth0 documents settings that may be null, and leaves them out (recorded): both mean the same."""
    cleared = {**API, "token_encryption": None, "consent_policy": None}
    assert ask(client(Script([answer(200, cleared)])), "GET", BY_NAME) == API
    listed = {**TOTALS, "resource_servers": [cleared]}
    found = ask(client(Script([answer(200, listed)])), "GET", "resource-servers", params=BY_NUMBER)
    assert found["resource_servers"] == [API]


def test_an_odd_body_is_not_shown(client: MakeClient) -> None:
    """The error says what is odd about the answer, and nothing of what it holds."""
    odd = {**API, "scopes": "s3cret", "signing_secret": "s3cret"}
    assert "s3cret" not in str(failure(client(Script([answer(200, odd)])), "GET", BY_NAME))


def test_a_collection_nobody_describes_has_its_statuses(client: MakeClient) -> None:
    """A call of a program's own counts as done by the documented status alone."""
    for path in ("log-streams/1", "client-grants/cgr_1/organizations"):
        assert ask(client(Script([answer(200, ["x"])])), "GET", path) == ["x"]
    with pytest.raises(ManagementError, match="the Management API documents 200"):
        ask(client(Script([answer(202, ["x"])])), "GET", "log-streams/1")


def test_what_belongs_to_an_object_can_be_described(
    client: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list of what an object has is of one shape, whichever object it is."""
    monkeypatch.setitem(COLLECTIONS, "organizations/*/client-grants", COLLECTIONS["client-grants"])
    listed = {**TOTALS, "client_grants": [GRANT]}
    path = "organizations/org_1/client-grants"
    assert ask(client(Script([answer(200, listed)])), "GET", path, params=BY_NUMBER) == listed
    with pytest.raises(UnexpectedAnswerError, match="with an odd body"):
        ask(client(Script([answer(200, TOTALS)])), "GET", path, params=BY_NUMBER)
