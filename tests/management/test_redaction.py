"""What is a secret, and how it is kept out of sight."""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Callable
from urllib.parse import quote, quote_plus

import httpx
import pytest

from auth0_api_vocabulary.marks import MASK
from pulumi_auth0_apis.management.redaction import SECRET_KEYS, carried, masked, redacted, secrets_in

URL = "https://example.eu.auth0.com/"
ODD = "a\"b'c&d e+f/g<h\\i"
PEM = "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA\n-----END PUBLIC KEY-----"


def test_secrets_are_found_at_any_depth() -> None:
    """Every string under a secret's name counts; empty ones and other types do not."""
    document = {
        "signing_secret": "a",
        "client_secret": "",
        "pem": None,
        "list": [{"encryption_key": {"pem": "b"}}, "c"],
    }
    assert list(secrets_in(document)) == ["a", "b"]


def test_a_mask_stands_in_for_every_secret() -> None:
    """Masking keeps the shape of a document and touches nothing else."""
    document = {"alg": "n", "signing_secret": "a", "pem": None, "keys": [{"pem": {"inner": "b"}}]}
    assert masked(document) == {"alg": "n", "signing_secret": MASK, "pem": None, "keys": [{"pem": MASK}]}


def test_every_name_of_a_secret_is_masked() -> None:
    """No name on the list is forgotten by either way of hiding it."""
    for name in SECRET_KEYS:
        assert masked({name: "hush"}) == {name: MASK}
        for content in ({"json": {name: "hush"}}, {"data": {name: "hush"}}):
            assert carried(httpx.Request("POST", URL, **content)) == ["hush"]  # type: ignore[arg-type]


def test_a_request_carries_its_token() -> None:
    """The Authorization header is a secret by its token alone."""
    request = httpx.Request("GET", URL, headers={"authorization": "Bearer t0ken"})
    assert carried(request) == ["t0ken"]


def test_a_request_without_secrets_carries_none() -> None:
    """A body that is no document, or none at all, has nothing to hide."""
    assert carried(httpx.Request("GET", URL)) == []
    assert carried(httpx.Request("POST", URL, content=b"\xff{")) == []


@pytest.mark.parametrize(
    "spell",
    [
        str,
        quote_plus,
        lambda text: quote(text, safe=""),
        lambda text: json.dumps(text)[1:-1],
        lambda text: repr(text)[1:-1],
        html.escape,
        lambda text: repr(text.encode())[2:-1],
        lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
        lambda text: base64.b64encode(text.encode()).decode(),
    ],
)
@pytest.mark.parametrize("secret", ["s3cret", ODD, PEM], ids=["plain", "odd", "pem"])
def test_a_secret_is_found_in_every_spelling(spell: Callable[[str], str], secret: str) -> None:
    """A form, a document, a page or a Python message may quote it: none of them shows it."""
    assert redacted(f"You sent {spell(secret)}!", [secret]) == f"You sent {MASK}!"


def test_a_line_of_a_key_is_the_key() -> None:
    """An answer may quote a part of what has several lines."""
    assert redacted("MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA?", [PEM]) == f"{MASK}?"


def test_the_longer_secret_goes_first() -> None:
    """A secret that begins as another one does is hidden whole."""
    assert redacted("s3cret-long", ["s3cret", "s3cret-long"]) == MASK


@pytest.mark.parametrize(
    "text",
    [
        PEM,
        PEM.replace("\n", ""),
        PEM.replace("\n", "\\n"),
        PEM.partition("-----END")[0],
        "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl",
        "eyJhbGciOiJkaXIifQ..aXY.Y2lwaGVy.dGFn",
    ],
)
def test_what_looks_like_a_key_or_a_token_is_hidden(text: str) -> None:
    """Whoever sent it, a PEM or a JSON Web Token is nothing to show."""
    assert redacted(f"It is {text}") == f"It is {MASK}"


def test_other_text_is_left_as_it_is() -> None:
    """Sentences, identifiers and dates are no secrets."""
    text = "The API https://a.example.com/v1.2.3 (id 69a006b6) -- not found."
    assert redacted(text, ["", "s3cret"]) == text


def test_a_document_is_masked_where_it_quotes_a_secret() -> None:
    """A message inside of an answer hides what the request carried."""
    said = {"message": "String is too short: s3cret", "list": ["s3cret"], "count": 3}
    assert masked(said, ["s3cret"]) == {
        "message": f"String is too short: {MASK}",
        "list": [MASK],
        "count": 3,
    }
