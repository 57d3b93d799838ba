"""Rules of `check` for an API beyond the table of settings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from auth0_api_vocabulary import ADDITIONAL
from pulumi_auth0_apis._api_settings import (
    DEFAULTS,
    MANAGEMENT_IDENTIFIER,
    MAX_CLAIMS,
    SETTINGS_PAGE,
    SYSTEM_IDENTIFIER,
    SYSTEM_SETTINGS,
    TERRAFORM_PAGE,
)
from pulumi_auth0_apis._inputs import Failure, duplicates, is_unknown, known
from pulumi_auth0_apis._texts import NO_BLANK, SCOPE, unfit_names
from pulumi_auth0_apis._thumbprint import thumbprint

NOT_OURS = "Auth0 does not let this be changed on its own APIs; leave it out"
RESTRICTED_PAGE = "https://auth0.com/docs/secure/tokens/json-web-tokens/create-custom-claims"
_RESERVED = """
acr act active amr at_hash ath attest aud auth_time authorization_details azp c_hash client_id cnf cty dest
entitlements events exp groups gty htm htu iat internalservice iss jcard jku jti jwe jwk kid may_act mky nbf
nonce object_id org_id org_name orig origid permissions roles rph s_hash scope sid sip_callid sip_cseq_num
sip_date sip_from_tag sip_via_branch sub sub_jwk toe txn typ uuid vot vtm x5t#s256
"""
RESERVED_CLAIMS = frozenset(_RESERVED.split())
"""Names that no mapping may give a claim, in lower case: those of RESTRICTED_PAGE, and RFC 9068's `scope`."""
DOT_PATH = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)+")
URL = re.compile(r"https?://[^\s/]\S*")


def _identifier(inputs: Mapping[str, Any]) -> Iterator[Failure]:
    return unfit_names(inputs, "identifier")


def _lifetimes(inputs: Mapping[str, Any]) -> Iterator[Failure]:
    lifetime = inputs.get("token_lifetime", DEFAULTS["token_lifetime"])
    if not known(inputs, "token_lifetime_for_web") or is_unknown(lifetime):
        return
    if inputs["token_lifetime_for_web"] > lifetime:
        given = "given" if "token_lifetime" in inputs else "the default"
        yield (
            "token_lifetime_for_web",
            f"should not be over token_lifetime ({lifetime:,} s, {given}; {SETTINGS_PAGE})",
        )


def _name(inputs: Mapping[str, Any]) -> Iterator[Failure]:
    if known(inputs, "name") and re.search("[<>]", inputs["name"]):
        yield "name", f"should not contain < or > ({SETTINGS_PAGE})"


def _signing_secret(inputs: Mapping[str, Any]) -> Iterator[Failure]:
    algorithm = inputs.get("signing_alg", DEFAULTS["signing_alg"])
    if "signing_secret" in inputs and algorithm != "HS256" and not is_unknown(algorithm):
        yield "signing_secret", f"only HS256 signs with a secret, and signing_alg is {algorithm}"


def _online_access(inputs: Mapping[str, Any]) -> Iterator[Failure]:
    wider = inputs.get("allow_online_access_with_ephemeral_sessions")
    if wider is True and inputs.get("allow_online_access", False) is False:
        yield "allow_online_access_with_ephemeral_sessions", "is only possible with allow_online_access"


def _scopes(inputs: Mapping[str, Any]) -> Iterator[Failure]:
    scopes = inputs.get("scopes", ())
    if is_unknown(scopes):
        return
    values = [scope if is_unknown(scope) else scope["value"] for scope in scopes]
    for position, value in enumerate(values):
        if not is_unknown(value) and not SCOPE.fullmatch(value):
            yield f"scopes[{position}].value", f"should be at least one character, and {NO_BLANK}"
    for position, value in duplicates(values):
        yield f"scopes[{position}].value", f"{value} is listed twice"


def _encryption_key(inputs: Mapping[str, Any]) -> Iterator[Failure]:
    if not known(inputs, "token_encryption"):
        return
    try:
        thumbprint(inputs["token_encryption"]["encryption_key"]["pem"])
    except ValueError:
        yield "token_encryption.encryption_key.pem", "should be an RSA public key or certificate in PEM"


def _authorization_details(inputs: Mapping[str, Any]) -> Iterator[Failure]:
    details = inputs.get("authorization_details", ())
    for position, detail in enumerate(() if is_unknown(details) else details):
        if is_unknown(detail) or is_unknown(kind := detail.get("type")):
            continue
        if not isinstance(kind, str) or not kind:
            yield f"authorization_details[{position}].type", "is required, and a text (RFC 9396, section 2)"


def _custom_claims(inputs: Mapping[str, Any]) -> Iterator[Failure]:
    claims: Any = inputs
    for name in ("access_token", "claims_mapping", "custom_claims"):
        claims = claims.get(name, ())
        if is_unknown(claims) or not claims:
            return
    path = "access_token.claims_mapping.custom_claims"
    if len(claims) > MAX_CLAIMS:
        yield path, f"should be at most {MAX_CLAIMS} claims ({TERRAFORM_PAGE})"
    mapped = [claim if is_unknown(claim) else claim["name"] for claim in claims]
    for position, name in duplicates(mapped):
        yield f"{path}[{position}].name", f"{name} is listed twice"
    for position, claim in enumerate(claims):
        if not is_unknown(claim):
            yield from ((f"{path}[{position}].{key}", reason) for key, reason in _custom_claim(claim))


def _custom_claim(claim: Mapping[str, Any]) -> Iterator[Failure]:
    name, expression = claim["name"], claim["expression"]
    if not is_unknown(name) and not name:
        yield "name", "should be at least one character"
    elif not is_unknown(name) and name.lower() in RESERVED_CLAIMS:
        yield "name", f"is the name of a claim that Auth0 or a standard has taken ({RESTRICTED_PAGE})"
    if not is_unknown(expression) and not DOT_PATH.fullmatch(expression):
        yield "expression", "should be a path of names with dots, such as anonymous_session.metadata.country"


def _verification_location(inputs: Mapping[str, Any]) -> Iterator[Failure]:
    if known(inputs, "verification_location") and not URL.fullmatch(inputs["verification_location"]):
        yield "verification_location", "should be a URL that begins with https:// or http://"


def _system(inputs: Mapping[str, Any]) -> Iterator[Failure]:
    if known(inputs, "identifier") and SYSTEM_IDENTIFIER.fullmatch(inputs["identifier"]):
        yield from (
            (name, NOT_OURS)
            for name in sorted(set(inputs) - SYSTEM_SETTINGS - {ADDITIONAL, "adopt", "force"})
        )
        yield from _management_access(inputs)


def _management_access(inputs: Mapping[str, Any]) -> Iterator[Failure]:
    """Of access to the Management API Auth0 lets the users' change (source of its Terraform provider)."""
    access = inputs.get("subject_type_authorization")
    if access and not is_unknown(access) and MANAGEMENT_IDENTIFIER.fullmatch(inputs["identifier"]):
        fixed = sorted(set(access) - {"user"})
        yield from ((f"subject_type_authorization.{name}", NOT_OURS) for name in fixed)


RULES = (
    _identifier,
    _lifetimes,
    _name,
    _signing_secret,
    _online_access,
    _scopes,
    _encryption_key,
    _authorization_details,
    _custom_claims,
    _verification_location,
    _system,
)
