"""Rules of `check` for an API beyond the table of settings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from auth0_api_vocabulary import ADDITIONAL
from pulumi_auth0_apis._api_settings import DEFAULTS, SETTINGS_PAGE, SYSTEM_IDENTIFIER, SYSTEM_SETTINGS
from pulumi_auth0_apis._inputs import Failure, duplicates, is_unknown, known
from pulumi_auth0_apis._texts import NO_BLANK, SCOPE, unfit_names
from pulumi_auth0_apis._thumbprint import thumbprint

NOT_OURS = "Auth0 does not let this be changed on its own APIs; leave it out"


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


def _system(inputs: Mapping[str, Any]) -> Iterator[Failure]:
    if known(inputs, "identifier") and SYSTEM_IDENTIFIER.fullmatch(inputs["identifier"]):
        yield from (
            (name, NOT_OURS)
            for name in sorted(set(inputs) - SYSTEM_SETTINGS - {ADDITIONAL, "adopt", "force"})
        )


RULES = (_identifier, _lifetimes, _name, _signing_secret, _online_access, _scopes, _encryption_key, _system)
