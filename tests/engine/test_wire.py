"""Property values keep their meaning on the wire."""

from __future__ import annotations

import json
from typing import Any

import pytest
from google.protobuf import json_format
from google.protobuf.struct_pb2 import Struct
from hypothesis import given, settings

from pulumi_auth0_apis.engine.model.problems import EngineError, UnsupportedError
from pulumi_auth0_apis.engine.model.values import (
    OUTPUT,
    RESOURCE,
    SECRET,
    SIGNATURE,
    UNKNOWN,
    OutputValue,
    Properties,
    ResourceReference,
    Secret,
    Unknown,
)
from pulumi_auth0_apis.engine.model.wire import from_struct, to_struct

from .property_values import PROPERTIES


def wire(struct: Struct) -> dict[str, Any]:
    return json_format.MessageToDict(struct)


def struct(content: dict[str, Any]) -> Struct:
    return json_format.ParseDict(content, Struct())


@settings(deadline=None)
@given(PROPERTIES)
def test_wire_round_trip(properties: Properties) -> None:
    """Whatever is sent with everything kept comes back the same."""
    assert from_struct(to_struct(properties)) == properties


def test_whole_numbers_are_ints() -> None:
    """The wire has only floats; a whole one is an int to us, as JSON writes it."""
    read = from_struct(struct({"a": 3, "b": 2.5, "c": 1e22}))
    assert json.dumps(read) == '{"a": 3, "b": 2.5, "c": 1e+22}'


def test_signatures_on_the_wire() -> None:
    """Secrets, unknowns, outputs and resources are written as the SDK reads them."""
    properties = {
        "secret": Secret("s"),
        "unknown": Unknown(),
        "output": OutputValue(1, secret=True, dependencies=("urn:a",)),
        "pending": OutputValue(known=False),
        "resource": ResourceReference("urn:a", "id", "1.0.0"),
        "component": ResourceReference("urn:b"),
    }
    assert wire(to_struct(properties, keep_outputs=True)) == {
        "secret": {SIGNATURE: SECRET, "value": "s"},
        "unknown": UNKNOWN,
        "output": {SIGNATURE: OUTPUT, "value": 1, "secret": True, "dependencies": ["urn:a"]},
        "pending": {SIGNATURE: OUTPUT},
        "resource": {SIGNATURE: RESOURCE, "urn": "urn:a", "id": "id", "packageVersion": "1.0.0"},
        "component": {SIGNATURE: RESOURCE, "urn": "urn:b"},
    }


def test_what_the_receiver_does_not_understand() -> None:
    """Secrets go bare, unknowns are left out, outputs lose their dependencies, resources become ids."""
    properties = {
        "secret": Secret({"inner": Secret(1)}),
        "list": [1, Unknown(), 2],
        "output": OutputValue("o", secret=True, dependencies=("urn:a",)),
        "resource": ResourceReference("urn:a", "id"),
        "component": ResourceReference("urn:b"),
    }
    sent = to_struct(properties, keep_secrets=False, keep_unknowns=False, keep_resources=False)
    assert wire(sent) == {
        "secret": {"inner": 1},
        "list": [1, 2],
        "output": "o",
        "resource": "id",
        "component": "urn:b",
    }


def test_reading_without_keeping() -> None:
    """A reader that keeps nothing sees bare values, and null for an unknown in a list."""
    sent = to_struct({"s": Secret(1), "u": Unknown(), "l": [Unknown()], "o": OutputValue(known=False)})
    assert from_struct(sent, keep_secrets=False, keep_unknowns=False) == {"s": 1, "l": [None]}


def test_reading_outputs() -> None:
    """An output value is kept whole or becomes the secret or unknown that it is."""
    sent = to_struct({"o": OutputValue("v", secret=True, dependencies=("urn:a",))}, keep_outputs=True)
    assert from_struct(sent, keep_outputs=True) == {
        "o": OutputValue("v", secret=True, dependencies=("urn:a",))
    }
    assert from_struct(sent) == {"o": Secret("v")}


def test_unknown_resource_id() -> None:
    """A resource that has no id yet is one whose id is unknown, not a component."""
    reference = ResourceReference("urn:a", Unknown())
    assert from_struct(to_struct({"r": reference})) == {"r": reference}


@pytest.mark.parametrize(
    "signature", ["c44067f5952c0a294b673a41bacd8c17", "0def7320c3a5731c473e5ecbe6d01bc7"]
)
def test_assets_are_kept_or_refused(signature: str) -> None:
    """Assets and archives go as they came; a receiver that has no use for them refuses them."""
    value = {"file": {SIGNATURE: signature, "hash": "x", "path": "y"}}
    assert to_struct(from_struct(struct(value))) == struct(value)
    with pytest.raises(UnsupportedError, match=r"^An (asset|archive).* `pulumi`"):
        from_struct(struct(value), keep_assets=False)


@pytest.mark.parametrize("value", [{SIGNATURE: "what"}, {SIGNATURE: SECRET}])
def test_malformed_values(value: Any) -> None:
    """A signature nobody knows, or a secret without a value, is named."""
    with pytest.raises(EngineError, match="A property value is malformed"):
        from_struct(struct({"a": value}))
