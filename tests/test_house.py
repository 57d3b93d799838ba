"""What holds for the repository as a whole."""

from __future__ import annotations

import re
from pathlib import Path

from pulumi_auth0_apis import __version__

ROOT = Path(__file__).parents[1]


def test_changelog_opens_with_the_version() -> None:
    """The newest entry of the changelog is the version that the package declares."""
    newest = re.search(r"^## \[([^\]]+)\]", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert newest is not None
    assert newest[1] == __version__


def test_lock_names_no_address() -> None:
    """The lock pins versions and hashes and names no package index."""
    lock = (ROOT / "requirements.lock").read_text()
    assert "://" not in lock
    assert "index" not in re.sub(r"^[a-z0-9-]+==", "", lock, flags=re.MULTILINE)


def test_every_pin_has_hashes() -> None:
    """Every package of the lock can be installed with --require-hashes."""
    blocks = re.split(r"\n(?=\S)", (ROOT / "requirements.lock").read_text().strip())
    assert len(blocks) > 50
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []
