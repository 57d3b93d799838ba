"""Ids in the forms that Auth0 gives them (recorded)."""

from __future__ import annotations

import secrets
import string

_ALPHANUMERIC = string.ascii_letters + string.digits


def resource_server_id(now: float) -> str:
    """24 lowercase hex digits; the first eight are the second of creation, as in a MongoDB ObjectId."""
    return f"{int(now):08x}{secrets.token_hex(8)}"


def client_grant_id() -> str:
    """`cgr_` and 16 alphanumerics."""
    return "cgr_" + _alphanumerics(16)


def client_id() -> str:
    """32 alphanumerics."""
    return _alphanumerics(32)


def organization_id() -> str:
    """`org_` and 16 alphanumerics."""
    return "org_" + _alphanumerics(16)


def credential_id() -> str:
    """`cred_` and 22 alphanumerics."""
    return "cred_" + _alphanumerics(22)


def client_secret() -> str:
    """64 characters."""
    return secrets.token_urlsafe(48)


def signing_secret() -> str:
    """32 characters, what Auth0 generates for an API created with HS256."""
    return _alphanumerics(32)


def _alphanumerics(length: int) -> str:
    return "".join(secrets.choice(_ALPHANUMERIC) for _ in range(length))
