"""What is taken for JSON."""

from __future__ import annotations

import json

import pytest

from pulumi_auth0_apis.management.documents import DEEPEST, LARGEST, document


def nested(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


@pytest.mark.parametrize(
    "value", [{}, [], "é", 0, -1, 1.5, True, None, LARGEST, -LARGEST, {"a": [{"b": "\U0001f600"}]}], ids=ascii
)
def test_what_auth0_may_send_is_read_as_it_is(value: object) -> None:
    """Any document of usual depth and usual numbers comes out as it went in."""
    assert document(json.dumps(value).encode()) == value


@pytest.mark.parametrize("half", [r"\ud800", r"\uDFFF", r"\udc00\ud800"])
def test_half_a_character_is_replaced(half: str) -> None:
    """Half of a surrogate pair, which no gRPC message carries, is what ECMAScript writes for it."""
    found = document(rf'{{"a{half}": ["b{half}", "\ud83d\ude00"]}}'.encode())
    replaced = "\ufffd" * (len(half) // 6)
    assert found == {f"a{replaced}": [f"b{replaced}", "\U0001f600"]}


def test_a_document_may_be_in_another_encoding() -> None:
    """UTF-16 and a byte order mark say themselves what they are."""
    assert document(json.dumps({"a": "é"}).encode("utf-16")) == {"a": "é"}
    assert document(b"\xef\xbb\xbf{}") == {}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>",
        b"{",
        b'"\xe9"',
        b'"\xed\xa0\x80"',
        b"NaN",
        b"[-Infinity]",
        b"1e999",
        b"[-1e999]",
        str(LARGEST + 1).encode(),
        b"-1" + b"0" * 400,
        b"1" * 5_000,
        nested(DEEPEST + 1),
        nested(100_000),
        b'{"a":' * 100_000,
    ],
    ids=lambda content: ascii(content[:20]),
)
def test_what_cannot_be_kept_is_no_document(content: bytes) -> None:
    """Half a text, a depth without end and numbers that ECMAScript does not hold are refused in one way."""
    with pytest.raises(ValueError):  # any of its kinds, whose words nobody reads
        document(content)


def test_the_deepest_document_is_read() -> None:
    """The limit itself is within it."""
    assert document(nested(DEEPEST)) is not None
