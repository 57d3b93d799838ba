"""Where a program declares a resource: as the engine says, else by the name in the program's files.

An engine that knows the place writes it into a resource's state, as `project:///<file>#<line>,<column>`
(`_get_source_position` of Pulumi's SDK). A name that stands in several places, or that the program makes up,
has no place: nothing is guessed.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from auth0_api_vocabulary import name_of

_POSITION = re.compile(r"project:///(?P<file>[^#]+)#(?P<line>\d+)")
_NAMING = "resource_name"
"""The keyword by which a class takes the name."""


class Declaration(NamedTuple):
    """A line of a program."""

    file: str
    """Its path from where the project's file is told from, with slashes."""
    line: int


class _Mention(NamedTuple):
    name: str
    called: str
    """The function or class that is called with the name; empty where the text stands by itself."""
    place: Declaration


def declarations(
    urns: Iterable[str], positions: Mapping[str, str], project_file: str = "Pulumi.yaml"
) -> dict[str, Declaration]:
    """Return where resources are declared, of those that have one such place.

    `positions` is what the engine says, by URN; the program's files are those below the project's file.
    """
    folder = Path(project_file).parent
    told = {urn: _told(positions.get(urn, ""), folder) for urn in urns}
    sought = {name_of(urn) for urn, place in told.items() if place is None} - {""}
    mentions = list(_mentions(folder, sought)) if Path(project_file).is_file() else []
    places = {urn: place or _named(urn, mentions) for urn, place in told.items()}
    return {urn: place for urn, place in places.items() if place is not None}


def _told(position: str, folder: Path) -> Declaration | None:
    found = _POSITION.fullmatch(position.partition(",")[0])
    return Declaration((folder / found["file"]).as_posix(), int(found["line"])) if found else None


def _named(urn: str, mentions: Iterable[_Mention]) -> Declaration | None:
    """Return the call of the resource's class with its name, else the one place where the name stands."""
    ours = [mention for mention in mentions if mention.name == name_of(urn)]
    kind = urn.rpartition("::")[0].rpartition(":")[2]
    by_class = {mention.place for mention in ours if mention.called == kind}
    called = {mention.place for mention in ours if mention.called}
    for places in (by_class, called, {mention.place for mention in ours}):
        if places:
            return places.pop() if len(places) == 1 else None
    return None


def _mentions(folder: Path, names: Collection[str]) -> Iterator[_Mention]:
    """Yield where names stand; a file in which none of them stands in quotes is not parsed."""
    quoted = [f"{quote}{name}{quote}" for name in names for quote in "'\""]
    for path in _program_files(folder) if names else ():
        try:
            source = path.read_text(encoding="utf-8")
            tree = ast.parse(source if any(text in source for text in quoted) else "")
        except (OSError, SyntaxError, ValueError):
            continue  # what cannot be read declares nothing that anybody could find
        for node in ast.walk(tree):
            yield from _texts(node, path.as_posix())


def _program_files(folder: Path) -> Iterator[Path]:
    """Yield Python files below a folder, but for hidden folders and virtual environments."""
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.name.startswith(".") and not (path / "pyvenv.cfg").exists():
            yield from _program_files(path)
        elif path.suffix == ".py":
            yield path


def _texts(node: ast.AST, file: str) -> Iterator[_Mention]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield _Mention(node.value, "", Declaration(file, node.lineno))
    if not isinstance(node, ast.Call):
        return
    function = node.func
    called = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    named = [word.value for word in node.keywords if word.arg == _NAMING]
    for argument in (*node.args, *named):
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            yield _Mention(argument.value, called, Declaration(file, node.lineno))
