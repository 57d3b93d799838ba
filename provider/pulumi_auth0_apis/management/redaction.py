"""Keeping secrets out of messages and logs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

MASK = "[secret]"
SECRET_KEYS = frozenset(
    {
        "signing_secret",
        "client_secret",
        "client_assertion",
        "access_token",
        "api_token",
        "pem",
        "authorization",
    }
)
"""Names under which the Management and Authentication APIs carry secrets, and keys as long as one."""


def redacted(text: str, body: bytes) -> str:
    """`text` without the secrets that the JSON `body` of a request carries: an answer may quote them."""
    try:
        document = json.loads(body or b"null")
    except ValueError:
        return text
    for secret in secrets_in(document):
        text = text.replace(secret, MASK)
    return text


def secrets_in(document: Any) -> Iterator[str]:
    """Every string under a secret's name, at any depth."""
    if isinstance(document, dict):
        for key, value in document.items():
            if key in SECRET_KEYS and isinstance(value, str) and value:
                yield value
            else:
                yield from secrets_in(value)
    elif isinstance(document, list):
        for item in document:
            yield from secrets_in(item)


def masked(document: Any) -> Any:
    """`document` with a mask in place of every secret."""
    if isinstance(document, dict):
        return {k: MASK if k in SECRET_KEYS and v else masked(v) for k, v in document.items()}
    return [masked(item) for item in document] if isinstance(document, list) else document
