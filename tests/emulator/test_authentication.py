"""Tokens and scopes at the door of the Management API."""

from __future__ import annotations

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from pulumi_auth0_apis.emulator import BILLING_CLIENT_ID, EmulatedTenant, ManualClock
from pulumi_auth0_apis.emulator.routes import OPERATIONS

from .conftest import Connect

URL = "/api/v2/resource-servers"


def test_a_call_without_a_token_is_401(api: httpx.Client) -> None:
    """No Authorization header: 401 "Missing authentication"."""
    del api.headers["authorization"]
    answer = api.get(URL)
    assert answer.text == '{"statusCode":401,"error":"Unauthorized","message":"Missing authentication"}'


@pytest.mark.parametrize("header", ["Bearer", "Basic abc", "token"])
def test_another_scheme_is_400(api: httpx.Client, header: str) -> None:
    """A header that is no bearer token: 400 with errorCode Bearer, as users report it."""
    answer = api.get(URL, headers={"authorization": header})
    assert (answer.status_code, answer.json()["errorCode"]) == (400, "Bearer")


def test_a_token_of_another_issuer_is_401(api: httpx.Client, private_key: RSAKey) -> None:
    """A token that this tenant did not sign, or that is none at all, is invalid."""
    foreign = jwt.encode({"alg": "RS256"}, {"iss": "https://other/"}, private_key)
    for token in (foreign, "no.token.atall", "nonsense"):
        answer = api.get(URL, headers={"authorization": f"Bearer {token}"})
        assert answer.status_code == 401
        assert answer.json()["attributes"] == {"error": "Invalid token"}


def test_a_token_for_another_api_is_401(api: httpx.Client, tenant: EmulatedTenant) -> None:
    """A token for one's own API does not open the Management API."""
    tenant.resource_servers.create({"identifier": "mine"})
    tenant.client_grants.create({"client_id": BILLING_CLIENT_ID, "audience": "mine"})
    form = {
        "grant_type": "client_credentials",
        "client_id": BILLING_CLIENT_ID,
        "client_secret": tenant.clients.get(BILLING_CLIENT_ID)["client_secret"],
        "audience": "mine",
    }
    token = api.post("/oauth/token", data=form).json()["access_token"]
    assert api.get(URL, headers={"authorization": f"Bearer {token}"}).status_code == 401


def test_a_token_expires(api: httpx.Client, clock: ManualClock) -> None:
    """A token is good for its lifetime of a day and not for a second more."""
    clock.advance(86_399)
    assert api.get(URL).status_code == 200
    clock.advance(1)
    answer = api.get(URL)
    assert answer.status_code == 401
    assert answer.json()["message"] == "Expired token received for JSON Web Token validation"


def test_every_operation_asks_for_its_scope(tenant: EmulatedTenant, connect: Connect) -> None:
    """A token without scopes gets the recorded 403 from each operation, naming the scopes it lacks."""
    api = connect(tenant, "nothing:at_all")
    for operation in OPERATIONS:
        answer = api.request(
            operation.method,
            operation.path.format_map(dict.fromkeys(("id", "grant_id", "credential_id"), "x")),
        )
        assert answer.json() == {
            "statusCode": 403,
            "error": "Forbidden",
            "message": f"Insufficient scope, expected any of: {','.join(operation.scopes)}",
            "errorCode": "insufficient_scope",
        }


def test_scopes_follow_the_verb(tenant: EmulatedTenant, connect: Connect) -> None:
    """read:resource_servers reads and does not write."""
    api = connect(tenant, "read:resource_servers")
    assert api.get(URL).status_code == 200
    assert api.post(URL, json={"identifier": "x"}).status_code == 403


def test_a_route_that_is_not_modelled_says_so(api: httpx.Client) -> None:
    """501, with method and path, for whatever the sandbox does not have."""
    answer = api.put("/api/v2/branding")
    assert (answer.status_code, answer.json()["message"]) == (
        501,
        "The sandbox does not model PUT /api/v2/branding",
    )


def test_malformed_json_is_400(api: httpx.Client) -> None:
    """A body that is not JSON is refused as such."""
    answer = api.post(URL, content=b"{")
    assert answer.json()["message"] == "Invalid request payload JSON format"
