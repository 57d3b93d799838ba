"""Keeping secrets out of messages and logs.

An answer may quote what a request carried, and a library may quote the request. So whatever others say goes
through here before it is told.
"""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, quote_plus

from auth0_api_vocabulary.marks import MASK

if TYPE_CHECKING:
    import httpx

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

TOLD = frozenset(
    {
        "allow_all_scopes",
        "allow_any_organization",
        "allow_offline_access",
        "allow_online_access",
        "allow_online_access_with_ephemeral_sessions",
        "audience",
        "authorization_details",
        "authorization_details_types",
        "authorization_policy",
        "client_id",
        "consent_policy",
        "default_for",
        "enforce_policies",
        "id",
        "identifier",
        "is_system",
        "name",
        "organization_usage",
        "proof_of_possession",
        "scope",
        "scopes",
        "signing_alg",
        "signing_secret",
        "skip_consent_for_verifiable_first_party_clients",
        "subject_type",
        "subject_type_authorization",
        "token_dialect",
        "token_encryption",
        "token_lifetime",
        "token_lifetime_for_web",
    }
)
"""Properties of APIs and grants of which it is known what is secret in them, and what is not.

Any other one comes from a program's `additional_settings`, or Auth0 has had it since: its value may be a
secret, and is neither logged nor quoted.
"""

LISTS = frozenset({"resource_servers", "client_grants"})
FRAME = frozenset({"total", "start", "limit", "next", "statusCode", "error", "message", "errorCode"})
"""What a page and a refusal have beside objects."""

WORD = 4
"""Characters from which a value that nobody knows is left out of what others say; the rest are mere words."""

MASKED_KEYS = SECRET_KEYS | {"name", "description"}
"""What a log does not show: a program may mark these secret, and no engine tells a provider so."""

DESCRIPTION = 12
"""Characters from which a description that an answer quotes is left out; shorter ones are mere words."""

LINE_OF_A_KEY = 32
"""Characters from which a line of a secret is as good as the secret."""

_KEY = r"-----BEGIN [A-Z0-9 ]+-----.*?(?:-----END [A-Z0-9 ]+-----|\Z)"
_TOKEN = r"\beyJ[\w-]{5,}(?:\.[\w-]*){2,4}"  # noqa: S105 # the pattern of a JSON Web Token
_LOOKS_SECRET = re.compile(f"{_KEY}|{_TOKEN}", re.DOTALL)


def carried(request: httpx.Request) -> list[str]:
    """The secrets of `request` and its descriptions: of its JSON or form, and its Authorization's token."""
    token = request.headers.get("authorization", "").removeprefix("Bearer ")
    sent = _sent(request.content)
    descriptions = (text for text in _texts(sent, {"description"}) if len(text) >= DESCRIPTION)
    untold = _values(_untold(sent)) if about_objects(request) else ()
    return [*secrets_in(sent), *descriptions, *untold, *filter(None, [token])]


def about_objects(request: httpx.Request) -> bool:
    """Whether a request is about APIs or grants."""
    return request.url.path.startswith(("/api/v2/resource-servers", "/api/v2/client-grants"))


def _untold(sent: Any) -> list[Any]:
    """The values of `sent` that nobody knows."""
    return [value for name, value in sent.items() if name not in TOLD] if isinstance(sent, dict) else []


def _values(document: Any) -> Iterator[str]:
    """Every text and number in a document that is long enough to be told from a word."""
    if isinstance(document, dict | list):
        for item in document.values() if isinstance(document, dict) else document:
            yield from _values(item)
    elif not isinstance(document, bool | None) and len(str(document)) >= WORD:
        yield str(document)


def _sent(content: bytes) -> Any:
    try:
        return json.loads(content or b"null")
    except ValueError:
        return dict(parse_qsl(content.decode(errors="replace")))


def secrets_in(document: Any) -> Iterator[str]:
    """Every string under a secret's name, at any depth."""
    return _texts(document, SECRET_KEYS)


def _texts(document: Any, names: Collection[str]) -> Iterator[str]:
    if isinstance(document, dict):
        for key, value in document.items():
            if key in names and isinstance(value, str) and value:
                yield value
            else:
                yield from _texts(value, names)
    elif isinstance(document, list):
        for item in document:
            yield from _texts(item, names)


def redacted(text: str, secrets: Iterable[str] = ()) -> str:
    """`text` without `secrets`, however they are spelled there, and without what looks like one."""
    spellings = {spelling for secret in secrets for spelling in _spellings(secret)}
    for spelling in sorted(spellings, key=len, reverse=True):
        text = text.replace(spelling, MASK)
    return _LOOKS_SECRET.sub(MASK, text)


def _spellings(secret: str) -> Iterator[str]:
    """As forms, documents, pages, headers and Python's messages write it, whole and line by line."""
    lines = (line for line in secret.splitlines() if len(line) >= LINE_OF_A_KEY)
    for part in filter(None, (secret, *lines)):
        raw = part.encode(errors="replace")
        yield from (part, quote(part, safe=""), quote_plus(part), html.escape(part))
        yield from (json.dumps(part)[1:-1], json.dumps(part, ensure_ascii=False)[1:-1])
        yield from (repr(part)[1:-1], repr(raw)[2:-1], base64.b64encode(raw).decode())


def masked(document: Any, secrets: Iterable[str] = ()) -> Any:
    """`document` with a mask in place of what is or may be a secret: under its name, or quoted in a text."""
    secrets = list(secrets)
    if isinstance(document, dict):
        return {k: MASK if k in MASKED_KEYS and v else masked(v, secrets) for k, v in document.items()}
    if isinstance(document, list):
        return [masked(item, secrets) for item in document]
    return redacted(document, secrets) if isinstance(document, str) else document


def told(document: Any) -> Any:
    """Objects as they are sent and answered, with a mask in place of properties that nobody knows."""
    if isinstance(document, list):
        return [told(item) for item in document]
    if not isinstance(document, dict):
        return document
    return {
        name: told(value) if name in LISTS else value if name in TOLD | FRAME else MASK
        for name, value in document.items()
    }
