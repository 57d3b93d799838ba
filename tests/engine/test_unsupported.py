"""What the engine refuses: one list, of which the page, too, is made."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pulumi_auth0_apis.engine.model import unsupported

ENGINE = Path(unsupported.__file__).parents[1]
SOURCES = {file: file.read_text() for file in ENGINE.rglob("*.py")}


def test_every_refusal_is_of_the_list() -> None:
    """No other file of the engine makes such an error by itself."""
    makers = {
        file.stem for file, text in SOURCES.items() if re.search(r"(?<!class )UnsupportedError\(", text)
    }
    assert makers == {"unsupported"}


@pytest.mark.parametrize("name", [name for name in vars(unsupported) if name.isupper() and name != "ALL"])
def test_every_entry_is_refused(name: str) -> None:
    """An entry that nothing refuses would be a limit that is none, and one that is not listed untold."""
    entry = getattr(unsupported, name)
    if isinstance(entry, unsupported.Unsupported):
        assert entry in unsupported.ALL
        used = [file.stem for file, text in SOURCES.items() if re.search(rf"\b{name}\b", text)]
        in_tables = [*unsupported.OPTIONS.values(), *unsupported.OPTIONS_OF_A_PLUGIN.values()]
        assert used != ["unsupported"] or entry in [kind for _, kind in in_tables]
