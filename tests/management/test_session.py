"""The session on a sandbox tenant: what resources call, and what it costs."""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from pulumi_auth0_apis.emulator import BILLING_CLIENT_ID, REPORTING_CLIENT_ID, Sandbox
from pulumi_auth0_apis.errors import ConfigurationError, ConflictError, NotFoundError
from pulumi_auth0_apis.management import Session, scope_batches, scope_gathering, session_for

from .conftest import MakeSession, calls, forget_calls

ORDERS = "https://orders.example.com/v1?a=b"


def in_four_threads(operation: Callable[..., Any], arguments: Iterable[tuple[Any, ...]]) -> list[Any]:
    """Run it with each of the arguments, as the SDK's provider process does."""
    with ThreadPoolExecutor(4) as threads:
        return list(threads.map(lambda each: operation(*each), arguments))


def new_application(session: Session) -> str:
    body = {"app_type": "non_interactive", "name": "…"}
    client_id: str = session.client.request("POST", "clients", "make an application", json=body)["client_id"]
    return client_id


def grant_body(client_id: str = BILLING_CLIENT_ID, **more: object) -> dict[str, object]:
    return {"client_id": client_id, "audience": ORDERS, "scope": [], **more}


def test_an_api_lives_and_dies(session: Session) -> None:
    """Made, found by both of its names, changed, deleted, and deleted again without complaint."""
    apis = session.resource_servers
    made = apis.create({"identifier": ORDERS, "name": "Orders"})
    assert apis.get(ORDERS) == apis.get(made["id"]) == apis.find(ORDERS) == made
    assert apis.update(made["id"], {"token_lifetime": 600, "token_lifetime_for_web": 600})["name"] == "Orders"
    assert apis.get(ORDERS)["token_lifetime"] == 600
    apis.delete(made["id"])
    apis.delete(made["id"])
    assert apis.find(ORDERS) is None
    with pytest.raises(NotFoundError):
        apis.get(made["id"])


def test_a_taken_identifier_is_a_conflict(session: Session) -> None:
    """Making an API that is there says so and names it."""
    session.resource_servers.create({"identifier": ORDERS})
    with pytest.raises(ConflictError, match=r'create the API "https://orders'):
        session.resource_servers.create({"identifier": ORDERS})


def test_permissions_live_and_die(session: Session) -> None:
    """Written, described anew, left without description, read, deleted twice; with the API and without."""
    session.resource_servers.create({"identifier": ORDERS})
    scopes = session.scopes
    assert scopes.write(ORDERS, "read:a", "A") == {"value": "read:a", "description": "A"}
    assert scopes.write(ORDERS, "read:a", None) == {"value": "read:a"}
    assert scopes.read(ORDERS) == [{"value": "read:a"}]
    scopes.delete(ORDERS, "read:a")
    scopes.delete(ORDERS, "read:a")
    assert scopes.read(ORDERS) == []
    scopes.delete("https://nowhere.example.com", "read:a")
    with pytest.raises(NotFoundError):
        scopes.read("https://nowhere.example.com")
    with pytest.raises(NotFoundError):
        scopes.write("https://nowhere.example.com", "read:a", None)


def test_a_grant_lives_and_dies(session: Session) -> None:
    """Made, read, found by its key, changed, listed, deleted, and deleted again without complaint."""
    grants = session.client_grants
    session.resource_servers.create({"identifier": ORDERS, "scopes": [{"value": "read:a"}]})
    made = grants.create(grant_body())
    assert grants.get(made["id"]) == made
    assert grants.find(client_id=BILLING_CLIENT_ID, audience=ORDERS) == made
    assert grants.update(made["id"], {"scope": ["read:a"]})["scope"] == ["read:a"]
    assert [grant["scope"] for grant in grants.list(audience=ORDERS)] == [["read:a"]]
    assert grants.list(audience=ORDERS, client_id=REPORTING_CLIENT_ID) == []
    grants.delete(made["id"])
    grants.delete(made["id"])
    assert grants.find(client_id=BILLING_CLIENT_ID, audience=ORDERS) is None
    assert grants.list(audience=ORDERS) == []
    with pytest.raises(NotFoundError):
        grants.get(made["id"])


def test_grants_of_one_application_are_told_apart(session: Session) -> None:
    """Grants for users, for the application itself and for third parties have keys of their own."""
    grants = session.client_grants
    session.resource_servers.create({"identifier": ORDERS})
    own = grants.create(grant_body())
    of_users = grants.create(grant_body(subject_type="user"))
    of_others = grants.create({"default_for": "third_party_clients", "audience": ORDERS, "scope": []})
    key = {"client_id": BILLING_CLIENT_ID, "audience": ORDERS}
    assert grants.find(**key) == own
    assert grants.find(**key, subject_type="user") == of_users
    assert grants.find(default_for="third_party_clients", audience=ORDERS) == of_others


def test_a_found_grant_is_the_one_there_is_now(session: Session, new_session: MakeSession) -> None:
    """After a conflict the look-up asks the tenant, not what was read before."""
    session.resource_servers.create({"identifier": ORDERS})
    assert session.client_grants.list() is not None
    made = new_session().client_grants.create(grant_body())
    assert session.client_grants.find(client_id=BILLING_CLIENT_ID, audience=ORDERS) == made


def test_applications_come_without_their_secrets(session: Session) -> None:
    """An application is read and listed without what this package has no use for."""
    found = session.clients.get(BILLING_CLIENT_ID)
    assert found["name"] == "Billing service"
    assert {BILLING_CLIENT_ID, REPORTING_CLIENT_ID} <= {one["client_id"] for one in session.clients.list()}
    assert "client_secret" not in str([found, session.clients.list()])
    with pytest.raises(NotFoundError):
        session.clients.get("nobody")


def test_more_grants_than_page_numbers_reach(session: Session, new_session: MakeSession) -> None:
    """Beyond a thousand the list goes on by checkpoint, and every grant is on it once."""
    clients = [new_application(session) for _ in range(11)]
    for number in range(100):
        session.resource_servers.create({"identifier": f"api-{number}"})
        for client_id in clients:
            session.client_grants.create({"client_id": client_id, "audience": f"api-{number}", "scope": []})
    listed = [grant["id"] for grant in new_session().client_grants.list()]
    assert len(listed) == len(set(listed)) >= 1_100


@pytest.fixture
def full_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches wait until they are full, however slow the machine that runs the tests."""
    monkeypatch.setattr(scope_gathering, "GATHER_SECONDS", 60)
    monkeypatch.setattr(scope_batches, "FRESH_SECONDS", 60)


@pytest.mark.usefixtures("full_batches")
def test_the_calls_of_a_stack_are_these(
    sandbox: Sandbox, new_session: MakeSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """2 APIs of 8 permissions and 8 grants, made, read and deleted in four threads: their calls by route."""
    clients = [new_application(new_session()) for _ in range(8)]
    apis, values = ["https://a.example.com", "https://b.example.com"], [f"read:{n}" for n in range(8)]
    scopes = list(itertools.product(apis, values))
    grants = [{"client_id": client, "audience": api, "scope": []} for api in apis for client in clients]

    session = new_session()
    forget_calls(sandbox)
    in_four_threads(session.resource_servers.create, [({"identifier": api},) for api in apis])
    in_four_threads(session.scopes.write, [(*scope, None) for scope in scopes])
    made = in_four_threads(session.client_grants.create, [(grant,) for grant in grants])
    assert calls(sandbox) == {
        "POST /resource-servers": 2,
        "PATCH /resource-servers/{id}": 4,
        "POST /client-grants": 16,
    }

    session = new_session()
    forget_calls(sandbox)
    in_four_threads(session.resource_servers.get, [(api,) for api in apis])
    in_four_threads(session.scopes.read, [(api,) for api, _ in scopes])
    in_four_threads(session.client_grants.get, [(grant["id"],) for grant in made])
    assert calls(sandbox) == {"GET /resource-servers": 1, "GET /client-grants": 1}

    session = new_session()
    forget_calls(sandbox)
    in_four_threads(session.client_grants.delete, [(grant["id"],) for grant in made])
    in_four_threads(lambda api, _: session.client_grants.list(audience=api), scopes)
    monkeypatch.setattr(scope_batches, "SETTLE_SECONDS", 0.01)
    in_four_threads(session.scopes.delete, scopes)
    in_four_threads(session.resource_servers.delete, [(api,) for api in apis])
    assert calls(sandbox) == {
        "DELETE /client-grants/{id}": 16,
        "GET /client-grants": 1,
        "GET /resource-servers/{id}": 6,  # before the first change of each list, and after each batch
        "PATCH /resource-servers/{id}": 4,
        "DELETE /resource-servers/{id}": 2,
    }


def test_a_session_is_shared_by_all_who_have_the_same_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """One process has one session a tenant and credentials, whoever asks for it."""
    config = {"auth0:domain": "one.auth0.com", "auth0:apiToken": "t"}
    assert session_for(config) is session_for(dict(config))
    assert session_for(config) is not session_for({**config, "auth0:apiToken": "u"})
    assert session_for(config).domain == "one.auth0.com"
    monkeypatch.setenv("AUTH0_DOMAIN", "two.auth0.com")
    with pytest.raises(ConfigurationError):
        session_for(config)


def test_a_session_that_was_never_used_closes(new_session: MakeSession) -> None:
    """Nothing is open before the first call."""
    new_session().close()


def test_a_program_that_declares_resources_imports_no_client() -> None:
    """httpx, joserfc and pydantic are loaded by the first call, not by importing the session."""
    code = (
        "import sys, pulumi_auth0_apis.management as m; "
        "m.session_for({'auth0:domain': 'x.auth0.com', 'auth0:apiToken': 't'}); "
        "print([name for name in ('httpx', 'joserfc', 'pydantic') if name in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "[]\n"
