"""Pulumi's YAML files: read as YAML 1.2, changed without touching what else is in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from pulumi_auth0_apis.engine.model.problems import EngineError

Model = TypeVar("Model", bound=BaseModel)


class FileError(EngineError):
    """A file of the project cannot be read. The message names file, place and what is wrong there."""


class _Loader(yaml.SafeLoader):
    """Plain scalars as YAML 1.2 has them: `yes`, `12:30` and `2026-01-01` are text."""


_SCALARS: Final = {
    "tag:yaml.org,2002:null": (r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    "tag:yaml.org,2002:bool": (r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    "tag:yaml.org,2002:int": (r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    "tag:yaml.org,2002:float": (
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?",
        list("-+.0123456789"),
    ),
    "tag:yaml.org,2002:merge": (r"<<", ["<"]),
}


def _construct_int(_loader: yaml.SafeLoader, node: yaml.ScalarNode) -> int:
    text = node.value
    return int(text, 0 if text[:2] in ("0o", "0x") else 10)


def _construct_float(_loader: yaml.SafeLoader, node: yaml.ScalarNode) -> float:
    return float(node.value)


class _Dumper(yaml.SafeDumper):
    """Quotes every text that one of the two versions of YAML would take for something else."""


_Loader.yaml_implicit_resolvers = {}
for _tag, (_pattern, _first) in _SCALARS.items():
    for _kind in (_Loader, _Dumper):
        _kind.add_implicit_resolver(_tag, re.compile(f"^(?:{_pattern})$"), _first)
_Loader.add_constructor("tag:yaml.org,2002:int", _construct_int)
_Loader.add_constructor("tag:yaml.org,2002:float", _construct_float)


def read_yaml(file: Path) -> dict[str, Any]:
    """Read a file whose top level is a mapping; an empty file is an empty one. Raises `FileError`."""
    try:
        content = yaml.load(file.read_text(encoding="utf-8-sig"), _Loader)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError as error:
        raise FileError(f"{file} is not valid YAML: {_describe(error)}.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(f"{file} cannot be read: {error}.") from None
    if content is None:
        return {}
    if not isinstance(content, dict):
        raise FileError(f"{file} must hold keys and values at its top level, such as `name: my-project`.")
    return {str(key): value for key, value in content.items()}


def dumped(content: Mapping[str, Any]) -> str:
    """The text of a file that `read_yaml` reads as `content`."""
    return yaml.dump(dict(content), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1_000_000)


def _describe(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return " ".join(str(error).split())
    return (
        f"line {mark.line + 1}, column {mark.column + 1}: {getattr(error, 'problem', None) or 'not readable'}"
    )


def check(model: type[Model], content: dict[str, Any], file: Path) -> Model:
    """Check the shape of a file. Raises `FileError`, which names every mistake."""
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise FileError(f"{file} is not valid: {'; '.join(_mistakes(error))}.") from None


def _mistakes(error: ValidationError) -> list[str]:
    mistakes = []
    for each in error.errors(include_url=False, include_input=False):
        place = ".".join(str(part) for part in each["loc"])
        if each["type"] == "extra_forbidden":
            mistakes.append(f"there is no field `{place}`")
        elif each["type"] == "missing":
            mistakes.append(f"the field `{place}` is missing")
        else:
            mistakes.append(f"`{place}`: {each['msg'][:1].lower()}{each['msg'][1:]}")
    return mistakes


def set_entry(text: str, path: tuple[str, ...], value: Any) -> str:
    """Change one value in the text of a YAML file, or add it; comments and order stay as they are."""
    root = yaml.compose(text, _Loader)
    if root is None:
        return text + _entry(path, value, 0)
    return _set_in(text, root, path, value)


def _set_in(text: str, node: yaml.Node, path: tuple[str, ...], value: Any) -> str:
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        raise FileError(f"{path[-1]} cannot be set there: it is not a block of `key: value` lines.")
    for key, child in node.value:
        if key.value != path[0]:
            continue
        if len(path) > 1 and isinstance(child, yaml.MappingNode) and child.value and not child.flow_style:
            return _set_in(text, child, path[1:], value)
        new = _entry(path, value, key.start_mark.column)
        return _replace_lines(text, key.start_mark.line, _last_line(child), new)
    last_key, last_child = node.value[-1]
    end = _last_line(last_child) + 1
    return _replace_lines(text, end, end - 1, _entry(path, value, last_key.start_mark.column))


def _last_line(node: yaml.Node) -> int:
    """The last line with content of a node; a block's own end mark lies after the comments that follow it."""
    if isinstance(node, yaml.MappingNode) and node.value and not node.flow_style:
        return _last_line(node.value[-1][1])
    if isinstance(node, yaml.SequenceNode) and node.value and not node.flow_style:
        return _last_line(node.value[-1])
    mark = node.end_mark
    assert mark is not None
    return mark.line - 1 if mark.column == 0 and mark.line else mark.line


def _replace_lines(text: str, first: int, last: int, new: str) -> str:
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    return "".join([*lines[:first], new, *lines[last + 1 :]])


def _entry(path: tuple[str, ...], value: Any, indent: int) -> str:
    for key in reversed(path):
        value = {key: value}
    return "".join(" " * indent + line for line in dumped(value).splitlines(keepends=True))
