"""Messages in the words of the plugin's programs."""

from __future__ import annotations

import pytest

from pulumi_auth0_apis._texts import MEANT
from pulumi_auth0_apis.plugin.words import in_their_words


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("token_lifetime is required", "tokenLifetime is required"),
        ('The API "token_lifetime" is there.', 'The API "token_lifetime" is there.'),
        ("adopt=True on its resource", "adopt: true on its resource"),
        ("`pulumi config set auth0:domain …`", "`pulumi config set auth0-apis:domain …`"),
        ("begin anew with `auth0-apis stack rm --force`.", "begin anew with `pulumi stack rm --force`."),
        (
            "To have the program written: `auth0-apis import . --identifier 'https://a.b'` in its folder, "
            "with this declaration taken out. For taint",
            "To have it written: `pulumi import` with its id, and this declaration taken out. For taint",
        ),
    ],
)
def test_a_message_is_in_the_words_of_the_program(text: str, told: str) -> None:
    """What is quoted is somebody's own and stays."""
    assert in_their_words(text) == told


def test_an_output_in_a_text_is_explained_for_every_language() -> None:
    """A program in TypeScript has no f-string."""
    told = in_their_words(f"name: {MEANT}")
    assert "f-string" not in told
    assert "pulumi.interpolate" in told
