"""JSON Schema validation, worded as Auth0 words it.

The sentences are those of z-schema, which Auth0's recorded errors match word for word ("Object didn't pass
validation for format …", "Array items are not unique (indexes 0 and 1)"): https://github.com/zaggino/z-schema.
The frame around them is recorded: ``Payload validation error: '…' on property a.b[0] (description).``
Only the first failure is reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from pulumi_auth0_apis.emulator.errors import ApiError
from pulumi_auth0_apis.emulator.schemas import Schema

_TYPES = {
    type(None): "null",
    bool: "boolean",
    int: "integer",
    float: "number",
    str: "string",
    list: "array",
    dict: "object",
}


class Validator:
    """Checks bodies or query strings against one schema and raises the 400 that Auth0 would answer."""

    def __init__(self, schema: Schema, subject: str = "Payload", code: str = "invalid_body") -> None:
        self.schema = schema
        self._validator = Draft202012Validator(schema)
        self._subject = subject
        self._code = code

    def check(self, value: Any) -> None:
        """Raise an ApiError of status 400 on the first failure."""
        error = next(self._validator.iter_errors(value), None)
        if error is not None:
            raise ApiError(400, f"{self._subject} validation error: {describe(error)}.", self._code)


def unknown_property(name: str) -> ApiError:
    """The refusal of a property that this object does not take (recorded)."""
    return ApiError(
        400, f"Payload validation error: 'Additional properties not allowed: {name}'.", "invalid_body"
    )


def describe(error: ValidationError) -> str:
    """`'sentence'`, and where the failure is below the root, the property and its description."""
    sentence = f"'{_sentence(error)}'"
    where = _property(error.absolute_path)
    if not where:
        return sentence
    description = error.schema.get("description") if isinstance(error.schema, dict) else None
    return f"{sentence} on property {where}" + (f" ({description.rstrip('.')})" if description else "")


def _property(path: Iterable[str | int]) -> str:
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).lstrip(".")


def _sentence(error: ValidationError) -> str:
    words = _SENTENCES.get(str(error.validator))
    return words(error) if words else "None of the valid schemas were met"


def _wrong_type(error: ValidationError) -> str:
    expected = error.validator_value
    name = ",".join(expected) if isinstance(expected, list) else expected
    return f"Expected type {name} but found type {_TYPES.get(type(error.instance), 'unknown')}"


def _unknown_names(error: ValidationError) -> str:
    known = error.schema["properties"] if isinstance(error.schema, Mapping) else {}
    return "Additional properties not allowed: " + ", ".join(n for n in _value(error) if n not in known)


def _missing_name(error: ValidationError) -> str:
    missing = next(name for name in _limit(error) if name not in _value(error))
    return f"Missing required property: {missing}"


def _value(error: ValidationError) -> Any:
    """What failed; the library types it as possibly unset, which an error of `iter_errors` never is."""
    return error.instance


def _limit(error: ValidationError) -> Any:
    """What the schema asks for."""
    return error.validator_value


_SENTENCES: dict[str, Callable[[ValidationError], str]] = {
    "type": _wrong_type,
    "additionalProperties": _unknown_names,
    "required": _missing_name,
    "enum": lambda e: f"No enum match for: {_plain(_value(e))}",
    "pattern": lambda e: f"String does not match pattern {_limit(e)}: {_value(e)}",
    "minLength": lambda e: f"String is too short ({len(_value(e))} chars), minimum {_limit(e)}",
    "maxLength": lambda e: f"String is too long ({len(_value(e))} chars), maximum {_limit(e)}",
    "minimum": lambda e: f"Value {_value(e)} is less than minimum {_limit(e)}",
    "maximum": lambda e: f"Value {_value(e)} is greater than maximum {_limit(e)}",
    "minItems": lambda e: f"Array is too short ({len(_value(e))}), minimum {_limit(e)}",
    "maxItems": lambda e: f"Array is too long ({len(_value(e))}), maximum {_limit(e)}",
}


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else str(value)
