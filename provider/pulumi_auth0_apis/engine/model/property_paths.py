"""Paths to nested properties: `scopes[0].value`, `tags["a.b"]`, `rules[*].name`.

The syntax is the one of Pulumi's `ignore_changes`, see
https://www.pulumi.com/docs/iac/concepts/options/ignorechanges/.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from pulumi_auth0_apis.engine.model.problems import EngineError
from pulumi_auth0_apis.engine.model.values import Secret

Path = tuple[str | int, ...]

_ELEMENT = re.compile(
    r"""
      \["(?P<quoted>(?:[^"\\]|\\.)*)"\]
    | \[(?P<index>\d+)\]
    | \[(?P<star>\*)\]
    | \.?(?P<name>[^.\[\]]+)
    """,
    re.VERBOSE,
)
_PLAIN = re.compile(r"""[^."\[\]]+""")


def parse_path(text: str) -> Path:
    """Read a path. Raises `EngineError` when it is none."""
    elements: list[str | int] = []
    position = 0
    while position < len(text):
        match = _ELEMENT.match(text, position)
        if match is None or (position == 0 and text[0] == "."):
            raise EngineError(
                f"{text!r} is not a property path.", "Write it like name, list[0] or object.key."
            )
        elements.append(_element(match))
        position = match.end()
    return tuple(elements)


def _element(match: re.Match[str]) -> str | int:
    if match["index"] is not None:
        return int(match["index"])
    if match["quoted"] is not None:
        return match["quoted"].replace('\\"', '"')
    return match["star"] or match["name"]


def format_path(path: Iterable[str | int]) -> str:
    """Write a path the way Pulumi does."""
    text = ""
    for element in path:
        if isinstance(element, int):
            text += f"[{element}]"
        elif _PLAIN.fullmatch(element):
            text += f".{element}" if text else element
        else:
            quoted = element.replace('"', '\\"')
            text += f'["{quoted}"]'
    return text


def covers(path: Path, other: Path) -> bool:
    """Whether `other` is at or below `path`; `*` stands for any element."""
    return len(path) <= len(other) and all(
        mine in ("*", theirs) for mine, theirs in zip(path, other, strict=False)
    )


def reset(path: Path, old: Any, new: Any) -> Any:
    """Return `new` with everything under `path` as it is in `old`.

    Raises `LookupError` where that would add or remove an element of a list, or the way there does not exist
    on both sides.
    """
    if not path:
        return old
    if isinstance(new, Secret) or isinstance(old, Secret):
        inner = reset(path, _bare(old), _bare(new))
        return Secret(inner) if isinstance(new, Secret) else inner
    key, rest = path[0], path[1:]
    if key == "*":
        return _reset_each(rest, old, new)
    if isinstance(key, int):
        return _reset_item(key, rest, old, new)
    return _reset_property(key, rest, old, new)


def _bare(value: Any) -> Any:
    return value.value if isinstance(value, Secret) else value


def _reset_property(key: str, rest: Path, old: Any, new: Any) -> Any:
    in_old = isinstance(old, dict) and key in old
    in_new = isinstance(new, dict) and key in new
    if not isinstance(new, dict):
        if in_old:
            raise LookupError(key)
        return new
    if rest and in_old != in_new:
        raise LookupError(key)
    if not in_old:
        return {name: value for name, value in new.items() if name != key}
    return {**new, key: reset(rest, old[key], new.get(key))}


def _reset_item(index: int, rest: Path, old: Any, new: Any) -> Any:
    in_old = isinstance(old, list) and index < len(old)
    in_new = isinstance(new, list) and index < len(new)
    if in_old != in_new:
        raise LookupError(index)
    if not in_old:
        return new
    return [*new[:index], reset(rest, old[index], new[index]), *new[index + 1 :]]


def _reset_each(rest: Path, old: Any, new: Any) -> Any:
    if isinstance(old, dict) and isinstance(new, dict):
        if not rest:
            return old
        if old.keys() != new.keys():
            raise LookupError("*")
        return {key: reset(rest, old[key], value) for key, value in new.items()}
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return [reset(rest, before, after) for before, after in zip(old, new, strict=True)]
    raise LookupError("*")
