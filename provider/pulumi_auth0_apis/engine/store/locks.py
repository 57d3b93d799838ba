"""One deployment at a time: the locks of Pulumi's file backend.

A lock is a file that names its owner. Everybody writes their own and then looks for others, so of two that
start together at least one gives way. See `pkg/backend/diy/lock.go` of pulumi/pulumi.
"""

from __future__ import annotations

import getpass
import json
import os
import socket
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from pulumi_auth0_apis.engine.files.atomic import write_atomically
from pulumi_auth0_apis.engine.model.problems import EngineError, UnwritableError
from pulumi_auth0_apis.engine.model.state import timestamp


class LockedError(EngineError):
    """Another deployment of the stack runs, or one has ended without removing its lock."""


@contextmanager
def locked(directory: Path) -> Iterator[None]:
    """Hold the lock of the stack whose locks are in `directory`. Raises `LockedError` or `UnwritableError`.

    A lock of this machine whose process is gone is a crash's, and removed; Pulumi leaves that to
    `pulumi cancel`.
    """
    own = directory / f"{uuid.uuid4()}.json"
    try:
        directory.mkdir(parents=True, exist_ok=True)
        _refuse_others(directory, own=None)
        write_atomically(own, json.dumps(_owner()).encode())
    except OSError as error:
        raise UnwritableError(directory, error) from None
    try:
        _refuse_others(directory, own=own)
        yield
    finally:
        own.unlink(missing_ok=True)


def _owner() -> dict[str, Any]:
    return {
        "pid": os.getpid(),
        "username": _username(),
        "hostname": socket.gethostname(),
        "timestamp": timestamp(),
    }


def _username() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user need not have a name
        return str(os.getuid())


def _refuse_others(directory: Path, own: Path | None) -> None:
    held = [
        (file, owner) for file in sorted(directory.glob("*.json")) if file != own and (owner := _read(file))
    ]
    alive = [(file, owner) for file, owner in held if not _is_left_by_a_crash(file, owner)]
    if not alive:
        return
    locks = "; ".join(
        f"{file}, created by {owner.get('username')}@{owner.get('hostname')} (pid {owner.get('pid')}) at "
        f"{owner.get('timestamp')}"
        for file, owner in alive
    )
    raise LockedError(
        f"The stack is currently locked by {len(alive)} lock(s): {locks}.",
        "Wait for the other process to "
        "end. If it has ended without removing its lock, run `pulumi cancel` or delete the file.",
    )


def _read(file: Path) -> dict[str, Any]:
    """The owner of a lock; empty when the lock is gone by now."""
    try:
        owner = json.loads(file.read_bytes())
    except FileNotFoundError:
        return {}
    except ValueError:
        owner = None
    return owner if isinstance(owner, dict) and owner else {"username": "unknown"}


def _is_left_by_a_crash(file: Path, owner: dict[str, Any]) -> bool:
    pid = owner.get("pid")
    if owner.get("hostname") != socket.gethostname() or not isinstance(pid, int) or _runs(pid):
        return False
    with suppress(FileNotFoundError):
        file.unlink()
    return True


def _runs(pid: int) -> bool:
    if os.name != "posix":
        return True  # no harmless way to ask; the user decides
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
