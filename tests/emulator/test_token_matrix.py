"""Every combination of an API's token settings, verified without the library that made the token."""

from __future__ import annotations

import base64
import json
from itertools import product
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicNumbers
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from joserfc.jwk import RSAKey

from pulumi_auth0_apis.emulator import BILLING_CLIENT_ID, EmulatedTenant

AUDIENCE = "https://orders.example.com"
SCOPES = ["read:orders", "write:orders"]
DIGESTS = {"RS256": hashes.SHA256(), "PS256": hashes.SHA256(), "RS512": hashes.SHA512()}
OAEP = {"RSA-OAEP-256": hashes.SHA256(), "RSA-OAEP-384": hashes.SHA384(), "RSA-OAEP-512": hashes.SHA512()}


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def unsealed(token: str, key: RSAPrivateKey) -> str:
    """The JWT in a compact JWE (RFC 7516 section 5.2)."""
    header, wrapped, nonce, ciphertext, tag = token.split(".")
    digest = OAEP[json.loads(decoded(header))["alg"]]
    content_key = key.decrypt(decoded(wrapped), padding.OAEP(padding.MGF1(digest), digest, None))
    sealed = decoded(ciphertext) + decoded(tag)
    return AESGCM(content_key).decrypt(decoded(nonce), sealed, header.encode()).decode()


def verified(token: str, api: dict[str, Any], jwk: dict[str, str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and claims of a JWT (RFC 7515 section 5.2), by the tenant's key or the API's secret."""
    signed, _, signature = token.rpartition(".")
    header, claims = (json.loads(decoded(part)) for part in signed.split("."))
    algorithm = api["signing_alg"]
    assert header["alg"] == algorithm
    if algorithm == "HS256":
        mac = hmac.HMAC(api["signing_secret"].encode(), hashes.SHA256())
        mac.update(signed.encode())
        mac.verify(decoded(signature))
        return header, claims
    assert header["kid"] == jwk["kid"]
    exponent, modulus = (int.from_bytes(decoded(jwk[name])) for name in ("e", "n"))
    digest = DIGESTS[algorithm]
    pss = padding.PSS(padding.MGF1(digest), digest.digest_size)
    scheme = pss if algorithm == "PS256" else padding.PKCS1v15()
    key = RSAPublicNumbers(exponent, modulus).public_key()
    key.verify(decoded(signature), signed.encode(), scheme, digest)
    return header, claims


def expected(api: dict[str, Any], tenant: EmulatedTenant) -> dict[str, Any]:
    """The claims that the settings promise, but for `jti`."""
    now = int(tenant.clock())
    claims: dict[str, Any] = {
        "iss": tenant.issuer,
        "sub": f"{BILLING_CLIENT_ID}@clients",
        "aud": AUDIENCE,
        "iat": now,
        "exp": now + api["token_lifetime"],
        "scope": " ".join(SCOPES),
    }
    if api["token_dialect"].startswith("rfc9068"):
        claims["client_id"] = BILLING_CLIENT_ID
    else:
        claims |= {"azp": BILLING_CLIENT_ID, "gty": "client-credentials"}
    if api["enforce_policies"] and api["token_dialect"].endswith("_authz"):
        claims["permissions"] = SCOPES
    return claims


@pytest.mark.parametrize("algorithm", ["RS256", "RS512", "PS256", "HS256"])
@pytest.mark.parametrize(
    "dialect", ["access_token", "access_token_authz", "rfc9068_profile", "rfc9068_profile_authz"]
)
def test_tokens_are_as_the_settings_say(
    api: httpx.Client,
    tenant: EmulatedTenant,
    private_key: RSAKey,
    public_pem: str,
    algorithm: str,
    dialect: str,
) -> None:
    """With RBAC on and off, encrypted in each way or not, of short and long life, allowed and denied."""
    made = tenant.resource_servers.create({"identifier": AUDIENCE, "signing_alg": algorithm})
    grant = {"client_id": BILLING_CLIENT_ID, "audience": AUDIENCE, "scope": SCOPES}
    tenant.client_grants.create(grant)
    key = load_pem_private_key(private_key.as_pem(private=True), None)
    assert isinstance(key, RSAPrivateKey)
    (jwk,) = api.get("/.well-known/jwks.json").json()["keys"]
    for rbac, oaep, (lifetime, web) in product(
        (True, False), (None, *OAEP), ((60, 30), (86_400, 7_200), (2_592_000, 60))
    ):
        encryption = {"format": "compact-nested-jwe", "encryption_key": {"alg": oaep, "pem": public_pem}}
        settings: dict[str, Any] = {
            "token_dialect": dialect,
            "enforce_policies": rbac,
            "token_lifetime": lifetime,
            "token_lifetime_for_web": web,
            "token_encryption": encryption if oaep else None,
            "subject_type_authorization": {"client": {"policy": "require_client_grant"}},
        }
        kept = tenant.resource_servers.update(made["id"], settings)
        answer = ask(api, tenant).json()
        token = unsealed(answer["access_token"], key) if oaep else answer["access_token"]
        header, claims = verified(token, kept, jwk)
        assert header["typ"] == ("at+jwt" if dialect.startswith("rfc9068") else "JWT")
        assert (claims.pop("jti", None) is not None) is dialect.startswith("rfc9068")
        assert (claims, answer["expires_in"]) == (expected(kept, tenant), lifetime)
        tenant.resource_servers.update(
            made["id"], {"subject_type_authorization": {"client": {"policy": "deny_all"}}}
        )
        assert ask(api, tenant).status_code == 403


def ask(api: httpx.Client, tenant: EmulatedTenant) -> httpx.Response:
    form = {
        "grant_type": "client_credentials",
        "client_id": BILLING_CLIENT_ID,
        "client_secret": tenant.clients.get(BILLING_CLIENT_ID)["client_secret"],
        "audience": AUDIENCE,
    }
    return api.post("/oauth/token", data=form)
