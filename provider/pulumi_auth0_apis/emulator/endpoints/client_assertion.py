"""Who signed a client assertion: `private_key_jwt` (RFC 7523).

The rules are those of Auth0's documentation, "Authenticate with Private Key JWT": `kid` may be left out, the
algorithm is the one that the credential was made for, an assertion lives for five minutes at most and is used
once. What Auth0 answers to one that is not good is not documented.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from pulumi_auth0_apis.emulator.errors import OAuthError
from pulumi_auth0_apis.emulator.models.emulated_tenant import EmulatedTenant

TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ALGORITHMS = ("RS256", "RS384", "PS256")
LONGEST_SECONDS = 300
SKEW_SECONDS = 10
"""How far `iat` and `nbf` may lie ahead."""
LONGEST_TEXT = 64
"""Characters of `iss`, `sub` and `jti`."""

Entity = dict[str, Any]


def authenticate(tenant: EmulatedTenant, form: Mapping[str, str]) -> Entity:
    """The application that signed the assertion of a token request; OAuthError where it is not good."""
    if form.get("client_assertion_type") != TYPE:
        raise OAuthError(400, "invalid_request", f"client_assertion_type must be {TYPE}")
    try:
        return _signer(tenant, form["client_assertion"])
    except (JoseError, ValueError, KeyError, TypeError, RecursionError) as cause:
        raise OAuthError(401, "invalid_client", "Invalid client assertion") from cause


def _signer(tenant: EmulatedTenant, assertion: str) -> Entity:
    unverified = jws.extract_compact(assertion.encode())
    client = tenant.clients.find(json.loads(unverified.payload)["iss"])
    if client is None:
        raise ValueError("no such client")
    for key, alg in _keys(tenant, client, unverified.headers()):
        try:
            claims = jwt.decode(assertion, key, algorithms=[alg]).claims
        except JoseError:
            continue  # signed by another credential of the application
        _check(tenant, claims)
        return client
    raise ValueError("no credential of the client signed it")


def _keys(tenant: EmulatedTenant, client: Entity, header: Mapping[str, Any]) -> Iterator[tuple[RSAKey, str]]:
    """The keys that may have signed an assertion of this header, each with its algorithm."""
    for credential, key in tenant.clients.assertion_keys(client):
        if header.get("kid", credential["kid"]) == credential["kid"] and header["alg"] == credential["alg"]:
            yield key, credential["alg"]


def _check(tenant: EmulatedTenant, claims: Entity) -> None:
    now = tenant.clock()
    if claims["sub"] != claims["iss"] or not 0 < claims["exp"] - now <= LONGEST_SECONDS:
        raise ValueError("not the claims of a client assertion")
    if any(claims.get(name, now) > now + SKEW_SECONDS for name in ("iat", "nbf")):
        raise ValueError("from the future")
    if claims["aud"] not in (tenant.issuer, tenant.domain, f"{tenant.issuer}oauth/token"):
        raise ValueError("an assertion for another tenant")
    if not 0 < len(claims["jti"]) <= LONGEST_TEXT or not tenant.credentials.use(claims["jti"], claims["exp"]):
        raise ValueError("used before")
