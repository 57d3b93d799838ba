"""The files of a new repository: templates, with the project's name and the way to install this package.

The templates are a whole project of their own, whose name is the only thing in them that is replaced.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from pulumi_auth0_apis._requirement import requirements_file
from pulumi_auth0_apis.errors import ConfigurationError

TEMPLATES = Path(__file__).with_name("templates")
NAME = "new-auth0-apis"
"""The project's name in the templates."""


def new_files(name: str, ci: str, program: str = "example") -> dict[str, str]:
    """The text of each file of a repository, by its path.

    `ci` and `program` are folders of templates: github or gitlab, and example or imported, which leaves the
    program to an import.
    """
    texts: dict[str, str] = {}
    for folder in ("common", program, ci):
        for path, text in _templates(TEMPLATES / folder):
            texts[path] = texts.get(path, "") + text.replace(NAME, name)
    return texts | {"requirements.txt": requirements_file("testing")}


def write_new(directory: Path, files: Mapping[str, str]) -> None:
    """Write all files, or none: ConfigurationError where one is there already, or the folder cannot be."""
    refuse_taken(directory, files)
    try:
        for path, text in files.items():
            file = directory / path
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("x", encoding="utf-8") as stream:
                stream.write(text)
    except OSError as error:
        raise ConfigurationError(
            f"{error.filename} cannot be written: {error.strerror}.", "Name a folder of yours."
        ) from None


def refuse_taken(directory: Path, paths: Collection[str]) -> None:
    """Raise ConfigurationError where one of these files is there already, or stands in their way."""
    if taken := sorted(_taken(directory, paths)):
        raise ConfigurationError(
            f"{directory} has {', '.join(taken)} already, and nothing was written.",
            "Name an empty folder, or move these files away: none is ever overwritten.",
        )


def _templates(folder: Path) -> Iterator[tuple[str, str]]:
    """Path and text of each; what installing made of the Python files among them is none."""
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.suffix != ".pyc":
            yield file.relative_to(folder).as_posix(), file.read_text(encoding="utf-8")


def _taken(directory: Path, files: Collection[str]) -> set[str]:
    """What is in the way: files of these names, and files where a folder has to be."""
    there = {path for path in files if os.path.lexists(directory / path)}
    folders = {parent.as_posix() for path in files for parent in Path(path).parents}
    existing = {each for each in folders if os.path.lexists(directory / each)}
    return there | {each for each in existing if not (directory / each).is_dir()}
