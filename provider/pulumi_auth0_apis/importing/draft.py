"""The files of an import, until its state is recorded."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from pulumi_auth0_apis.engine.files.atomic import write_atomically
from pulumi_auth0_apis.errors import ConfigurationError


class Draft:
    """Files that stay together or, where an error ends the import, are as they were.

    A program whose state was not recorded would ask for everything again, and a second import would declare
    everything twice. An interrupt leaves them: nobody knows then whether the state was recorded.
    """

    def __init__(self) -> None:
        self.written: set[Path] = set()
        self._before: dict[Path, bytes | None] = {}
        self._folders: list[Path] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, Exception):
            self._undo()

    def watch(self, file: Path) -> None:
        """Remember a file that something else may change."""
        if file not in self._before:
            self._before[file] = file.read_bytes() if file.exists() else None

    def write(self, file: Path, text: str) -> None:
        """Write a file, and the folders above it. Raises ConfigurationError where that cannot be."""
        try:
            self.watch(file)
            self._folders += [each for each in (file.parent, *file.parent.parents) if not each.exists()]
            file.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(file, text.encode())
        except OSError as error:
            raise ConfigurationError(
                f"{file} cannot be written: {error.strerror}. Nothing was imported.",
                "Choose a folder of yours, with room in it, and import again.",
            ) from None
        self.written.add(file)

    def _undo(self) -> None:
        for file, content in self._before.items():
            if content is None:
                with suppress(OSError):  # such as a name that is too long for a file
                    file.unlink()
            else:
                write_atomically(file, content)
        for folder in self._folders:
            with suppress(OSError):  # somebody else has put something there
                folder.rmdir()
