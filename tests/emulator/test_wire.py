"""Requests as no client should send them, and answers as Auth0's runtime would write them."""

from __future__ import annotations

import asyncio
import base64
import json
from typing import Any

import httpx
import pytest

from pulumi_auth0_apis.emulator import EmulatedTenant, create_app

URL = "/api/v2/resource-servers"


def post(api: httpx.Client, body: str) -> httpx.Response:
    return api.post(URL, content=body.encode(), headers={"content-type": "application/json"})


@pytest.mark.parametrize("body", ["", "{", '{"identifier": NaN}', "[" * 100_000, '{"a":' * 100_000])
def test_what_is_no_json_is_400(api: httpx.Client, body: str) -> None:
    """A body that is not JSON, or nested a hundred thousand deep, is refused as such."""
    answer = post(api, body)
    assert (answer.status_code, answer.json()["message"]) == (400, "Invalid request payload JSON format")


def test_a_whole_number_is_an_integer(api: httpx.Client) -> None:
    """Pulumi sends 3600.0, which is 3600 where there is one kind of number."""
    answer = post(api, '{"identifier": "x", "token_lifetime": 3600.0}')
    assert '"token_lifetime":3600,' in answer.text


def test_a_number_too_large_to_hold_is_null(api: httpx.Client) -> None:
    """1e999 is read as ECMAScript reads it, and never comes back as something that is no JSON."""
    body = {"name": "x", "client_metadata": {"large": 0}}
    answer = api.post("/api/v2/clients", content=json.dumps(body).replace("0", "1e999").encode())
    assert answer.json()["client_metadata"] == {"large": None}


def test_half_a_surrogate_pair_comes_back_escaped(api: httpx.Client) -> None:
    """A text that UTF-8 cannot carry is kept, and answered as it was sent."""
    answer = post(api, '{"identifier": "x\\ud800"}')
    assert answer.status_code == 201
    assert r'"identifier":"x\ud800"' in answer.text


@pytest.mark.parametrize("token", [["a", "b"], [1.5, "b"], [-1, "b"], [0, "b"], [1], {}, None])
def test_a_checkpoint_of_another_form_is_400(api: httpx.Client, token: Any) -> None:
    """A `from` that decodes to something else than a position is refused."""
    text = base64.urlsafe_b64encode(json.dumps(token).encode()).decode()
    answer = api.get("/api/v2/client-grants", params={"from": text})
    assert (answer.status_code, answer.json()["errorCode"]) == (400, "invalid_paging")


def test_a_client_that_goes_before_it_has_sent_all_is_no_error(
    tenant: EmulatedTenant, api: httpx.Client
) -> None:
    """As when somebody kills a deployment: nothing is made, and nothing raised for a log to print."""

    async def gone() -> dict[str, str]:
        return {"type": "http.disconnect"}

    async def answered(message: Any) -> None:
        sent.append(message["type"])

    sent: list[str] = []
    headers = [(b"authorization", api.headers["authorization"].encode()), (b"host", b"127.0.0.1:8080")]
    scope = {
        "type": "http",
        "method": "POST",
        "path": URL,
        "raw_path": URL.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [*headers, (b"content-type", b"application/json"), (b"content-length", b"100")],
    }
    before = tenant.resource_servers.list()
    asyncio.run(create_app(tenant)(scope, gone, answered))
    assert sent[0] == "http.response.start"
    assert tenant.resource_servers.list() == before
