"""A file is whole or not there at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pulumi_auth0_apis.engine.files.atomic import write_atomically


def test_a_file_is_replaced(tmp_path: Path) -> None:
    """The new content is there and nothing else is left."""
    file = tmp_path / "state.json"
    write_atomically(file, b"old")
    write_atomically(file, b"new")
    assert file.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [file]


def test_a_failure_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk, say, while the new content is written."""
    file = tmp_path / "state.json"
    write_atomically(file, b"old")

    def fail(_descriptor: int) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="no space"):
        write_atomically(file, b"new")
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]
