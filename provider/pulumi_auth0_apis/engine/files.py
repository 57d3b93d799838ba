"""Files that are whole or not there at all, whatever happens while they are written."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_atomically(file: Path, content: bytes) -> None:
    """Replace a file. A crash, at any moment, leaves the old content or the new."""
    descriptor, temporary = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(_mode(file))
        Path(temporary).replace(file)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    sync_directory(file.parent)


def _mode(file: Path) -> int:
    """The permissions of the file it replaces; a new one is its owner's alone, as Pulumi's are."""
    return file.stat().st_mode & 0o777 if file.exists() else 0o600


def sync_directory(directory: Path) -> None:
    """Make a renamed or removed name last. Only POSIX has and needs that."""
    if os.name != "posix":
        return
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
