"""The words of a validation failure."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_auth0_apis.emulator.errors import ApiError
from pulumi_auth0_apis.emulator.schemas import Schema, record
from pulumi_auth0_apis.emulator.validation import Validator

SCHEMA = record(
    {
        "name": {"type": "string", "minLength": 2, "maxLength": 3, "description": "A name."},
        "kind": {"type": "string", "enum": ["a", "b"]},
        "count": {"type": ["integer", "null"], "minimum": 1, "maximum": 9},
        "list": {"type": "array", "minItems": 1, "maxItems": 2, "items": {"type": "object"}},
        "either": {"anyOf": [{"type": "string"}, {"type": "integer"}]},
    }
)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ([], "'Expected type object but found type array'."),
        ({"name": "x"}, "'String is too short (1 chars), minimum 2' on property name (A name)."),
        ({"name": "xxxx"}, "'String is too long (4 chars), maximum 3' on property name (A name)."),
        ({"kind": "c"}, "'No enum match for: c' on property kind."),
        ({"count": "1"}, "'Expected type integer,null but found type string' on property count."),
        ({"count": 10}, "'Value 10 is greater than maximum 9' on property count."),
        ({"list": []}, "'Array is too short (0), minimum 1' on property list."),
        ({"list": [{}, {}, {}]}, "'Array is too long (3), maximum 2' on property list."),
        ({"list": [{}, 1.5]}, "'Expected type object but found type number' on property list[1]."),
        ({"either": None}, "'None of the valid schemas were met' on property either."),
        ({"x": 1, "y": 2}, "'Additional properties not allowed: x, y'."),
    ],
)
def test_sentences(value: Any, sentence: str) -> None:
    """Each kind of failure has its sentence, property path and description."""
    with pytest.raises(ApiError) as refused:
        Validator(SCHEMA).check(value)
    assert refused.value.message == f"Payload validation error: {sentence}"


def test_a_good_value_passes() -> None:
    """Nothing is raised for a value that the schema takes."""
    schema: Schema = SCHEMA
    Validator(schema).check({"name": "abc", "count": None, "list": [{}]})
