"""An API's settings under the names that Auth0's dashboard gives them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Api = dict[str, Any]
PageSection = tuple[str, list[tuple[str, str]]]

_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"))


def sections(api: Api) -> list[PageSection]:
    """The Settings tab: sections of (label, value)."""
    return [(title, [(label, show(api)) for label, show in rows]) for title, rows in _SETTINGS]


def lifetime(seconds: int) -> str:
    """`86400 (1 day)`, in the largest unit that fits."""
    for size, unit in _UNITS:
        if seconds >= size and seconds % size == 0:
            count = seconds // size
            return f"{seconds} ({count} {unit}{'s' if count > 1 else ''})"
    return str(seconds)


def profile(api: Api) -> str:
    """The JWT profile as the dashboard names it."""
    return "RFC 9068" if str(api.get("token_dialect")).startswith("rfc9068") else "Auth0"


def _permissions_in_token(api: Api) -> str:
    return _on(str(api.get("token_dialect")).endswith("_authz"))


def _encryption(api: Api) -> str:
    if "token_encryption" not in api:
        return "Off"
    key = api["token_encryption"]["encryption_key"]
    return f"On, {key['alg']}, key {key.get('name') or key['thumbprint_sha256']}"


def _possession(api: Api) -> str:
    setting = api.get("proof_of_possession")
    if setting is None:
        return "Off"
    return f"{setting['mechanism']}, {'required' if setting['required'] else 'optional'}"


def _anonymous_lifetime(api: Api) -> str:
    seconds = api.get("token_lifetime_for_anonymous_access_tokens")
    return "Not set" if seconds is None else lifetime(seconds)


def _policy(kind: str) -> Callable[[Api], str]:
    def show(api: Api) -> str:
        policy = api["subject_type_authorization"].get(kind, {}).get("policy", "not set")
        return str(policy).replace("_", " ").capitalize()

    return show


def _on(value: object) -> str:
    return "On" if value else "Off"


def _flag(name: str) -> Callable[[Api], str]:
    return lambda api: _on(api.get(name))


_SETTINGS: tuple[tuple[str, tuple[tuple[str, Callable[[Api], str]], ...]], ...] = (
    (
        "General Settings",
        (
            ("Id", lambda api: str(api["id"])),
            ("Name", lambda api: str(api.get("name", "not set"))),
            ("Identifier", lambda api: str(api["identifier"])),
        ),
    ),
    (
        "Token Settings",
        (
            ("Maximum Access Token Lifetime (Seconds)", lambda api: lifetime(api["token_lifetime"])),
            (
                "Implicit / Hybrid Flow Access Token Lifetime (Seconds)",
                lambda api: lifetime(api["token_lifetime_for_web"]),
            ),
            ("Anonymous Access Token Lifetime (Seconds)", _anonymous_lifetime),
            ("JSON Web Token (JWT) Profile", profile),
            ("JSON Web Token (JWT) Signing Algorithm", lambda api: str(api["signing_alg"])),
            ("JSON Web Encryption (JWE)", _encryption),
            ("Token Sender-Constraining", _possession),
        ),
    ),
    (
        "RBAC Settings",
        (
            ("Enable RBAC", _flag("enforce_policies")),
            ("Add Permissions in the Access Token", _permissions_in_token),
        ),
    ),
    (
        "Access Settings",
        (
            ("Allow Skipping User Consent", _flag("skip_consent_for_verifiable_first_party_clients")),
            ("Allow Offline Access", _flag("allow_offline_access")),
            ("User Access", _policy("user")),
            ("Client (Machine to Machine) Access", _policy("client")),
            ("Anonymous Access", _policy("anonymous_user")),
        ),
    ),
)
