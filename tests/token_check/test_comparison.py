"""Tokens held against their API's settings."""

from __future__ import annotations

from typing import Any

import pytest
from joserfc import jwe, jwt
from joserfc.jwk import OctKey, RSAKey

from pulumi_auth0_apis.token_check import Issued, compare

API = {
    "identifier": "https://orders.example.com",
    "signing_alg": "RS256",
    "token_lifetime": 600,
    "token_dialect": "rfc9068_profile_authz",
    "enforce_policies": True,
    "scopes": [{"value": "read:orders"}, {"value": "write:orders"}],
}
CLAIMS = {
    "iss": "https://tenant.eu.auth0.com/",
    "sub": "app@clients",
    "aud": "https://orders.example.com",
    "iat": 1_000,
    "exp": 1_600,
    "scope": "read:orders",
    "jti": "1",
    "client_id": "app",
    "permissions": ["read:orders"],
}


@pytest.fixture(scope="module")
def key() -> RSAKey:
    """The tenant's key."""
    key = RSAKey.generate_key(2048, private=True)
    key.ensure_kid()
    return key


def sign(key: RSAKey, claims: dict[str, Any], **header: Any) -> str:
    return jwt.encode({"alg": "RS256", "typ": "at+jwt", "kid": key.kid} | header, claims, key)


def issue(key: RSAKey, token: str, **api: Any) -> Issued:
    grant = {"client_id": "app", "scope": ["read:orders"]}
    keys = {"keys": [key.as_dict(private=False)]}
    return Issued("https://tenant.eu.auth0.com/", API | api, grant, "app", token, 600, keys)


def failed(issued: Issued, private_key: str | None = None) -> set[str]:
    return {check.name for check in compare(issued, private_key).checks if not check.passed}


def test_a_token_as_promised_passes_every_check(key: RSAKey) -> None:
    """Nothing is reported of a token that is what the settings say."""
    assert failed(issue(key, sign(key, CLAIMS))) == set()


@pytest.mark.parametrize(
    ("claim", "value", "check"),
    [
        ("iss", "https://other/", "Issuer (iss)"),
        ("aud", "https://other", "Audience (aud)"),
        ("client_id", "other", "Application (client_id)"),
        ("exp", 87_400, "Lifetime (exp - iat)"),
        ("scope", "read:orders write:orders", "Scopes (scope)"),
        ("permissions", [], "Permissions (permissions)"),
        ("jti", "", "Token id (jti)"),
    ],
)
def test_each_claim_is_compared(key: RSAKey, claim: str, value: Any, check: str) -> None:
    """A claim that differs fails its check and no other."""
    assert failed(issue(key, sign(key, CLAIMS | {claim: value}))) == {check}


@pytest.mark.parametrize(
    ("setting", "checks"),
    [
        ({"signing_alg": "PS256"}, {"Signing algorithm", "Signature"}),
        ({"token_dialect": "rfc9068_profile"}, {"Permissions (permissions)"}),
        ({"enforce_policies": False}, {"Permissions (permissions)"}),
        (
            {"token_dialect": "access_token_authz"},
            {"Profile (typ)", "Application (azp)"},
        ),
        ({"token_encryption": {"encryption_key": {"alg": "RSA-OAEP-256"}}}, {"Format"}),
    ],
)
def test_each_setting_is_compared(key: RSAKey, setting: dict[str, Any], checks: set[str]) -> None:
    """A setting that the token does not follow fails its check."""
    assert failed(issue(key, sign(key, CLAIMS), **setting)) == checks


def test_a_signature_of_another_key_is_not_verified(key: RSAKey) -> None:
    """A token that the published keys do not verify fails, and one that names no known key."""
    other = RSAKey.generate_key(2048, private=True)
    assert failed(issue(key, sign(other, CLAIMS, kid=key.kid))) == {"Signature"}
    assert failed(issue(key, sign(key, CLAIMS, kid="unknown"))) == {"Signature"}


def test_hs256_is_verified_with_the_apis_secret(key: RSAKey) -> None:
    """An HS256 token is verified with the secret that the Management API shows."""
    secret = "a secret of 32 characters, random"
    token = jwt.encode({"alg": "HS256", "typ": "at+jwt"}, CLAIMS, OctKey.import_key(secret))
    hs256 = {"signing_alg": "HS256", "signing_secret": secret}
    assert failed(issue(key, token, **hs256)) == set()
    assert failed(issue(key, token, **hs256 | {"signing_secret": "another secret that is long enough"})) == {
        "Signature"
    }


def test_an_encrypted_token_is_opened_with_the_private_key(key: RSAKey) -> None:
    """Without the key the envelope is checked, with it the claims too, and a wrong key is an error."""
    header = {"alg": "RSA-OAEP-256", "enc": "A256GCM", "cty": "JWT"}
    own = RSAKey.generate_key(2048, private=True)
    token = jwe.encrypt_compact(header, sign(key, CLAIMS), own, algorithms=["RSA-OAEP-256", "A256GCM"])
    setting = {"token_encryption": {"encryption_key": {"alg": "RSA-OAEP-256"}}}
    sealed = compare(issue(key, token, **setting))
    assert ([check.name for check in sealed.checks], sealed.claims) == (["Format", "Encryption"], {})
    assert failed(issue(key, token, **setting), own.as_pem(private=True).decode()) == set()
    with pytest.raises(ValueError, match="does not open"):
        compare(issue(key, token, **setting), key.as_pem(private=True).decode())


def test_a_token_too_long_for_a_header_is_told(key: RSAKey) -> None:
    """A token over 8 KiB gets a check of its own that fails."""
    scopes = [f"read:something-quite-long-{number}" for number in range(200)]
    claims = CLAIMS | {"scope": " ".join(scopes), "permissions": scopes}
    assert "Size" in failed(issue(key, sign(key, claims)))
