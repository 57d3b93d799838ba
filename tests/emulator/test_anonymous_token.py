"""Anonymous sessions: tokens as the API's settings say, and the endpoint's refusals."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from pulumi_auth0_apis.emulator import BILLING_CLIENT_ID, REPORTING_CLIENT_ID, EmulatedTenant, ManualClock

AUDIENCE = "https://shop.example.com"
URL = "/anonymous/token"
ASKED = {"client_id": BILLING_CLIENT_ID, "audience": AUDIENCE}
LET_IN = {"anonymous_user": {"policy": "require_client_grant"}}


def register(tenant: EmulatedTenant, **settings: Any) -> None:
    """An API that lets anonymous sessions in, and an application that may begin them."""
    body = {"identifier": AUDIENCE, "subject_type_authorization": LET_IN}
    tenant.resource_servers.create(body | settings)
    tenant.clients.update(BILLING_CLIENT_ID, {"anonymous_sessions": {"active": True}})
    grant = {"client_id": BILLING_CLIENT_ID, "audience": AUDIENCE, "scope": ["read:cart", "fill:cart"]}
    tenant.client_grants.create(grant | {"subject_type": "anonymous_user"})


def claims(api: httpx.Client, token: str, algorithm: str = "RS256") -> dict[str, Any]:
    (key,) = api.get("/.well-known/jwks.json").json()["keys"]
    public = RSAKey.import_key({name: value for name, value in key.items() if name != "alg"})
    return dict(jwt.decode(token, public, algorithms=[algorithm]).claims)


def mapped(*rules: tuple[str, str]) -> dict[str, Any]:
    return {"claims_mapping": {"custom_claims": [{"name": n, "expression": path} for n, path in rules]}}


@pytest.mark.parametrize("algorithm", ["RS256", "PS256", "RS512"])
def test_a_token_is_as_the_settings_say(api: httpx.Client, tenant: EmulatedTenant, algorithm: str) -> None:
    """Subject, lifetime, scopes and mapped claims; a path that leads nowhere gives no claim."""
    rules = [(name, f"anonymous_session.metadata.{name}") for name in ("country", "plan")]
    register(
        tenant,
        signing_alg=algorithm,
        token_lifetime_for_anonymous_access_tokens=172_800,
        access_token=mapped(*rules, ("who", "anonymous_session.user_id"), ("x", "anonymous_session.x.y")),
    )
    answer = api.post(URL, json={**ASKED, "scope": "read:cart", "metadata": {"country": "US"}}).json()
    assert (answer["token_type"], answer["expires_in"]) == ("Bearer", 172_800)
    found, now = claims(api, answer["access_token"], algorithm), int(tenant.clock())
    assert found["sub"].startswith("anon@")
    assert found == {
        "iss": tenant.issuer,
        "sub": found["sub"],
        "aud": AUDIENCE,
        "iat": now,
        "exp": now + 172_800,
        "scope": "read:cart",
        "azp": BILLING_CLIENT_ID,
        "country": "US",
        "who": found["sub"],
    }


def test_a_session_goes_on(api: httpx.Client, tenant: EmulatedTenant) -> None:
    """With its session token an application gets further tokens of the same user, of another one without."""
    register(tenant)
    first = api.post(URL, json=ASKED).json()
    again = api.post(URL, json={**ASKED, "session_token": first["session_token"]}).json()
    other = api.post(URL, json=ASKED).json()
    users = [claims(api, each["access_token"])["sub"] for each in (first, again, other)]
    assert users[0] == users[1] != users[2]
    assert first["expires_in"] == 86_400


@pytest.mark.parametrize(
    ("changed", "status", "error"),
    [
        ({"client_id": "nobody"}, 401, "invalid_client"),
        ({"client_id": REPORTING_CLIENT_ID}, 403, "unauthorized_client"),
        ({"audience": ""}, 400, "invalid_request"),
        ({"audience": "https://unknown.example.com"}, 400, "invalid_target"),
        ({"scope": "read:cart empty:shop"}, 400, "invalid_scope"),
        ({"session_token": "made-up"}, 400, "invalid_session_token"),
        ({"metadata": {"a": "x" * 1_024}}, 400, "invalid_request"),
        ({"metadata": ["a"]}, 400, "invalid_request"),
        ({"scope": ["read:cart"]}, 400, "invalid_request"),
    ],
)
def test_refusals(
    api: httpx.Client, tenant: EmulatedTenant, changed: dict[str, Any], status: int, error: str
) -> None:
    """Each has the code that Auth0's clients list for it."""
    register(tenant)
    answer = api.post(URL, json=ASKED | changed)
    assert (answer.status_code, answer.json()["error"]) == (status, error)


def test_a_session_is_its_applications_own(api: httpx.Client, tenant: EmulatedTenant) -> None:
    """Another application gets nothing for a session token that it was not given."""
    register(tenant)
    tenant.clients.update(REPORTING_CLIENT_ID, {"anonymous_sessions": {"active": True}})
    other = {**ASKED, "client_id": REPORTING_CLIENT_ID}
    tenant.client_grants.create({**other, "scope": [], "subject_type": "anonymous_user"})
    session = api.post(URL, json=ASKED).json()["session_token"]
    answer = api.post(URL, json={**other, "session_token": session})
    assert answer.json()["error"] == "invalid_session_token"


def test_a_denied_api_and_a_missing_grant(api: httpx.Client, tenant: EmulatedTenant) -> None:
    """An API lets nobody in by default, and lets in only whom a grant of the subject type names."""
    register(tenant)
    (grant,) = tenant.client_grants.list(audience=AUDIENCE)
    tenant.client_grants.delete(grant["id"])
    assert api.post(URL, json=ASKED).json()["error"] == "access_denied"
    tenant.resource_servers.update(AUDIENCE, {"subject_type_authorization": {}})
    assert api.post(URL, json=ASKED).json()["error"] == "invalid_target"


def test_a_session_ends(api: httpx.Client, tenant: EmulatedTenant, clock: ManualClock) -> None:
    """After 30 days its token is of no use."""
    register(tenant)
    session = api.post(URL, json=ASKED).json()["session_token"]
    clock.advance(30 * 86_400)
    answer = api.post(URL, json={**ASKED, "session_token": session})
    assert answer.json()["error"] == "session_expired"
