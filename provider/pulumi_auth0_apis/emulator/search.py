"""Filter expressions of `GET …/search`: SCIM (`name eq "x" and id sw "y"`) or Lucene (`name:x AND id:y*`).

Both become the same list of alternatives, each a list of conditions. Parentheses are not modelled: Auth0's
documentation shows none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from pulumi_auth0_apis.emulator.errors import ApiError

Condition = tuple[str, str, str]
"""Field, operator, value."""

MAX_CONDITIONS = 5

_SCIM = re.compile(r'(\w+)\s+(?:(pr)|(eq|ne|sw|ew|co|gt|ge|lt|le)\s+("(?:[^"\\]|\\.)*"|\S+))', re.IGNORECASE)
_LUCENE = re.compile(r'(\w+):("(?:[^"\\]|\\.)*"|\S+)')

_TOKEN = re.compile(r'(?:"(?:[^"\\]|\\.)*"|\S)+')
"""Text without blanks but inside quotes."""

_COMPARE: dict[str, Callable[[str, str], bool]] = {
    "eq": lambda kept, value: kept == value,
    "ne": lambda kept, value: kept != value,
    "sw": lambda kept, value: kept.startswith(value),
    "ew": lambda kept, value: kept.endswith(value),
    "co": lambda kept, value: value in kept,
    "gt": lambda kept, value: kept > value,
    "ge": lambda kept, value: kept >= value,
    "lt": lambda kept, value: kept < value,
    "le": lambda kept, value: kept <= value,
}


def search(
    items: Sequence[dict[str, Any]], expression: str | None, parser: str, fields: Sequence[str]
) -> list[dict[str, Any]]:
    """The items that the expression selects; 400 for one that does not parse, or asks too much."""
    if not expression:
        return list(items)
    alternatives = _parse(expression, parser)
    _check(alternatives, fields)
    return [item for item in items if any(all(_holds(item, c) for c in each) for each in alternatives)]


def _parse(expression: str, parser: str) -> list[list[Condition]]:
    condition = _scim if parser == "scim" else _lucene
    return [
        [condition(part.strip()) for part in _split(alternative, "and")]
        for alternative in _split(expression, "or")
    ]


def _split(text: str, word: str) -> list[str]:
    """The parts between these words, where they are not inside quotes."""
    parts, start = [], 0
    for match in _TOKEN.finditer(text):
        if match[0].lower() == word:
            parts.append(text[start : match.start()])
            start = match.end()
    return [*parts, text[start:]]


def _scim(text: str) -> Condition:
    match = _SCIM.fullmatch(text)
    if match is None:
        raise _invalid(f"cannot parse {text!r}")
    field, present, operator, value = match.groups()
    return (field, "pr", "") if present else (field, operator.lower(), _unquoted(value))


def _lucene(text: str) -> Condition:
    match = _LUCENE.fullmatch(text)
    if match is None:
        raise _invalid(f"cannot parse {text!r}")
    field, value = match[1], _unquoted(match[2])
    if field == "_exists_":
        return value, "pr", ""
    starred = match[2].endswith("*")
    return (field, "sw", value[:-1]) if starred else (field, "eq", value)


def _check(alternatives: list[list[Condition]], fields: Sequence[str]) -> None:
    conditions = [condition for alternative in alternatives for condition in alternative]
    if len(conditions) > MAX_CONDITIONS:
        raise _invalid(f"at most {MAX_CONDITIONS} filter operations are allowed")
    for field, _, _ in conditions:
        if field not in fields:
            raise _invalid(f"field {field!r} cannot be searched")


def _holds(item: dict[str, Any], condition: Condition) -> bool:
    field, operator, value = condition
    if field not in item:
        return operator == "ne"
    kept = item[field]
    text = str(kept).lower() if isinstance(kept, bool) else str(kept)
    return operator == "pr" or _COMPARE[operator](text, value)


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text[1:-1]) if text.startswith('"') else text


def _invalid(reason: str) -> ApiError:
    """400; Auth0's words for it are not public."""
    return ApiError(400, f"Query validation error: '{reason}' on property q.", "invalid_query_string")
