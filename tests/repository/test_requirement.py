"""How a new repository installs this package."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest
from packaging.requirements import Requirement

from pulumi_auth0_apis import _requirement as room
from pulumi_auth0_apis.repository.files import new_files

COMMIT = "f40e842000000000000000000000000000000000"


@pytest.mark.parametrize(
    ("origin", "line"),
    [
        (None, "pulumi-auth0-apis[testing]==0.1.0"),
        (
            {"url": "https://git.example.com/apis", "vcs_info": {"vcs": "git", "commit_id": COMMIT}},
            f"pulumi-auth0-apis[testing] @ git+https://git.example.com/apis@{COMMIT}",
        ),
        (
            {"url": "https://example.com/apis.whl", "archive_info": {}},
            "pulumi-auth0-apis[testing] @ https://example.com/apis.whl",
        ),
        (
            {"url": "file:///src/apis", "dir_info": {"editable": True}},
            "pulumi-auth0-apis[testing] @ file:///src/apis",
        ),
        (
            {
                "url": "https://git.example.com/all",
                "vcs_info": {"vcs": "git", "commit_id": COMMIT},
                "subdirectory": "a",
            },
            f"pulumi-auth0-apis[testing] @ git+https://git.example.com/all@{COMMIT}#subdirectory=a",
        ),
    ],
)
def test_it_comes_from_where_it_came_from(
    monkeypatch: pytest.MonkeyPatch, origin: dict[str, Any] | None, line: str
) -> None:
    """An index, a Git commit, a wheel, a folder: the requirement is the one that installed it here."""
    text = None if origin is None else json.dumps(origin)
    installed = SimpleNamespace(version="0.1.0", read_text=lambda _: text)
    monkeypatch.setattr(room, "distribution", lambda _: installed)
    assert room.requirement("testing") == line
    assert Requirement(line).extras == {"testing"}


@pytest.mark.parametrize(
    ("url", "is_told"), [("file:///src/apis", True), ("https://example.com/a.whl", False)]
)
def test_what_is_of_this_machine_says_so(monkeypatch: pytest.MonkeyPatch, url: str, is_told: bool) -> None:
    """requirements.txt says of a place on this machine that CI needs another one, and of no other place."""
    installed = SimpleNamespace(version="0.1.0", read_text=lambda _: json.dumps({"url": url}))
    monkeypatch.setattr(room, "distribution", lambda _: installed)
    assert ("CI needs" in new_files("acme", "github")["requirements.txt"]) == is_told
