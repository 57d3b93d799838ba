"""Rate limits and entity limits by plan."""

from __future__ import annotations

import httpx
import pytest

from pulumi_auth0_apis.emulator import EmulatedTenant, ManualClock
from pulumi_auth0_apis.emulator.plans import PLANS

from .conftest import DOMAIN, Connect

URL = "/api/v2/resource-servers"


@pytest.mark.parametrize("name", PLANS)
def test_burst_then_refill(name: str, clock: ManualClock, connect: Connect) -> None:
    """A plan admits its burst, refuses the next call, and admits as many as have dripped in since."""
    rate = PLANS[name].rate
    api = connect(EmulatedTenant(DOMAIN, plan=name, clock=clock))
    assert [api.get(URL).status_code for _ in range(rate.burst + 1)] == [200] * rate.burst + [429]
    clock.advance(2 / rate.per_second)
    assert [api.get(URL).status_code for _ in range(3)] == [200, 200, 429]


def test_headers_count_down_to_the_recorded_429(clock: ManualClock, connect: Connect) -> None:
    """Each answer tells limit, remaining and reset; at zero comes the recorded body with them."""
    api = connect(EmulatedTenant(DOMAIN, plan="free", clock=clock))
    answers = [api.get(URL) for _ in range(3)]
    assert [answer.headers["x-ratelimit-remaining"] for answer in answers] == ["1", "0", "0"]
    assert {answer.headers["x-ratelimit-limit"] for answer in answers} == {"2"}
    assert answers[-1].headers["x-ratelimit-reset"] == str(int(clock()) + 1)
    assert answers[-1].text == (
        '{"statusCode":429,"error":"Too Many Requests","message":"Global limit has been reached",'
        '"errorCode":"too_many_requests"}'
    )
    clock.advance(1)
    assert api.get(URL).status_code == 200


def test_some_routes_have_a_bucket_of_their_own(clock: ManualClock, connect: Connect) -> None:
    """Self-service plans count the list of clients apart from everything else."""
    api = connect(EmulatedTenant(DOMAIN, plan="self-service", clock=clock))
    answers = [api.get("/api/v2/clients") for _ in range(6)]
    assert answers[-1].json()["message"] == "Endpoint limit has been reached"
    assert api.get(URL).status_code == 200


def test_refusals_cost_a_call(clock: ManualClock, connect: Connect) -> None:
    """A call that is refused for another reason takes its token as well, and carries the headers."""
    api = connect(EmulatedTenant(DOMAIN, plan="free", clock=clock))
    answers = [api.get(f"{URL}/nowhere") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [404, 404, 429]
    assert answers[0].headers["x-ratelimit-remaining"] == "1"


def test_no_plan_is_no_limit(api: httpx.Client) -> None:
    """Without a plan a hundred calls at one moment are all answered."""
    assert {api.get(URL).status_code for _ in range(100)} == {200}


def test_a_plan_limits_entities(clock: ManualClock, connect: Connect) -> None:
    """The free plan holds ten APIs; the eleventh is refused as users report it."""
    tenant = EmulatedTenant(DOMAIN, plan="free", clock=clock)
    for number in range(9):
        tenant.resource_servers.create({"identifier": str(number)})
    answer = connect(tenant).post(URL, json={"identifier": "one more"})
    assert answer.status_code == 403
    assert answer.json()["errorCode"] == "too_many_entities"


def test_an_unknown_plan_names_those_there_are() -> None:
    """A misspelt plan is refused with the list."""
    with pytest.raises(ValueError, match="free, self-service, enterprise-dev, enterprise"):
        EmulatedTenant(DOMAIN, plan="gold")
