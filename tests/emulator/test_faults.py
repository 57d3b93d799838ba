"""Faults and latency on demand, in this process; test_sandbox breaks real connections."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from pulumi_auth0_apis.emulator import EmulatedTenant
from pulumi_auth0_apis.emulator.latency import parse_latency

from .conftest import Connect

URL = "/api/v2/resource-servers"
FAULTS = "/_sandbox/faults"


def test_an_error_strikes_as_often_as_asked_and_keeps_the_call_out(api: httpx.Client) -> None:
    """Two 503s, then the call goes through; the refused ones took no effect."""
    api.post(FAULTS, json={"kind": "error", "status": 503, "times": 2, "method": "POST"})
    calls = [api.post(URL, json={"identifier": "x"}).status_code for _ in range(3)]
    assert calls == [503, 503, 201]
    assert api.get(FAULTS).json() == []


def test_a_fault_strikes_the_calls_that_match(api: httpx.Client) -> None:
    """Method and path choose the calls; all others pass, and the fault waits."""
    api.post(FAULTS, json=[{"kind": "error", "method": "GET", "path": "/api/v2/client-grants*"}])
    assert api.get(URL).status_code == 200
    assert api.get("/api/v2/client-grants/cgr_x").status_code == 503


def test_429_with_and_without_headers(api: httpx.Client, tenant: EmulatedTenant) -> None:
    """A forced 429 tells when to come back, or nothing at all, or Retry-After."""
    api.post(FAULTS, json={"kind": "error", "status": 429})
    api.post(FAULTS, json={"kind": "error", "status": 429, "headers": False})
    api.post(FAULTS, json={"kind": "error", "status": 429, "headers": False, "retry_after": 7})
    told, silent, later = (api.get(URL) for _ in range(3))
    assert told.headers["x-ratelimit-reset"] == str(int(tenant.clock()) + 1)
    assert "x-ratelimit-reset" not in silent.headers
    assert later.headers["retry-after"] == "7"


@pytest.mark.parametrize("after", [False, True])
def test_another_answer_comes_in_place_of_the_tenants(
    api: httpx.Client, tenant: EmulatedTenant, after: bool
) -> None:
    """Status, headers and text are those asked for, before or after the call took effect."""
    page = {"status": 202, "body": "<html>", "headers": {"content-type": "text/html", "x-odd": "1"}}
    api.post(FAULTS, json={"kind": "answer", "after": after, **page})
    answer = api.post(URL, json={"identifier": "x"})
    assert (answer.status_code, answer.text, answer.headers["x-odd"]) == (202, "<html>", "1")
    assert answer.headers["content-type"] == "text/html"
    assert (tenant.resource_servers.find("x") is not None) is after


def test_what_another_answer_leaves_open_stays_as_it_is(api: httpx.Client) -> None:
    """A header alone is changed on the tenant's own answer, a status alone on its body."""
    api.post(FAULTS, json={"kind": "answer", "after": True, "headers": {"x-ratelimit-remaining": "-1"}})
    api.post(FAULTS, json={"kind": "answer", "after": True, "status": 206})
    made, read = api.post(URL, json={"identifier": "x"}), api.get(f"{URL}/x")
    assert (made.status_code, made.headers["x-ratelimit-remaining"]) == (201, "-1")
    assert (read.status_code, read.json()) == (206, made.json())


def test_faults_can_be_forgotten(api: httpx.Client) -> None:
    """DELETE calls off what has not struck, even a fault without end."""
    api.post(FAULTS, json={"kind": "error", "times": None})
    assert [api.get(URL).status_code for _ in range(2)] == [503, 503]
    api.delete(FAULTS)
    assert api.get(URL).status_code == 200


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "flood"},
        {},
        {"kind": "error", "status": 200},
        {"kind": "error", "headers": {"x": "y"}},
        {"kind": "answer", "headers": {"x": 7}},
        {"kind": "answer", "status": 99},
        "error",
        7,
    ],
)
def test_what_is_no_fault_is_refused(api: httpx.Client, fault: Any) -> None:
    """A fault of no known kind is 400."""
    assert api.post(FAULTS, json=fault).status_code == 400


def test_one_wrong_fault_keeps_all_out(api: httpx.Client) -> None:
    """A list is added whole or not at all."""
    assert api.post(FAULTS, json=[{"kind": "error"}, {"kind": "flood"}]).status_code == 400
    assert api.get(FAULTS).json() == []


def test_a_skew_waits_for_a_token(api: httpx.Client) -> None:
    """A call that has no dates to skew leaves the fault where it is."""
    api.post(FAULTS, json={"kind": "skew", "seconds": -3600})
    api.get(URL)
    assert len(api.get(FAULTS).json()) == 1


def test_a_skewed_token_is_dated_off(api: httpx.Client, tenant: EmulatedTenant) -> None:
    """A token of a clock an hour behind with a shorter lifetime is expired on arrival."""
    tenant.resource_servers.update(tenant.management_audience, {"token_lifetime": 60})
    api.post(FAULTS, json={"kind": "skew", "seconds": -3600})
    form = {
        "grant_type": "client_credentials",
        "client_id": tenant.client_id,
        "client_secret": tenant.client_secret,
        "audience": tenant.management_audience,
    }
    late, good = (api.post("/oauth/token", data=form).json()["access_token"] for _ in range(2))
    assert api.get(URL, headers={"authorization": f"Bearer {late}"}).status_code == 401
    assert api.get(URL, headers={"authorization": f"Bearer {good}"}).status_code == 200


def test_latency_and_delays_are_waited(tenant: EmulatedTenant, connect: Connect) -> None:
    """Every answer waits the latency, a delayed one longer, a slow body in ten pieces."""
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)
        await asyncio.sleep(0)

    faults = [{"kind": "delay", "seconds": 2}, {"kind": "slow", "seconds": 1}]
    api = connect(tenant, latency="50ms", faults=faults, sleep=sleep)
    answers = [api.get(f"{URL}/nowhere") for _ in range(3)]
    assert waited == pytest.approx([2.05, 0.05, *[0.1] * 10, 0.05])
    assert {answer.status_code for answer in answers} == {404}


def test_latency_distributions() -> None:
    """A number, a duration, a range and a median with a 99th percentile are understood."""
    assert parse_latency(0.5)() == 0.5
    assert parse_latency("50ms")() == 0.05
    assert all(0.02 <= parse_latency("20ms-80ms")() <= 0.08 for _ in range(50))
    samples = sorted(parse_latency("50ms/400ms")() for _ in range(999))
    assert 0.03 < samples[499] < 0.08
    assert parse_latency(0.00001)() == 0.00001
    for wrong in ("soon", "0ms/400ms", "400ms/50ms"):
        with pytest.raises(ValueError, match=wrong):
            parse_latency(wrong)


def test_calls_are_counted_by_route_and_status(api: httpx.Client) -> None:
    """Failed calls and tokens count as well; the sandbox's own routes do not."""
    api.get(f"{URL}/one")
    api.get(f"{URL}/two")
    api.post("/oauth/token")
    assert api.get("/_sandbox/requests").json() == {
        "total": 3,
        "routes": {"GET /api/v2/resource-servers/{id}": 2, "POST /oauth/token": 1},
        "statuses": {"400": 1, "404": 2},
    }
    assert api.delete("/_sandbox/requests").status_code == 204
    assert api.get("/_sandbox/requests").json() == {"total": 0, "routes": {}, "statuses": {}}
