"""What the other processes of one run hold: the engine starts a process for each provider of a stack.

Several of them may be of one tenant: two that a program declares, one that has another name than before, one
that was replaced and comes back, the old and the new version of the plugin. Then the resource that takes an
object over and the entry of the state that is deleted for it are in two processes, and the second must know
of the first. Each writes down what its resources hold, in a file that the others of its run find by the
address of their engine.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import threading
import uuid
import weakref
from collections.abc import Callable
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path

from pulumi_auth0_apis._holdings import Holdings, ObjectKey, Replacement, StateEntry


class SharedHoldings(Holdings):
    """Holdings of one process, which spare what a resource of another one holds."""

    def __init__(self, patience: float | None, engine: Callable[[], str]) -> None:
        """`engine` tells its address; without one this process has no neighbours."""
        super().__init__(patience)
        self._notes = Notes(engine)

    def stays(self, entry: StateEntry) -> None:
        super().stays(entry)
        self._note(entry.key)

    def hold(self, key: ObjectKey, holder: str) -> None:
        super().hold(key, holder)
        self._note(key)

    def leaves(self, entry: StateEntry, replacement: Replacement) -> None:
        super().leaves(entry, replacement)
        self._note(entry.key)

    def let_go(self, entry: StateEntry) -> bool:
        is_free = super().let_go(entry)
        self._note(entry.key)
        return is_free and not self._notes.is_held_by_another(self._named(entry.key))

    def _note(self, key: ObjectKey) -> None:
        if self.domain:
            self._notes.write(self._named(key), is_held=self.is_live(key))

    def _named(self, key: ObjectKey) -> str:
        return hashlib.sha256(repr((self.domain, *key)).encode()).hexdigest()


def engine_of_dynamic_resources() -> str:
    """The address that the process of dynamic resources is started with; empty in any other process."""
    path, *arguments = sys.argv or [""]
    is_theirs = Path(path).parts[-3:] == ("pulumi", "dynamic", "__main__.py")
    return arguments[0] if is_theirs and arguments else ""


class Notes:
    """A file of this process, with a line for each change: `+` or `-`, and a digest that names nothing.

    Its folder is this user's alone; where somebody else has made that, it is let alone. Nothing is decided
    before it is asked for: a process may be forked from one that has imported this.
    """

    def __init__(self, engine: Callable[[], str]) -> None:
        self._engine = engine
        self._own: Path | None = None
        self._lock = threading.Lock()
        self._file: TextIOWrapper | None = None

    def write(self, digest: str, *, is_held: bool) -> None:
        """Say that this process holds something, or holds it no longer.

        Where no file can be written the run goes on: the notes matter to few, and a tenant to all.
        """
        with self._lock, suppress(OSError):
            self._file = self._file or self._opened()
            if self._file:
                self._file.write(f"{'+' if is_held else '-'}{digest}\n")
                self._file.flush()

    def is_held_by_another(self, digest: str) -> bool:
        """Whether another process of the run, which is still there, holds it."""
        if not (self._engine() and self._is_ours()):
            return False
        others = (path for path in self._folder.glob(f"{self._run}-*") if path != self._own)
        return any(_last_sign(path, digest) == "+" and not _has_ended(path) for path in others)

    def _opened(self) -> TextIOWrapper | None:
        """The file of this process; those of processes that have ended are removed."""
        if not self._engine():
            return None
        self._folder.mkdir(mode=0o700, exist_ok=True)
        if not self._is_ours():
            return None
        for path in self._folder.glob("[!.]*"):
            if _has_ended(path):
                path.unlink(missing_ok=True)
        self._own = self._folder / f"{self._run}-{uuid.uuid4().hex}"
        file = _locked(self._own)
        weakref.finalize(self, file.close)
        return file

    @property
    def _folder(self) -> Path:
        return Path(tempfile.gettempdir()) / f"auth0-apis-{_user()}"

    @property
    def _run(self) -> str:
        return hashlib.sha256(self._engine().encode()).hexdigest()[:16]

    def _is_ours(self) -> bool:
        if self._folder.is_symlink() or not self._folder.is_dir():
            return False
        return sys.platform == "win32" or self._folder.stat().st_uid == os.getuid()


def _user() -> str:
    """A number, since not every user of a container has a name; on Windows the folder is one user's."""
    return "" if sys.platform == "win32" else str(os.getuid())


def _last_sign(path: Path, digest: str) -> str:
    """The sign of the last line about it, if there is one."""
    with suppress(FileNotFoundError):
        return next((line[0] for line in reversed(path.read_text().splitlines()) if line[1:] == digest), "")
    return ""


def _locked(path: Path) -> TextIOWrapper:
    """A new file, which is this process's until it ends, in whatever way; hidden until it is locked."""
    if sys.platform == "win32":  # which removes no file that a process has open, and so needs no lock
        return path.open("a")
    import fcntl

    hidden = path.with_name(f".{path.name}")
    file = hidden.open("a")
    fcntl.flock(file, fcntl.LOCK_EX)
    hidden.rename(path)
    return file


def _has_ended(path: Path) -> bool:
    """Whether the process is gone whose file it is."""
    try:
        if sys.platform == "win32":
            path.unlink()
            return True
        import fcntl

        with path.open() as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            return True
    except OSError:
        return False
