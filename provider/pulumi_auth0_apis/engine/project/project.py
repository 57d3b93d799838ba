"""A Pulumi project: what `Pulumi.yaml` says, found and understood as the CLI does.

The format is described at https://www.pulumi.com/docs/iac/concepts/projects/project-file/.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, field_validator

from pulumi_auth0_apis.engine.files.yaml_files import FileError, check, read_yaml
from pulumi_auth0_apis.engine.model import unsupported

PYTHON = "python"
FILE_NAMES = ("Pulumi.yaml", "Pulumi.yml")
_NAME = re.compile(r"[A-Za-z0-9_.-]{1,100}")
_VIRTUALENVS: Mapping[str, str | None] = {"pip": None, "uv": ".venv"}


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Items(_Part):
    """The type of the elements of a configuration value that is an array."""

    type: Literal["string", "integer", "boolean", "array", "object"]
    items: Items | None = None


class Declaration(_Part):
    """A configuration value that the project declares for all of its stacks."""

    type: Literal["string", "integer", "boolean", "array", "object"] | None = None
    items: Items | None = None
    description: str | None = None
    secret: bool = False
    default: Any = None
    value: Any = None


class _Runtime(_Part):
    name: str
    options: dict[str, Any] = {}


class _Options(_Part):
    refresh: Literal["always"] | None = None


class _Backend(_Part):
    url: str | None = None


class _ProjectFile(_Part):
    name: str
    runtime: _Runtime
    description: str | None = None
    author: str | None = None
    website: str | None = None
    license: str | None = None
    main: str | None = None
    config: dict[str, Declaration] | str | None = None
    stackConfigDir: str | None = None
    backend: _Backend | None = None
    options: _Options | None = None
    template: dict[str, Any] | None = None
    packages: dict[str, Any] | None = None
    plugins: dict[str, Any] | None = None
    """Where the CLI finds providers; their resources are refused here, or played by fakes."""
    requiredPulumiVersion: str | None = None
    """About the CLI, which does not run here."""

    @field_validator("name")
    @classmethod
    def _named(cls, name: str) -> str:
        if not _NAME.fullmatch(name):
            raise ValueError("at most 100 letters, digits, hyphens, underscores and periods")
        return name

    @field_validator("runtime", mode="before")
    @classmethod
    def _short_runtime(cls, runtime: Any) -> Any:
        return {"name": runtime} if isinstance(runtime, str) else runtime

    @field_validator("config", mode="before")
    @classmethod
    def _short_declarations(cls, config: Any) -> Any:
        if not isinstance(config, dict):
            return config
        return {str(key): _declaration(str(key), value) for key, value in config.items()}


def _declaration(key: str, value: Any) -> Any:
    """`key: value` is short for a default, or, under another namespace than the project's, for a value."""
    if isinstance(value, dict):
        return value
    return {"value": value} if ":" in key else {"default": value}


@dataclass(frozen=True, kw_only=True)
class Project:
    """A project and where its parts are."""

    name: str
    file: Path
    """Pulumi.yaml."""
    language: str = PYTHON
    """The runtime of its program. One that is not Python is read about, and never run."""
    main: str = ""
    """The program, relative to the project's folder."""
    virtualenv: Path | None = None
    backend_url: str | None = None
    stack_config_directory: Path
    always_refreshes: bool = False
    """Every preview, update and destroy refreshes the state first."""
    declared: Mapping[str, Declaration] = field(default_factory=dict)
    """Declared configuration by full key, `namespace:name`."""

    @property
    def root(self) -> Path:
        """The folder of Pulumi.yaml."""
        return self.file.parent

    @property
    def program_directory(self) -> Path:
        """The folder that the program runs in."""
        program = (self.root / self.main).resolve()
        return program.parent if program.is_file() else program

    @property
    def program_entry(self) -> str:
        """The program's file in that folder, or `.` for its `__main__.py`."""
        program = (self.root / self.main).resolve()
        return program.name if program.is_file() else "."

    @property
    def python(self) -> str:
        """The Python of `virtualenv`, else the one we run in. Raises `FileError` when it is not there."""
        if self.virtualenv is None:
            return sys.executable
        for candidate in ("bin/python", "Scripts/python.exe"):
            if (self.virtualenv / candidate).exists():
                return str(self.virtualenv / candidate)
        raise FileError(
            f"{self.file} names the virtual environment {self.virtualenv}, which is not there.",
            "Create it "
            f"with `python -m venv {self.virtualenv}` and install the program's requirements into it, or "
            "remove the option.",
        )

    def require_python(self) -> None:
        """Raise `UnsupportedError` for a program in another language, which nothing here can run."""
        if self.language != PYTHON:
            raise unsupported.LANGUAGES.error(f"A program in {self.language} (runtime of Pulumi.yaml)")

    def stack_file(self, stack: str) -> Path:
        """Where the settings of a stack are, whether or not there are any."""
        return self.stack_config_directory / f"Pulumi.{stack}{self.file.suffix}"

    def configured_stacks(self) -> list[str]:
        """The names of the stacks that have settings, sorted."""
        files = self.stack_config_directory.glob(f"Pulumi.*{self.file.suffix}")
        return sorted(file.stem.removeprefix("Pulumi.") for file in files)

    @classmethod
    def load(cls, directory: Path) -> Self:
        """Load the project that `directory` is part of. Raises `FileError` or `UnsupportedError`."""
        file = _find(directory.resolve())
        content = check(_ProjectFile, _own_fields(read_yaml(file)), file)
        is_python = content.runtime.name == PYTHON
        if is_python:
            _refuse(content)
        if is_python and not (file.parent / (content.main or "")).exists():
            raise FileError(f"{file} names the program {content.main} (main), which is not there.")
        declared = content.config if isinstance(content.config, dict) else {}
        for key, declaration in declared.items():
            _check_declaration(content.name, key, declaration, file)
        config_directory = content.stackConfigDir or (
            content.config if isinstance(content.config, str) else ""
        )
        return cls(
            name=content.name,
            file=file,
            main=content.main or "",
            language=content.runtime.name,
            virtualenv=_virtualenv(content.runtime.options, file) if is_python else None,
            backend_url=content.backend.url if content.backend else None,
            stack_config_directory=file.parent / config_directory,
            always_refreshes=content.options is not None and content.options.refresh == "always",
            declared={full_key(content.name, key): each for key, each in declared.items()},
        )


def full_key(project: str, key: str) -> str:
    """The key with its namespace, which is the project's unless it has one."""
    return key if ":" in key else f"{project}:{key}"


def _find(directory: Path) -> Path:
    for folder in (directory, *directory.parents):
        for name in FILE_NAMES:
            if (folder / name).is_file():
                return folder / name
    raise FileError(
        f"There is no Pulumi.yaml in {directory} or above it.",
        "Go to the folder of your program, or name it with --cwd.",
    )


def _own_fields(written: Any) -> Any:
    """What is of a project of any language: a program in YAML stands in the same file."""
    runtime = written.get("runtime", PYTHON) if isinstance(written, dict) else PYTHON
    if (runtime.get("name") if isinstance(runtime, dict) else runtime) == PYTHON:
        return written
    return {name: value for name, value in written.items() if name in _ProjectFile.model_fields}


def _refuse(content: _ProjectFile) -> None:
    """Refuse what would silently be left undone."""
    unknown = content.runtime.options.keys() - {"virtualenv", "toolchain"}
    if unknown:
        raise unsupported.RUNTIME_OPTIONS.error(f"The runtime option {min(unknown)} of Pulumi.yaml")


def _virtualenv(options: Mapping[str, Any], file: Path) -> Path | None:
    toolchain = options.get("toolchain", "pip")
    if toolchain not in _VIRTUALENVS:
        raise unsupported.RUNTIME_OPTIONS.error(f"The toolchain {toolchain} (runtime options of Pulumi.yaml)")
    virtualenv = options.get("virtualenv", _VIRTUALENVS[toolchain])
    if virtualenv is None:
        return None
    if not isinstance(virtualenv, str):
        raise FileError(f"{file} is not valid: `runtime.options.virtualenv` must be the path of a folder.")
    return file.parent / Path(virtualenv).expanduser()


def _check_declaration(project: str, key: str, declared: Declaration, file: Path) -> None:
    mistake = _mistake(declared, own=full_key(project, key).startswith(f"{project}:"))
    if mistake:
        raise FileError(f"{file} is not valid: `config.{key}` {mistake}.")


def _mistake(declared: Declaration, *, own: bool) -> str | None:
    if declared.default is not None and declared.value is not None:
        return "has both a default and a value"
    if own:
        if declared.type == "array" and declared.items is None:
            return "is an array and does not say of what, in `items`"
        if declared.default is not None and not fits(declared, declared.default):
            return f"has a default that is no {declared.type}"
    elif declared.type or declared.default is not None or declared.value is None:
        return "has the namespace of another package and can have nothing but a value"
    return None


def fits(declared: Declaration | Items, value: Any) -> bool:
    """Whether a configuration value is of the declared type. Text that reads as a number or a bool is one."""
    match declared.type:
        case "string":
            return isinstance(value, str)
        case "integer":
            return not isinstance(value, bool) and bool(re.fullmatch(r"[-+]?\d+", str(value)))
        case "boolean":
            return isinstance(value, bool) or value in ("true", "false")
        case "object":
            return isinstance(value, dict)
        case "array":
            items = declared.items
            return isinstance(value, list) and items is not None and all(fits(items, each) for each in value)
    return True
