"""How property values are shown in one line."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_auth0_apis.cli.diff_lines import shown
from pulumi_auth0_apis.engine.model.assets import Archive, Asset
from pulumi_auth0_apis.engine.model.values import SECRET, SIGNATURE, UNKNOWN

HASH = "b94d27b9934d3e08"


@pytest.mark.parametrize(
    ("value", "line"),
    [
        (Asset(hash=HASH, text="hello").shown(), "asset(text:b94d27b)"),
        (Asset(hash=HASH, path="page.txt").shown(), "asset(file:b94d27b) page.txt"),
        (Archive(hash=HASH, uri="file:///x.zip").shown(), "archive(uri:b94d27b) file:///x.zip"),
        (Archive(hash=HASH, assets={"x": Asset(text="hello")}).shown(), "archive(assets:b94d27b)"),
        ([Asset(hash=HASH, path="a").shown()], '["asset(file:b94d27b) a"]'),
        ({SIGNATURE: SECRET, "ciphertext": "x"}, "[secret]"),
        (UNKNOWN, "[unknown]"),
        ({"a": [UNKNOWN, "b"]}, '{"a": [[unknown], "b"]}'),
        ("text", '"text"'),
    ],
)
def test_a_value_in_one_line(value: Any, line: str) -> None:
    """Files are told by their hash and place, secrets and what is not known by a word, the rest as JSON."""
    assert shown(value) == line
