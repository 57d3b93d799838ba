"""A token against the settings of its API. Makes no call."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator
from dataclasses import dataclass

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OctKey, RSAKey

from pulumi_auth0_apis.management.documents import Object
from pulumi_auth0_apis.token_check.issuance import Issued
from pulumi_auth0_apis.token_check.opening import open_sealed

HEADER_LIMIT = 8_192
"""Bytes of one request header that common servers take; a bearer token must fit with its scheme."""


@dataclass(frozen=True, slots=True)
class PromiseCheck:
    """One promise of the settings, and what the token holds of it."""

    name: str
    expected: str
    found: str

    @property
    def passed(self) -> bool:
        """Whether the token keeps the promise."""
        return self.expected == self.found


@dataclass(frozen=True, slots=True)
class Comparison:
    """The checks, and the token's header and claims where it could be opened."""

    checks: list[PromiseCheck]
    header: Object
    claims: Object


def compare(issued: Issued, private_key: str | None = None) -> Comparison:
    """Hold the token against its API's settings.

    An encrypted token is opened with `private_key` (PEM); without it only its envelope is checked.
    """
    encrypted = issued.token.count(".") == 4
    promised = "JWE" if "token_encryption" in issued.api else "JWT"
    kind = PromiseCheck("Format", promised, "JWE" if encrypted else "JWT")
    if not encrypted:
        return _compare_signed(issued, issued.token, [kind])
    envelope = _part(issued.token, 0)
    sealed = [kind, PromiseCheck("Encryption", _encryption(issued.api), str(envelope.get("alg")))]
    if private_key is None:
        return Comparison(sealed, envelope, {})
    return _compare_signed(issued, open_sealed(issued.token, private_key), sealed)


def _compare_signed(issued: Issued, token: str, checks: list[PromiseCheck]) -> Comparison:
    header, claims = _part(token, 0), _part(token, 1)
    signature = PromiseCheck("Signature", "verified", _verify(issued, token, header))
    found = [*checks, signature, *_header_checks(issued.api, header), *_claim_checks(issued, claims)]
    return Comparison([*found, *_size_check(issued.token)], header, claims)


def _header_checks(api: Object, header: Object) -> Iterator[PromiseCheck]:
    yield PromiseCheck("Signing algorithm", api["signing_alg"], str(header.get("alg")))
    yield PromiseCheck("Profile (typ)", "at+jwt" if _is_rfc9068(api) else "JWT", str(header.get("typ")))


def _claim_checks(issued: Issued, claims: Object) -> Iterator[PromiseCheck]:
    api = issued.api
    holder = "client_id" if _is_rfc9068(api) else "azp"
    lifetime = claims.get("exp", 0) - claims.get("iat", 0)
    scopes = _granted(issued)
    yield PromiseCheck("Issuer (iss)", issued.issuer, str(claims.get("iss")))
    yield PromiseCheck("Audience (aud)", api["identifier"], _audience(claims, api["identifier"]))
    yield PromiseCheck(f"Application ({holder})", issued.client_id, str(claims.get(holder)))
    yield PromiseCheck("Lifetime (exp - iat)", f"{api['token_lifetime']} s", f"{lifetime} s")
    yield PromiseCheck("Scopes (scope)", _listed(scopes), _listed(str(claims.get("scope", "")).split()))
    rbac = bool(api.get("enforce_policies")) and str(api.get("token_dialect")).endswith("_authz")
    yield PromiseCheck(
        "Permissions (permissions)",
        _listed(scopes) if rbac else "absent",
        _listed(claims["permissions"]) if "permissions" in claims else "absent",
    )
    if _is_rfc9068(api):
        yield PromiseCheck("Token id (jti)", "present", "present" if claims.get("jti") else "absent")
    if issued.organization is not None or "org_id" in claims:
        yield _organization_check(issued.organization, claims)


def _organization_check(organization: str | None, claims: Object) -> PromiseCheck:
    """A token names the organization by its id; of one asked for by name it is enough that there is one."""
    found = str(claims.get("org_id", "absent"))
    if organization is not None and not organization.startswith("org_"):
        return PromiseCheck("Organization (org_id)", "present", "present" if "org_id" in claims else found)
    return PromiseCheck("Organization (org_id)", organization or "absent", found)


def _size_check(token: str) -> Iterator[PromiseCheck]:
    """Only a token that is too long is worth a line."""
    size = len("Bearer ") + len(token)
    if size > HEADER_LIMIT:
        yield PromiseCheck("Size", f"at most {HEADER_LIMIT} bytes", f"{size} bytes")


def _verify(issued: Issued, token: str, header: Object) -> str:
    try:
        jwt.decode(token, _verification_key(issued, header), algorithms=[issued.api["signing_alg"]])
    except (JoseError, ValueError, KeyError) as error:
        return f"not verified: {error}"
    return "verified"


def _verification_key(issued: Issued, header: Object) -> OctKey | RSAKey:
    if issued.api["signing_alg"] == "HS256":
        return OctKey.import_key(issued.api["signing_secret"])
    key = KeySet.import_key_set(issued.keys).get_by_kid(header.get("kid"))  # type: ignore[arg-type]
    # The set names RS256 for a key that signs PS256 as well.
    return RSAKey.import_key({name: v for name, v in key.as_dict(private=False).items() if name != "alg"})


def _granted(issued: Issued) -> list[str]:
    if issued.grant.get("allow_all_scopes"):
        return [scope["value"] for scope in issued.api.get("scopes", ())]
    return list(issued.grant.get("scope", ()))


def _listed(scopes: list[str]) -> str:
    return " ".join(sorted(scopes)) or "none"


def _audience(claims: Object, identifier: str) -> str:
    """A token for a user may name several audiences; it is enough that ours is among them."""
    audience = claims.get("aud")
    return identifier if isinstance(audience, list) and identifier in audience else str(audience)


def _is_rfc9068(api: Object) -> bool:
    return str(api.get("token_dialect")).startswith("rfc9068_profile")


def _encryption(api: Object) -> str:
    return str(api["token_encryption"]["encryption_key"]["alg"]) if "token_encryption" in api else "none"


def _part(token: str, index: int) -> Object:
    """A part of a compact token, decoded and not verified; empty when it is no JSON."""
    text = token.split(".")[index]
    try:
        part: Object = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (binascii.Error, ValueError):
        return {}
    return part
