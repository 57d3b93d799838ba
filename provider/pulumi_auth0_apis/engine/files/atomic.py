"""Files that are whole or not there at all, whatever happens while they are written."""

from __future__ import annotations

import errno
import os
import shutil
import uuid
from pathlib import Path
from tempfile import TemporaryFile


def write_atomically(file: Path, content: bytes) -> None:
    """Replace a file. A crash, at any moment, leaves the old content or the new."""
    temporary = file.with_name(f".{file.name}.{uuid.uuid4().hex}")
    try:
        with temporary.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(file)
    finally:
        temporary.unlink(missing_ok=True)
    sync_directory(file.parent)


def sync_directory(directory: Path) -> None:
    """Make a new, renamed or removed name last. Only POSIX has and needs that."""
    if os.name != "posix":
        return
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def probe(folder: Path, needed: int) -> None:
    """Make a folder, write to it, and see that it has room for so many bytes. Raises `OSError`."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryFile(dir=folder) as file:
        file.write(b"\0")
        os.fsync(file.fileno())
    if shutil.disk_usage(folder).free < needed:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
