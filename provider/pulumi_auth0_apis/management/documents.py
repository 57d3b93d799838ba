"""JSON from outside, as far as it can be kept.

What would fail later, far from where it came from, is refused here: text nested beyond reason, and numbers
that ECMAScript, where Auth0 runs, does not hold.
"""

from __future__ import annotations

import json
import math
from typing import Any

Object = dict[str, Any]
"""One object as the Management API sends it, in its own words."""

DEEPEST = 64
"""Levels of lists and objects. Auth0's documents have about five."""

LARGEST = 2**53 - 1
"""`Number.MAX_SAFE_INTEGER`."""


def document(content: bytes) -> Any:
    """The value that `content` holds, in UTF-8, UTF-16 or UTF-32. Raises ValueError where it is no JSON."""
    text = content.decode(json.detect_encoding(content))
    try:
        value = json.loads(text, parse_int=_whole, parse_float=_finite, parse_constant=_finite)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if _is_too_deep(value):
        raise ValueError("nested too deeply")
    return _encodable(value) if "\\ud" in text.lower() else value


def _whole(text: str) -> int:
    number = int(text)
    if abs(number) > LARGEST:
        raise ValueError("a number is too large")
    return number


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("a number is not finite")
    return number


def _encodable(value: Any) -> Any:
    """`value` with U+FFFD for each half of a surrogate pair, as ECMAScript encodes it: gRPC carries none."""
    if isinstance(value, dict):
        return {_encodable(name): _encodable(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_encodable(inner) for inner in value]
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return value


def _is_too_deep(value: Any) -> bool:
    level = _containers([value])
    for _ in range(DEEPEST):
        level = [inner for each in level for inner in _containers(each)]
    return bool(level)


def _containers(values: list[Any] | dict[str, Any]) -> list[Any]:
    inside = values.values() if isinstance(values, dict) else values
    return [value for value in inside if isinstance(value, (dict, list))]
