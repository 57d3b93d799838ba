"""What is a secret, and how it is kept out of sight."""

from __future__ import annotations

import json

from pulumi_auth0_apis.management.redaction import MASK, SECRET_KEYS, masked, redacted, secrets_in


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
    document = {"name": "n", "signing_secret": "a", "pem": None, "keys": [{"pem": {"inner": "b"}}]}
    assert masked(document) == {"name": "n", "signing_secret": MASK, "pem": None, "keys": [{"pem": MASK}]}


def test_every_name_of_a_secret_is_masked() -> None:
    """No name on the list is forgotten by either way of hiding it."""
    for name in SECRET_KEYS:
        assert masked({name: "hush"}) == {name: MASK}
        assert redacted("it says hush", json.dumps({name: "hush"}).encode()) == f"it says {MASK}"


def test_text_without_a_document_is_left_as_it_is() -> None:
    """A request without a body, or with a form, has nothing to hide in an answer."""
    assert redacted("text", b"") == "text"
    assert redacted("text", b"grant_type=x") == "text"
