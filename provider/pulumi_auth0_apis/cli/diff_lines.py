"""The lines that tell what changes in a resource, from the metadata of its event."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from rich.text import Text

from auth0_api_vocabulary.marks import MASK
from pulumi_auth0_apis.engine.model.assets import ARCHIVE, ASSET
from pulumi_auth0_apis.engine.model.property_paths import Path, covers, parse_path
from pulumi_auth0_apis.engine.model.values import SECRET, SIGNATURE, UNKNOWN

STYLES = {"+": "green", "-": "red", "~": "yellow", "!": "cyan"}
_SYMBOLS = {"add": "+", "delete": "-", "update": "~"}
_NOT_KNOWN = "[unknown]"
_FILES = {ASSET: "asset", ARCHIVE: "archive"}
_SOURCES = {"path": "file", "uri": "uri", "assets": "assets", "text": "text"}
"""What files may be made of, and what the CLI calls it."""
MISSING = object()
_SHORTER = 400


class PropertyCorrection(NamedTuple):
    """What a rule made of a property that the program gave."""

    rule: str
    property: str
    asked: Any
    """What the program gave, or `MISSING`."""
    made: Any


def corrections_of(event: Mapping[str, Any]) -> list[PropertyCorrection]:
    """What a rule has corrected, from its event."""
    before, after = event["before"], event["after"]
    return [
        PropertyCorrection(event["policyName"], key, before.get(key, MISSING), after.get(key, MISSING))
        for key in sorted(before.keys() | after.keys())
        if not key.startswith("__") and before.get(key, MISSING) != after.get(key, MISSING)
    ]


def correction_line(correction: PropertyCorrection) -> Text:
    """One line for what a rule made of a property."""
    change = f"{_or_nothing(correction.asked)} => {_or_nothing(correction.made)}"
    return Text(f"! {correction.property}: {change}  (corrected by {correction.rule})", STYLES["!"])


def diff_lines(metadata: Mapping[str, Any]) -> Iterator[Text]:
    """One line for each property that differs, secrets masked."""
    old, new = _inputs(metadata["old"]), _inputs(metadata["new"])
    detail = metadata.get("detailedDiff") or {}
    hidden = [parse_path(path) for path in (metadata["new"] or metadata["old"]).get("hideDiffs", ())]
    for path in sorted(detail):
        if any(covers(each, parse_path(path)) for each in hidden):
            continue
        kind, _, forces = detail[path]["diffKind"].partition("-")
        yield _line(_SYMBOLS[kind], path, _at(old, path), _at(new, path), forces=bool(forces))
    if not detail:
        for key in metadata.get("diffs") or ():
            yield _line("~", key, old.get(key, MISSING), new.get(key, MISSING))


def all_lines(metadata: Mapping[str, Any]) -> Iterator[Text]:
    """One line for each input of a resource that is created or deleted."""
    symbol = "-" if metadata["new"] is None else "+"
    inputs = _inputs(metadata["new"] or metadata["old"])
    for key, value in inputs.items():
        if not key.startswith("__"):
            yield Text(f"{symbol} {key}: {shown(value)}", STYLES[symbol])


def shown(value: Any) -> str:
    """A property value in one line."""
    plain = _plain(value)
    if isinstance(plain, str) and plain != value:
        return plain
    text = json.dumps(plain, ensure_ascii=False)
    for word in (MASK, _NOT_KNOWN):
        text = text.replace(f'"{word}"', word)
    return _cut(text)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        if value.get(SIGNATURE) == SECRET:
            return MASK
        if value.get(SIGNATURE) in _FILES:
            return _file(value)
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return _NOT_KNOWN if value == UNKNOWN else value


def _file(value: Mapping[str, Any]) -> str:
    """An asset or archive by what it is made of, the beginning of its hash, and its place if it has one."""
    made_of = next((name for name in _SOURCES if value.get(name)), "text")
    place = value.get(made_of, "") if made_of in ("path", "uri") else ""
    told = f"{_FILES[value[SIGNATURE]]}({_SOURCES.get(made_of, made_of)}:{value.get('hash', '')[:7]})"
    return f"{told} {place}".rstrip()


def _cut(text: str) -> str:
    return text if len(text) <= _SHORTER else text[: _SHORTER - 1] + "…"


def _line(symbol: str, path: str, old: Any, new: Any, *, forces: bool = False) -> Text:
    if symbol == "~":
        change = f"{_or_nothing(old)} => {_or_nothing(new)}"
    else:
        change = _or_nothing(new if symbol == "+" else old)
    note = "  (replaces)" if forces else ""
    return Text(f"{symbol} {path}: {change}{note}", STYLES[symbol])


def _or_nothing(value: Any) -> str:
    return "[none]" if value is MISSING else shown(value)


def _inputs(state: Mapping[str, Any] | None) -> dict[str, Any]:
    return dict(state["inputs"]) if state else {}


def _at(properties: Any, text: str) -> Any:
    path: Path = parse_path(text)
    value: Any = properties
    for element in path:
        if isinstance(value, dict) and value.get(SIGNATURE) == SECRET:
            return value  # whatever is inside is as secret
        if isinstance(value, dict) and element in value:
            value = value[str(element)]
        elif isinstance(value, list) and isinstance(element, int) and element < len(value):
            value = value[element]
        else:
            return MISSING
    return value
