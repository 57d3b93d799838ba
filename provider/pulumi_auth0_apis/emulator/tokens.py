"""Access tokens as an API's settings say.

Claims of the two profiles: https://auth0.com/docs/secure/tokens/access-tokens/access-token-profiles.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from joserfc import jwe, jwt
from joserfc.jwk import OctKey, RSAKey

from pulumi_auth0_apis.emulator.models import encryption_key
from pulumi_auth0_apis.emulator.models.anonymous_sessions import AnonymousSession, claims_of
from pulumi_auth0_apis.emulator.models.emulated_tenant import EmulatedTenant

Api = dict[str, Any]

ANONYMOUS_LIFETIME = 86_400
"""Seconds that an anonymous session's token lives whose API does not say: those of Auth0's example answer."""


def issue(
    tenant: EmulatedTenant,
    client_id: str,
    api: Api,
    scopes: Sequence[str],
    *,
    organization_id: str | None = None,
    skew: float = 0.0,
) -> str:
    """A signed and, where the API says so, encrypted access token for a machine-to-machine application.

    `organization_id` is the organization for which it acts; `skew` is how many seconds the clock that dates
    it is off.
    """
    claims = _claims(tenant.issuer, int(tenant.clock() + skew), client_id, api, scopes)
    if organization_id is not None:
        claims["org_id"] = organization_id
    return _sealed(tenant, api, claims)


def issue_anonymous(
    tenant: EmulatedTenant, api: Api, scopes: Sequence[str], session: AnonymousSession, *, skew: float = 0.0
) -> str:
    """The same for an anonymous session: its user is the subject, and it gives the mapped claims."""
    now = int(tenant.clock() + skew)
    claims = {
        **claims_of(api, session),
        **_common(tenant.issuer, now, session["user_id"], session["client_id"], api, scopes),
        "exp": now + anonymous_lifetime(api),
    }
    return _sealed(tenant, api, claims)


def anonymous_lifetime(api: Api) -> int:
    """Seconds until an access token of an anonymous session expires."""
    return int(api.get("token_lifetime_for_anonymous_access_tokens", ANONYMOUS_LIFETIME))


def _sealed(tenant: EmulatedTenant, api: Api, claims: dict[str, Any]) -> str:
    algorithm = api["signing_alg"]
    header = {"alg": algorithm, "typ": "at+jwt" if _is_rfc9068(api) else "JWT"}
    key = _key(tenant, api)
    if key.kid is not None:
        header["kid"] = key.kid
    token = jwt.encode(header, claims, key, algorithms=[algorithm])
    pem = tenant.resource_servers.encryption_pem(api)
    return token if pem is None else _encrypt(token, api["token_encryption"]["encryption_key"], pem)


def management_token(tenant: EmulatedTenant) -> str:
    """A Management API token with every scope that the deployment application is granted."""
    audience = tenant.management_audience
    grant = tenant.client_grants.find(tenant.client_id, audience)
    api = tenant.resource_servers.find(audience)
    assert grant is not None
    assert api is not None
    return issue(tenant, tenant.client_id, api, grant["scope"])


def _claims(issuer: str, now: int, client_id: str, api: Api, scopes: Sequence[str]) -> dict[str, Any]:
    claims = _common(issuer, now, f"{client_id}@clients", client_id, api, scopes)
    if not _is_rfc9068(api):
        claims["gty"] = "client-credentials"
    return claims | ({"permissions": list(scopes)} if _carries_permissions(api) else {})


def _common(
    issuer: str, now: int, subject: str, client_id: str, api: Api, scopes: Sequence[str]
) -> dict[str, Any]:
    """What a token of either profile holds, whoever its subject is."""
    holder = {"jti": secrets.token_urlsafe(16), "client_id": client_id}
    return {
        "iss": issuer,
        "sub": subject,
        "aud": api["identifier"],
        "iat": now,
        "exp": now + api["token_lifetime"],
        **({"scope": " ".join(scopes)} if scopes else {}),
        **(holder if _is_rfc9068(api) else {"azp": client_id}),
    }


def _is_rfc9068(api: Api) -> bool:
    return str(api.get("token_dialect", "access_token")).startswith("rfc9068_profile")


def _carries_permissions(api: Api) -> bool:
    """RBAC on and a dialect ending in `_authz`: https://auth0.com/docs/get-started/apis/enable-role-based-access-control-for-apis."""
    return bool(api.get("enforce_policies")) and str(api.get("token_dialect")).endswith("_authz")


def _key(tenant: EmulatedTenant, api: Api) -> RSAKey | OctKey:
    """The tenant's key; an HS256 API's own secret, which has no id."""
    if api["signing_alg"] == "HS256":
        return OctKey.import_key(api["signing_secret"])
    return tenant.signing_key


def _encrypt(token: str, key: dict[str, Any], pem: str) -> str:
    """A nested JWT: RFC 7519 section 5.2 asks for `cty`; the content encryption is Auth0's documented one."""
    header = {"alg": key["alg"], "enc": "A256GCM", "cty": "JWT"}
    if "kid" in key:
        header["kid"] = key["kid"]
    registry = jwe.JWERegistry(algorithms=[key["alg"], "A256GCM"])
    return jwe.encrypt_compact(header, token.encode(), encryption_key.load(pem), registry=registry)


def _learn_oaep(name: str, digest: hashes.HashAlgorithm) -> None:
    """Teach the JOSE library a key encryption that Auth0 offers, IANA lists and RFC 7518 left out."""
    model: Any = type(jwe.JWERegistry.algorithms["alg"]["RSA-OAEP-256"])
    jwe.JWERegistry.register(model(name, name, padding.OAEP(padding.MGF1(digest), digest, None)))


_learn_oaep("RSA-OAEP-384", hashes.SHA384())
_learn_oaep("RSA-OAEP-512", hashes.SHA512())
