"""What holds for the repository as a whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pulumi_auth0_apis import __version__

ROOT = Path(__file__).parents[1]
SOURCES = [*ROOT.glob("provider/**/*.py"), *ROOT.glob("policies/**/*.py")]


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ('"[secret]"', "policies/auth0_api_vocabulary/marks.py"),
        ("4dabf18193072939515e22adb298388d", "policies/auth0_api_vocabulary/marks.py"),
        ("1b47061264138c4ac30d75fd1eb44270", "policies/auth0_api_vocabulary/marks.py"),
        ("04da6b54-80e4-46f7-96ec-b56ff0331ba9", "policies/auth0_api_vocabulary/marks.py"),
        ('"pulumi-python:dynamic/auth0:', "policies/auth0_api_vocabulary/kinds.py"),
        ('"auth0-apis:', "policies/auth0_api_vocabulary/kinds.py"),
        ('"auth0:index/resourceServer', "policies/auth0_api_vocabulary/kinds.py"),
        ("def name_of(", "policies/auth0_api_vocabulary/__init__.py"),
        ('("127.0.0.1", "::1", "localhost")', "provider/pulumi_auth0_apis/management/settings.py"),
        ('{"scopes": "scope"}', "provider/pulumi_auth0_apis/resources/client_grant.py"),
    ],
)
def test_a_fact_has_one_home(text: str, home: str) -> None:
    """What several rooms have to agree on is written in one file, from which they take it."""
    written = [str(each.relative_to(ROOT)) for each in SOURCES if text in each.read_text()]
    assert written == [home]


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
