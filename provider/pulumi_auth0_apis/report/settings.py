"""The settings of an API in Auth0's own words, with lifetimes as people read them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from auth0_api_vocabulary import DEFAULTS, LABELS, duration

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
