"""Properties that a tenant is told of, as Auth0 will have some that nobody knows yet."""

from __future__ import annotations

from typing import Any

import pytest
from typer.testing import CliRunner

from pulumi_auth0_apis.cli import app
from pulumi_auth0_apis.emulator import BILLING_CLIENT_ID, EmulatedTenant

from .conftest import DOMAIN, Connect

APIS, GRANTS = "/api/v2/resource-servers", "/api/v2/client-grants"
ORDERS = "https://orders.example.com"
FURTHER: dict[str, Any] = {
    "resource-servers": {"color": {"type": ["string", "null"]}, "size": {"type": "integer"}},
    "client-grants": {"reason": {"type": "string", "maxLength": 5}},
}


@pytest.fixture
def tenant() -> EmulatedTenant:
    """A tenant whose APIs have a color and a size, and whose grants have a reason."""
    return EmulatedTenant(DOMAIN, additional_properties=FURTHER)


def test_objects_keep_what_the_tenant_was_told_of(tenant: EmulatedTenant, connect: Connect) -> None:
    """Made, changed and read back, in lists too; null removes where the schema takes it."""
    with connect(tenant) as auth0:
        api = auth0.post(APIS, json={"identifier": ORDERS, "color": "red", "size": 1}).json()
        assert (api["color"], api["size"]) == ("red", 1)
        path = f"{APIS}/{api['id']}"
        assert auth0.patch(path, json={"size": 2}).json()["size"] == 2
        assert auth0.get(APIS).json()[-1]["color"] == "red"
        assert "color" not in auth0.patch(path, json={"color": None}).json()
        refusal = auth0.patch(path, json={"size": None})
        assert refusal.status_code == 400
        assert "'Expected type integer but found type null' on property size" in refusal.json()["message"]


def test_grants_have_their_own(tenant: EmulatedTenant, connect: Connect) -> None:
    """A property of one collection is none of the other, and its schema is kept to."""
    with connect(tenant) as auth0:
        auth0.post(APIS, json={"identifier": ORDERS})
        grant = {"client_id": BILLING_CLIENT_ID, "audience": ORDERS, "scope": []}
        assert auth0.post(GRANTS, json={**grant, "color": "red"}).status_code == 400
        assert "too long" in auth0.post(GRANTS, json={**grant, "reason": "because"}).json()["message"]
        made = auth0.post(GRANTS, json={**grant, "reason": "tests"}).json()
        assert auth0.get(f"{GRANTS}/{made['id']}").json()["reason"] == "tests"


def test_what_the_tenant_was_not_told_of_is_refused(tenant: EmulatedTenant, connect: Connect) -> None:
    """In the words of the recorded refusal, on this tenant and on every other one."""
    expected = "Payload validation error: 'Additional properties not allowed: taste'."
    for each in (tenant, EmulatedTenant(DOMAIN)):
        with connect(each) as auth0:
            assert auth0.post(APIS, json={"identifier": ORDERS, "taste": 1}).json()["message"] == expected
    with connect(EmulatedTenant(DOMAIN)) as auth0:
        assert auth0.post(APIS, json={"identifier": ORDERS, "size": 1}).status_code == 400


def test_the_openapi_document_tells_them(tenant: EmulatedTenant, connect: Connect) -> None:
    """Bodies and answers of this tenant have the property."""
    with connect(tenant) as auth0:
        post = auth0.get("/_sandbox/openapi.json").json()["paths"][APIS]["post"]
    body = post["requestBody"]["content"]["application/json"]["schema"]
    answer = post["responses"]["201"]["content"]["application/json"]["schema"]
    assert body["properties"]["size"] == answer["properties"]["size"] == {"type": "integer"}


@pytest.mark.parametrize(
    ("properties", "said"),
    [
        ([], "JSON Schemas by collection and name"),
        ({"clients": {}}, "clients takes no further properties"),
        ({"client-grants": {"scope": {}}}, "client-grants has the property scope already"),
        ({"client-grants": {"reason": {"type": "word"}}}, "client-grants: reason is no JSON Schema"),
    ],
)
def test_what_cannot_be_added_is_refused(properties: Any, said: str) -> None:
    """A tenant that is told nonsense does not start, and says why."""
    with pytest.raises(ValueError, match=said):
        EmulatedTenant(DOMAIN, additional_properties=properties)


def test_the_command_takes_them_too() -> None:
    """`auth0-apis sandbox --additional-properties`, whose mistakes are told as those of other options."""
    done = CliRunner().invoke(app, ["sandbox", "--additional-properties", '{"clients": {}}'])
    assert done.exit_code == 2
    assert "takes no further properties" in " ".join(done.output.replace("│", " ").split())
