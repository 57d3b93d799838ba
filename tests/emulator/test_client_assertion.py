"""Applications that sign instead of showing a secret, as Auth0 documents `private_key_jwt`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from pulumi_auth0_apis.emulator import BILLING_CLIENT_ID, EmulatedTenant, ManualClock

AUDIENCE = "https://orders.example.com"
CREDENTIALS = f"/api/v2/clients/{BILLING_CLIENT_ID}/credentials"
TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

Sign = Callable[..., int]


def credential(key: RSAKey, **settings: Any) -> dict[str, Any]:
    return {"credential_type": "public_key", "pem": key.as_pem(private=False).decode(), **settings}


@pytest.fixture
def register(api: httpx.Client, tenant: EmulatedTenant) -> Callable[..., list[dict[str, Any]]]:
    """Lets the billing service call an API, and sign with the keys of these credentials."""
    tenant.resource_servers.create({"identifier": AUDIENCE})
    tenant.client_grants.create({"client_id": BILLING_CLIENT_ID, "audience": AUDIENCE, "scope": []})

    def register(*credentials: dict[str, Any]) -> list[dict[str, Any]]:
        methods = {"client_authentication_methods": {"private_key_jwt": {"credentials": credentials}}}
        assert api.patch(f"/api/v2/clients/{BILLING_CLIENT_ID}", json=methods).status_code == 200
        kept: list[dict[str, Any]] = api.get(CREDENTIALS).json()
        return kept

    return register


@pytest.fixture
def sign(api: httpx.Client, tenant: EmulatedTenant) -> Sign:
    """Asks for a token with an assertion signed by a key; returns the status of the answer."""

    def sign(key: RSAKey, header: dict[str, str], **changes: Any) -> int:
        alg, now = header["alg"], int(tenant.clock())
        claims = {"iss": BILLING_CLIENT_ID, "sub": BILLING_CLIENT_ID, "aud": tenant.issuer, "jti": "1"}
        assertion = jwt.encode(header, {**claims, "exp": now + 60, **changes}, key, algorithms=[alg])
        form = {"grant_type": "client_credentials", "audience": AUDIENCE, "client_assertion_type": TYPE}
        return api.post("/oauth/token", data=form | {"client_assertion": assertion}).status_code

    return sign


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, 200),
        ({"aud": "https://other/"}, 401),
        ({"sub": "someone"}, 401),
        ({"iss": "nobody"}, 401),
        ({"exp": 1}, 401),
        ({"exp": 2**33}, 401),
        ({"iat": 2**33}, 401),
        ({"nbf": 2**33}, 401),
        ({"jti": ""}, 401),
        ({"jti": "1" * 65}, 401),
        ({"jti": 0}, 401),
        ({"iss": ["a"]}, 401),
        ({"exp": "soon"}, 401),
        ({"aud": {}}, 401),
    ],
    ids=str,
)
def test_claims(
    register: Callable[..., object], sign: Sign, private_key: RSAKey, changes: dict[str, Any], status: int
) -> None:
    """A good assertion gets a token; one with a wrong claim, or one that lives for too long, does not."""
    register(credential(private_key))
    assert sign(private_key, {"alg": "RS256"}, **changes) == status


@pytest.mark.parametrize(("alg", "status"), [("RS256", 401), ("PS256", 200)])
@pytest.mark.parametrize("has_kid", [False, True])
def test_the_algorithm_is_that_of_the_credential(
    register: Callable[..., list[dict[str, Any]]],
    sign: Sign,
    private_key: RSAKey,
    alg: str,
    status: int,
    has_kid: bool,
) -> None:
    """With a `kid` and without; another algorithm is refused."""
    (kept,) = register(credential(private_key, alg="PS256"))
    assert sign(private_key, {"alg": alg} | ({"kid": kept["kid"]} if has_kid else {})) == status


def test_each_of_several_keys_signs(
    register: Callable[..., list[dict[str, Any]]], sign: Sign, private_key: RSAKey
) -> None:
    """Without a `kid` every credential is tried; with one it is that one alone."""
    other = RSAKey.generate_key(2048, private=True)
    first, second = register(credential(private_key), credential(other))
    assert sign(private_key, {"alg": "RS256"}, jti="a") == 200
    assert sign(other, {"alg": "RS256"}, jti="b") == 200
    assert sign(other, {"alg": "RS256", "kid": second["kid"]}, jti="c") == 200
    assert sign(other, {"alg": "RS256", "kid": first["kid"]}, jti="d") == 401
    assert sign(RSAKey.generate_key(2048, private=True), {"alg": "RS256"}, jti="e") == 401


def test_an_assertion_is_used_once(
    register: Callable[..., object], sign: Sign, clock: ManualClock, private_key: RSAKey
) -> None:
    """The same `jti` is refused as long as the first assertion lives."""
    register(credential(private_key))
    assert [sign(private_key, {"alg": "RS256"}) for _ in range(2)] == [200, 401]
    clock.advance(61)
    assert sign(private_key, {"alg": "RS256"}) == 200


def test_an_expired_credential_signs_no_more(
    api: httpx.Client,
    register: Callable[..., list[dict[str, Any]]],
    sign: Sign,
    clock: ManualClock,
    private_key: RSAKey,
) -> None:
    """After its `expires_at` nothing that it signed is good; the date can be moved."""
    soon = datetime.fromtimestamp(clock() + 100, UTC).isoformat().replace("+00:00", "Z")
    (kept,) = register(credential(private_key, expires_at=soon))
    assert sign(private_key, {"alg": "RS256"}, jti="a") == 200
    clock.advance(101)
    assert sign(private_key, {"alg": "RS256"}, jti="b") == 401
    later = datetime.fromtimestamp(clock() + 100, UTC).isoformat().replace("+00:00", "Z")
    assert api.patch(f"{CREDENTIALS}/{kept['id']}", json={"expires_at": later}).status_code == 200
    assert sign(private_key, {"alg": "RS256"}, jti="c") == 200


def test_a_deleted_credential_signs_no_more(
    api: httpx.Client, register: Callable[..., list[dict[str, Any]]], sign: Sign, private_key: RSAKey
) -> None:
    """Nothing that it signed is good."""
    (kept,) = register(credential(private_key))
    assert api.delete(f"{CREDENTIALS}/{kept['id']}").status_code == 204
    assert sign(private_key, {"alg": "RS256"}) == 401
