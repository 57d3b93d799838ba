"""What the session makes of answers that nobody documents, on a sandbox tenant that gives them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest
from joserfc.jwk import RSAKey

from pulumi_auth0_apis.emulator import BILLING_CLIENT_ID, Sandbox
from pulumi_auth0_apis.errors import ServerError, UnexpectedAnswerError
from pulumi_auth0_apis.management import Session

from .conftest import MakeSession, calls, forget_calls

Fault = dict[str, Any]

ODD: list[Fault] = [
    {"kind": "answer", "status": 302, "headers": {"location": "https://login.example.com/"}, "body": ""},
    {"kind": "answer", "status": 200, "headers": {"content-type": "text/html"}, "body": "<html>"},
    {"kind": "answer", "status": 202},
    {"kind": "answer", "status": 404, "body": "<html>"},
    {
        "kind": "answer",
        "status": 200,
        "body": '{"id": "69a006b6f39293776f28ab5d", "identifier": "https://other"}',
    },
]
"""Answers that somebody between here and Auth0 gives, or nobody documents."""


@pytest.fixture(scope="module")
def tenant() -> Iterator[Sandbox]:
    with Sandbox() as running:
        yield running


@pytest.fixture
def sandbox(tenant: Sandbox) -> Iterator[Sandbox]:
    """One tenant for all tests of this file; no fault outlives its test."""
    yield tenant
    httpx.delete(f"{tenant.domain}/_sandbox/faults").raise_for_status()


@pytest.fixture
def orders() -> str:
    """An identifier of the test's own."""
    return f"https://{uuid4()}.example.com"


def grant_of(audience: str) -> dict[str, object]:
    return {"client_id": BILLING_CLIENT_ID, "audience": audience, "scope": []}


@pytest.mark.parametrize("fault", ODD, ids=str)
def test_an_odd_answer_to_an_update_is_read_back(
    sandbox: Sandbox, session: Session, orders: str, fault: Fault
) -> None:
    """Where the object shows the change the update is done, at the price of one read."""
    apis = session.resource_servers
    made = apis.create({"identifier": orders, "name": "Orders", "consent_policy": None})
    forget_calls(sandbox)
    sandbox.add_fault({**fault, "method": "PATCH", "after": True})
    changed = apis.update(made["id"], {"name": "Sales", "consent_policy": None})
    assert changed == {**made, "name": "Sales"} == apis.get(orders)
    assert calls(sandbox) == {"PATCH /resource-servers/{id}": 1, "GET /resource-servers/{id}": 1}


@pytest.mark.parametrize("fault", ODD, ids=str)
def test_an_update_that_does_not_show_is_an_error(
    sandbox: Sandbox, session: Session, orders: str, fault: Fault
) -> None:
    """Where the object does not show the change the error is that of the update."""
    made = session.resource_servers.create({"identifier": orders, "name": "Orders"})
    forget_calls(sandbox)
    sandbox.add_fault({**fault, "method": "PATCH"})
    with pytest.raises(UnexpectedAnswerError, match=r"PATCH .* answered") as caught:
        session.resource_servers.update(made["id"], {"name": "Sales"})
    assert caught.value.ambiguous
    assert calls(sandbox) == {"PATCH /resource-servers/{id}": 1, "GET /resource-servers/{id}": 1}


def test_an_update_that_cannot_be_read_back_is_its_own_error(
    sandbox: Sandbox, session: Session, orders: str
) -> None:
    """A read that fails as well says nothing, and is not tried again."""
    made = session.resource_servers.create({"identifier": orders})
    forget_calls(sandbox)
    sandbox.add_fault({"kind": "answer", "status": 302, "method": "PATCH", "after": True})
    sandbox.add_fault({"kind": "error", "status": 503, "method": "GET", "times": None})
    with pytest.raises(UnexpectedAnswerError, match=r"PATCH .* answered 302"):
        session.resource_servers.update(made["id"], {"name": "Sales"})
    assert calls(sandbox) == {"PATCH /resource-servers/{id}": 1, "GET /resource-servers/{id}": 1}


def test_a_setting_that_cannot_be_read_is_not_taken_for_changed(
    sandbox: Sandbox, session: Session, orders: str
) -> None:
    """The API never shows a key again, so an odd answer to its change stays an error."""
    key = {"alg": "RSA-OAEP-256", "pem": RSAKey.generate_key(2048).as_pem(private=False).decode()}
    made = session.resource_servers.create({"identifier": orders})
    sandbox.add_fault({"kind": "answer", "status": 302, "method": "PATCH", "after": True})
    encryption = {"format": "compact-nested-jwe", "encryption_key": key}
    with pytest.raises(UnexpectedAnswerError):
        session.resource_servers.update(made["id"], {"token_encryption": encryption})


def test_an_update_that_broke_off_is_read_back(sandbox: Sandbox, session: Session, orders: str) -> None:
    """A grant whose update failed and took effect all the same is updated."""
    session.resource_servers.create({"identifier": orders, "scopes": [{"value": "read:a"}]})
    made = session.client_grants.create(grant_of(orders))
    sandbox.add_fault({"kind": "answer", "status": 301, "method": "PATCH", "after": True})
    assert session.client_grants.update(made["id"], {"scope": ["read:a"]})["scope"] == ["read:a"]


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("fault", [*ODD, {"kind": "error", "status": 503}], ids=str)
def test_an_odd_answer_to_a_creation_leaves_it_open(
    sandbox: Sandbox, session: Session, orders: str, fault: Fault, after: bool
) -> None:
    """The error says that it may have been carried out, and a look-up tells whether it was."""
    if fault["kind"] == "answer":
        fault = {**fault, "after": after}
    sandbox.add_fault({**fault, "method": "POST", "path": "/api/v2/*"})
    with pytest.raises((UnexpectedAnswerError, ServerError)) as caught:
        session.resource_servers.create({"identifier": orders})
    assert caught.value.ambiguous
    found = session.resource_servers.find(orders)
    assert (found is not None) is fault.get("after", False)


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("fault", ODD, ids=str)
def test_what_an_odd_answer_revoked_is_not_revoked(
    sandbox: Sandbox, session: Session, orders: str, fault: Fault, after: bool
) -> None:
    """A removal counts as done by the documented answer alone, for grants and APIs."""
    api = session.resource_servers.create({"identifier": orders})
    grant = session.client_grants.create(grant_of(orders))
    sandbox.add_fault({**fault, "method": "DELETE", "after": after, "times": 2})
    with pytest.raises(UnexpectedAnswerError):
        session.client_grants.delete(grant["id"])
    with pytest.raises(UnexpectedAnswerError):
        session.resource_servers.delete(api["id"])
    session.client_grants.delete(grant["id"])
    session.resource_servers.delete(api["id"])
    assert session.resource_servers.find(orders) is None


def test_what_the_api_calls_gone_is_removed(sandbox: Sandbox, session: Session, orders: str) -> None:
    """A removal that the API itself answers with 404 is done."""
    gone = '{"statusCode":404,"error":"Not Found","message":"The grant does not exist."}'
    sandbox.add_fault({"kind": "answer", "status": 404, "body": gone, "method": "DELETE", "times": 2})
    session.client_grants.delete("cgr_1")
    session.resource_servers.delete("69a006b6f39293776f28ab5d")


@pytest.mark.parametrize("fault", ODD, ids=str)
@pytest.mark.parametrize("after", [False, True])
def test_an_odd_answer_to_a_permission_is_written_again(
    sandbox: Sandbox, session: Session, orders: str, quick_settling: None, fault: Fault, after: bool
) -> None:
    """The list is read again, and what it lacks is written again, until it is there or gone."""
    session.resource_servers.create({"identifier": orders, "scopes": [{"value": "read:a"}]})
    sandbox.add_fault({**fault, "method": "PATCH", "after": after})
    assert session.scopes.write(orders, "read:b", "B") == {"value": "read:b", "description": "B"}
    sandbox.add_fault({**fault, "method": "PATCH", "after": after})
    session.scopes.delete(orders, "read:a")
    assert session.resource_servers.find(orders)["scopes"] == [{"value": "read:b", "description": "B"}]  # type: ignore[index]


@pytest.mark.parametrize("fault", ODD[:-1], ids=str)
def test_what_a_proxy_does_not_find_is_not_gone(
    sandbox: Sandbox, session: Session, orders: str, new_session: MakeSession, fault: Fault
) -> None:
    """A read with an odd answer is an error: nothing is forgotten for a page of a proxy."""
    api = session.resource_servers.create({"identifier": orders})
    grant = session.client_grants.create(grant_of(orders))
    other = new_session()
    for read in (
        lambda: other.resource_servers.find(orders),
        lambda: other.resource_servers.get(api["id"]),
        lambda: other.client_grants.get(grant["id"]),
        lambda: other.client_grants.find(audience=orders, client_id=BILLING_CLIENT_ID),
        lambda: other.client_grants.list(audience=orders, client_id=BILLING_CLIENT_ID),
        lambda: other.clients.get(BILLING_CLIENT_ID),
    ):
        sandbox.add_fault({**fault, "method": "GET"})
        with pytest.raises(UnexpectedAnswerError) as caught:
            read()
        assert not caught.value.ambiguous


def test_a_grant_for_another_api_is_not_the_one(sandbox: Sandbox, session: Session, orders: str) -> None:
    """A list that is not filtered as asked for does not pass for the answer."""
    session.resource_servers.create({"identifier": orders})
    other = f"{orders}/other"
    session.resource_servers.create({"identifier": other})
    grant = session.client_grants.create(grant_of(other))
    page = json.dumps({"total": 1, "start": 0, "limit": 100, "client_grants": [grant]})
    sandbox.add_fault({"kind": "answer", "method": "GET", "body": page})
    assert session.client_grants.find(audience=orders, client_id=BILLING_CLIENT_ID) is None
