"""Each language does what the table of docs/languages.md says of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conformance import PARTS, played
from .figures import read
from .language import LANGUAGES, Language


@pytest.mark.xdist_group("languages")
@pytest.mark.parametrize("language", LANGUAGES.values(), ids=list(LANGUAGES))
def test_a_language_does_what_the_table_says(language: Language, tmp_path: Path) -> None:
    """The example of each language, from its first preview to its destruction, at the cost that is told."""
    if missing := language.missing():
        pytest.skip(f"{language.title} is not tested: there is no {missing} on PATH")
    assert dict(played(language, tmp_path)) == read()[language.name]


def test_the_table_has_every_part_of_every_language() -> None:
    """No language and no part is missing from what was measured."""
    measured = read()
    assert list(measured) == list(LANGUAGES)
    assert {tuple(parts) for parts in measured.values()} == {tuple(PARTS)}
