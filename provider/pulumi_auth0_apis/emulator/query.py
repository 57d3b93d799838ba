"""Query strings: text to typed values, by the schema of the operation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from pulumi_auth0_apis.emulator.validation import Validator

_BOOLEANS = {"true": True, "false": False}


def parse(text: str, validator: Validator) -> dict[str, Any]:
    """The parameters of a query string, typed; raises the 400 of the first one that is wrong."""
    if not text:
        return {}
    properties = validator.schema["properties"]
    parameters: dict[str, Any] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        kind = properties.get(name, {}).get("type", "string")
        if kind == "array":
            parameters.setdefault(name, []).append(value)
        else:
            parameters[name] = _TYPED.get(kind, str)(value)
    validator.check(parameters)
    return parameters


def _integer(text: str) -> int | str:
    try:
        return int(text)
    except ValueError:
        return text


_TYPED: dict[str, Callable[[str], Any]] = {
    "integer": _integer,
    "boolean": lambda text: _BOOLEANS.get(text, text),
}
