"""The settings of an API in Auth0's own words, with lifetimes as people read them.

The words are those of the Dashboard: https://auth0.com/docs/get-started/apis/api-settings.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from auth0_api_vocabulary import DEFAULTS, duration

LABELS = {
    "identifier": "Identifier",
    "name": "Name",
    "token_lifetime": "Maximum Access Token Lifetime",
    "token_lifetime_for_web": "Implicit / Hybrid Flow Access Token Lifetime",
    "token_dialect": "JSON Web Token (JWT) Profile",
    "signing_alg": "JSON Web Token (JWT) Signing Algorithm",
    "signing_secret": "Signing Secret",
    "token_encryption": "JSON Web Encryption (JWE)",
    "enforce_policies": "RBAC",
    "skip_consent_for_verifiable_first_party_clients": "Allow Skipping User Consent",
    "allow_offline_access": "Allow Offline Access",
    "allow_online_access": "Allow Online Access",
    "proof_of_possession": "Token Sender-Constraining",
    "subject_type_authorization": "Application Access Policy",
    "consent_policy": "Consent Policy",
    "authorization_details": "Rich Authorization Requests",
}
PROFILES = {
    "access_token": "Auth0",
    "access_token_authz": "Auth0, with permissions",
    "rfc9068_profile": "RFC 9068",
    "rfc9068_profile_authz": "RFC 9068, with permissions",
}


def label(setting: str) -> str:
    """Return Auth0's name of a setting, the property's own where Auth0 has none."""
    return LABELS.get(setting, setting)


def in_order(settings: Iterable[str]) -> list[str]:
    """Return settings in the Dashboard's order, those that it does not show last."""
    places = {setting: place for place, setting in enumerate(LABELS)}
    return sorted(settings, key=lambda setting: (places.get(setting, len(places)), setting))


def shown(setting: str, value: Any) -> str:
    """Return a setting's value as a person reads it."""
    if value is None:
        default = DEFAULTS.get(setting)
        return "not set" if default is None else f"{shown(setting, default)}, Auth0's default"
    if isinstance(value, bool):
        return "on" if value else "off"
    if setting.startswith("token_lifetime") and isinstance(value, int | float):
        return duration(int(value))
    if setting == "token_dialect":
        return f"{value} ({PROFILES[value]})" if value in PROFILES else str(value)
    if isinstance(value, str):
        return value
    return json.dumps(value, sort_keys=True, ensure_ascii=False)
