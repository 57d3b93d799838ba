"""Files that a command is asked to write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import typer

from pulumi_auth0_apis.cli.terminal import say

CANNOT_WRITE = 2
"""Exit code; 1 would mean that a rule is broken, or a run failed."""


@contextmanager
def written(file: Path) -> Iterator[TextIO]:
    """The file, open to be written; a command that cannot write it says so in a paragraph, and ends."""
    try:
        stream = file.open("w", encoding="utf-8")
    except OSError as error:
        say(f"{file} cannot be written: {error.strerror}. Name a file in a folder of yours.", err=True)
        raise typer.Exit(CANNOT_WRITE) from None
    with stream:
        yield stream
