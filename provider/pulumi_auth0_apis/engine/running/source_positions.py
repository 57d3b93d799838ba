"""The lines of a program that declare its resources, as a state has them: `project:///<file>#<line>`.

As `parseSourcePosition` of `pkg/resource/deploy/source_eval.go` of pulumi/pulumi writes them. That engine
keeps the stack of calls as well: most of it is frames of Python itself, more text than all else of a state.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, unquote, urlsplit

_IN_PATHS: Final = "/$&+,:;=@"
"""What the path of a URL has as it is."""


class SourcePositions:
    """Tells files from the folder of Pulumi.yaml."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._files: dict[str, str] = {}
        """By the address that the SDK gives; a program has few files and many resources."""

    def of(self, request: Any) -> str:
        """Where a registration comes from; empty where nobody says it, or it is no file."""
        position = getattr(request, "sourcePosition", None)  # which an older SDK's request has no field for
        if position is None or not position.uri or position.line < 0 or position.column < 0:
            return ""
        if position.uri not in self._files:
            self._files[position.uri] = self._from_the_root(position.uri)
        column = f",{position.column}" if position.column else ""
        file = self._files[position.uri]
        return file and f"{file}#{position.line}{column}"

    def _from_the_root(self, uri: str) -> str:
        address = urlsplit(uri)
        path = unquote(address.path)
        if address.scheme != "file" or not Path(path).is_absolute():
            return ""
        return "project:///" + quote(Path(os.path.relpath(path, self._root)).as_posix(), safe=_IN_PATHS)
