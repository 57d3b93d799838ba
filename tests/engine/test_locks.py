"""One deployment of a stack at a time."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pulumi_auth0_apis.engine.store.locks import LockedError, locked


def lock_of(directory: Path, **owner: Any) -> Path:
    """A lock as the CLI writes it."""
    directory.mkdir(exist_ok=True)
    file = directory / "0f7c.json"
    whole = {
        "pid": os.getpid(),
        "username": "ann",
        "hostname": "elsewhere",
        "timestamp": "2026-01-01T00:00:00Z",
    }
    file.write_text(json.dumps({**whole, **owner}))
    return file


def test_a_lock_lasts_as_long_as_it_is_held(tmp_path: Path) -> None:
    """It names its owner, and is gone afterwards."""
    with locked(tmp_path / "locks"):
        (file,) = (tmp_path / "locks").iterdir()
        owner = json.loads(file.read_bytes())
    assert (owner["pid"], owner["hostname"]) == (os.getpid(), socket.gethostname())
    assert not file.exists()


def test_two_cannot_hold_it(tmp_path: Path) -> None:
    """The second is told who is at it."""
    with (
        locked(tmp_path),
        pytest.raises(LockedError, match=rf"1 lock\(s\): .*\(pid {os.getpid()}\)"),
        locked(tmp_path),
    ):
        pass
    with locked(tmp_path):
        pass


def test_a_lock_of_another_machine_is_respected(tmp_path: Path) -> None:
    """Whether its process still runs cannot be known; the message says what to do."""
    file = lock_of(tmp_path, pid=1)
    with (
        pytest.raises(LockedError, match=r"ann@elsewhere .*`pulumi cancel` or delete the file"),
        locked(tmp_path),
    ):
        pass
    assert file.exists()


def test_a_crash_does_not_lock_for_ever(tmp_path: Path) -> None:
    """A lock of this machine whose process is gone is removed."""
    ended = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True
    )
    file = lock_of(tmp_path, pid=int(ended.stdout), hostname=socket.gethostname())
    with locked(tmp_path):
        assert not file.exists()


def test_a_damaged_lock_is_a_lock(tmp_path: Path) -> None:
    """Nobody knows whose it is, so it is respected."""
    lock_of(tmp_path).write_text("{")
    with pytest.raises(LockedError, match="unknown@"), locked(tmp_path):
        pass
