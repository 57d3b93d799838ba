"""Keeping secrets out of messages and logs.

An answer may quote what a request carried, and a library may quote the request. So whatever others say goes
through here before it is told.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, quote_plus

if TYPE_CHECKING:
    import httpx

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

MASKED_KEYS = SECRET_KEYS | {"description"}
"""What a log does not show. A program may mark the description of a permission secret, and the engine does
not tell a provider what is marked."""

LINE_OF_A_KEY = 32
"""Characters from which a line of a secret is as good as the secret."""

_KEY = r"-----BEGIN [A-Z0-9 ]+-----.*?(?:-----END [A-Z0-9 ]+-----|\Z)"
_TOKEN = r"\beyJ[\w-]{5,}(?:\.[\w-]*){2,4}"  # noqa: S105 # the pattern of a JSON Web Token
_LOOKS_SECRET = re.compile(f"{_KEY}|{_TOKEN}", re.DOTALL)


def carried(request: httpx.Request) -> list[str]:
    """The secrets of `request`: of its JSON or its form, and the token of its Authorization header."""
    token = request.headers.get("authorization", "").removeprefix("Bearer ")
    return [*secrets_in(_sent(request.content)), *filter(None, [token])]


def _sent(content: bytes) -> Any:
    try:
        return json.loads(content or b"null")
    except ValueError:
        return dict(parse_qsl(content.decode(errors="replace")))


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


def redacted(text: str, secrets: Iterable[str] = ()) -> str:
    """`text` without `secrets`, however they are spelled there, and without what looks like one."""
    spellings = {spelling for secret in secrets for spelling in _spellings(secret)}
    for spelling in sorted(spellings, key=len, reverse=True):
        text = text.replace(spelling, MASK)
    return _LOOKS_SECRET.sub(MASK, text)


def _spellings(secret: str) -> Iterator[str]:
    """As forms, documents, pages and Python's messages write it, whole and line by line."""
    lines = (line for line in secret.splitlines() if len(line) >= LINE_OF_A_KEY)
    for part in filter(None, (secret, *lines)):
        yield from (part, quote(part, safe=""), quote_plus(part), html.escape(part))
        yield from (json.dumps(part)[1:-1], repr(part)[1:-1], repr(part.encode(errors="replace"))[2:-1])


def masked(document: Any, secrets: Iterable[str] = ()) -> Any:
    """`document` with a mask in place of what is or may be a secret: under its name, or quoted in a text."""
    secrets = list(secrets)
    if isinstance(document, dict):
        return {k: MASK if k in MASKED_KEYS and v else masked(v, secrets) for k, v in document.items()}
    if isinstance(document, list):
        return [masked(item, secrets) for item in document]
    return redacted(document, secrets) if isinstance(document, str) else document
