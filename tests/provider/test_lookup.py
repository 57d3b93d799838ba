"""Look-ups in the program: what they find, once a run, and what they never show."""

from __future__ import annotations

from collections.abc import Awaitable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pulumi
import pytest

from pulumi_auth0_apis import (
    Tenant,
    get_client_grants,
    get_client_grants_output,
    get_clients,
    get_clients_output,
    get_resource_server,
    get_resource_server_output,
    get_resource_servers,
    get_resource_servers_output,
)
from pulumi_auth0_apis.emulator import Sandbox
from pulumi_auth0_apis.errors import ConfigurationError, NotFoundError
from pulumi_auth0_apis.management import Session

from .conftest import Recorder, Run

ORDERS = "https://orders.example.com"
BILLING = "billingServiceSandbox00000000001"


@pytest.fixture(autouse=True)
def _a_run(sandbox: Sandbox, deployment: None) -> None:
    pulumi.runtime.set_mocks(Recorder())


def test_an_api_is_found_without_its_secret(session: Session) -> None:
    """An API is found by its identifier, and its signing secret stays out of the program's plain values."""
    session.resource_servers.create({"identifier": ORDERS, "signing_alg": "HS256"})
    found = get_resource_server(ORDERS)
    assert (found.signing_alg, "signing_secret" in found) == ("HS256", False)


def test_what_is_found_has_attributes_and_keys(session: Session) -> None:
    """A setting is an attribute and a key, one that was not told None, and one that no API has an error."""
    session.resource_servers.create({"identifier": ORDERS, "scopes": [{"value": "read"}]})
    found = get_resource_server(ORDERS)
    assert (found.identifier, found["identifier"]) == (ORDERS, ORDERS)
    assert (found.access_token, "access_token" in found) == (None, False)
    assert not hasattr(found, "token_lifetme")
    assert (found, f"{found!r}"[:26]) == (get_resource_server(ORDERS), "ResourceServerResult({'id'")


def test_auth0s_own_api_is_found(sandbox: Sandbox) -> None:
    """The Management API can be looked up like any other."""
    assert get_resource_server(f"{sandbox.domain}/api/v2/")["is_system"] is True


def test_apis_are_found_by_name(session: Session, sandbox: Sandbox) -> None:
    """All APIs are listed, or those of a name; two of them may have one, and none shows its secret."""
    two = {ORDERS, f"{ORDERS}/v2"}
    for identifier in two:
        session.resource_servers.create({"identifier": identifier, "name": "Orders", "signing_alg": "HS256"})
    everything = get_resource_servers()
    assert {api["identifier"] for api in get_resource_servers("Orders")} == two
    assert {api["identifier"] for api in everything} == {*two, f"{sandbox.domain}/api/v2/"}
    assert not any("signing_secret" in api for api in everything)


def test_a_missing_api_is_an_error() -> None:
    """An identifier that the tenant does not know raises and names it."""
    with pytest.raises(NotFoundError, match=f"has no API of the identifier {ORDERS}"):
        get_resource_server(ORDERS)


def test_grants_are_found_by_api_and_application(session: Session) -> None:
    """Grants of an API or an application are listed, their permissions named as the resource names them."""
    session.resource_servers.create({"identifier": ORDERS})
    session.client_grants.create({"client_id": BILLING, "audience": ORDERS, "scope": ["a"]})
    assert [grant["scopes"] for grant in get_client_grants(audience=ORDERS)] == [["a"]]
    assert [grant["audience"] for grant in get_client_grants(client_id=BILLING)] == [ORDERS]


def test_applications_are_found_by_name() -> None:
    """Applications of a name are listed, without their secrets."""
    (billing,) = get_clients("Billing service")
    assert (billing["client_id"], "client_secret" in billing) == (BILLING, False)
    assert get_clients("Nobody") == []


def test_a_question_is_asked_once_a_run(session: Session) -> None:
    """A look-up keeps its answer for the run, and the next run asks again."""
    made = session.resource_servers.create({"identifier": ORDERS, "token_lifetime": 60})
    assert get_resource_server(ORDERS)["token_lifetime"] == 60
    session.resource_servers.update(made["id"], {"token_lifetime": 90})
    assert get_resource_server(ORDERS)["token_lifetime"] == 60
    pulumi.runtime.set_mocks(Recorder())
    assert get_resource_server(ORDERS)["token_lifetime"] == 90


def test_threads_share_one_question(sandbox: Sandbox) -> None:
    """Eight threads that ask for the applications at once cost one call."""
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: get_clients(), range(8)))
    assert all(answer == answers[0] for answer in answers)
    calls = httpx.get(f"{sandbox.domain}/_sandbox/requests").json()["routes"]
    assert calls["GET /api/v2/clients"] == 1


def test_an_answer_is_the_callers_own(session: Session) -> None:
    """What a program does to an answer is not in the next one."""
    session.resource_servers.create({"identifier": ORDERS, "scopes": [{"value": "read"}]})
    get_resource_server(ORDERS)["scopes"].clear()
    assert get_resource_server(ORDERS)["scopes"] == [{"value": "read"}]


def test_outputs_are_looked_up_too(session: Session, run: Run) -> None:
    """The twins answer the same questions for values that are known only in the run."""
    session.resource_servers.create({"identifier": ORDERS})
    seen: list[Any] = []

    def program() -> pulumi.Output[Any]:
        orders = pulumi.Output.from_input(ORDERS)
        api = get_resource_server_output(orders)
        grants = get_client_grants_output(audience=orders)
        clients = get_clients_output(pulumi.Output.from_input("Billing service"))
        apis = get_resource_servers_output()
        return pulumi.Output.all(api, grants, clients, apis).apply(seen.extend)

    run(program)
    api, grants, clients, apis = seen
    assert api in apis
    assert (api["identifier"], grants, clients[0]["client_id"]) == (ORDERS, [], BILLING)


def of_its_own(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, **settings: Any) -> pulumi.InvokeOptions:
    """The tenant by a `Tenant` alone: the stack's own settings are gone."""
    given = {"client_id": sandbox.environment["AUTH0_CLIENT_ID"], **settings}
    given.setdefault("client_secret", sandbox.environment["AUTH0_CLIENT_SECRET"])
    for name in sandbox.environment:
        monkeypatch.delenv(name)
    return pulumi.InvokeOptions(provider=Tenant("eu", domain=sandbox.domain, **given))


def test_a_tenant_is_looked_into(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program with a Tenant alone looks into that; where it is not given, the error says how."""
    there = of_its_own(sandbox, monkeypatch)
    assert [client.client_id for client in get_clients("Billing service", opts=there)] == [BILLING]
    assert get_resource_server(f"{sandbox.domain}/api/v2/", opts=there).is_system
    assert len(get_resource_servers(opts=there)) == 1
    assert BILLING not in [grant.client_id for grant in get_client_grants(opts=there)]
    with pytest.raises(ConfigurationError, match=r"auth0:domain.*InvokeOptions\(provider"):
        get_clients()


def test_a_tenants_settings_may_come_later(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    """The twins wait for a secret of the Tenant, which makes no secret of what they find."""
    seen: list[Any] = []

    def program() -> pulumi.Output[Any]:
        secret = pulumi.Output.secret(sandbox.environment["AUTH0_CLIENT_SECRET"])
        there = of_its_own(sandbox, monkeypatch, client_secret=secret)
        with pytest.raises(ConfigurationError, match=r'"eu" has .*: auth0:clientSecret\. .*_output'):
            get_clients(opts=there)
        found = get_clients_output("Billing service", there)
        is_secret: Awaitable[bool] = found.is_secret()
        answers = (get_resource_server_output(f"{sandbox.domain}/api/v2/", there), is_secret)
        rest = (get_resource_servers_output(opts=there), get_client_grants_output(ORDERS, opts=there))
        return pulumi.Output.all(found, *answers, *rest).apply(seen.extend)

    run(program)
    (billing,), management, is_secret, apis, grants = seen
    assert (billing.client_id, is_secret) == (BILLING, False)
    assert (apis, grants) == ([management], [])


def test_a_parent_brings_its_tenant(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """A look-up below a component asks the tenant that the component's resources are in."""
    tenant = of_its_own(sandbox, monkeypatch).provider
    assert tenant
    component = pulumi.ComponentResource("team", "team", None, pulumi.ResourceOptions(providers=[tenant]))
    assert get_clients("Billing service", pulumi.InvokeOptions(parent=component))


def test_another_provider_is_refused() -> None:
    """A provider that is no Tenant has no settings that a look-up could use."""
    other = pulumi.ProviderResource("random", "other")
    with pytest.raises(ConfigurationError, match="no Tenant, but a ProviderResource"):
        get_clients(opts=pulumi.InvokeOptions(provider=other))
