"""Property values keep their meaning on the wire and in a checkpoint."""

from __future__ import annotations

import json
from typing import Any

import pytest
from google.protobuf import json_format
from google.protobuf.struct_pb2 import Struct
from hypothesis import given
from hypothesis import strategies as st

from pulumi_auth0_apis.engine.problems import EngineError, UnsupportedError
from pulumi_auth0_apis.engine.values import (
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
    contains,
    from_checkpoint,
    to_checkpoint,
    unwrapped,
)
from pulumi_auth0_apis.engine.wire import from_struct, to_struct

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=12,
)
VALUES = st.recursive(
    JSON | st.just(Unknown()),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=5), inner, max_size=3)
        | st.builds(Secret, inner)
    ),
    max_leaves=12,
)


def wire(struct: Struct) -> dict[str, Any]:
    return json_format.MessageToDict(struct)


def struct(content: dict[str, Any]) -> Struct:
    return json_format.ParseDict(content, Struct())


def reverse(text: str) -> str:
    """A cipher good enough to see what was encrypted."""
    return text[::-1]


@given(st.dictionaries(st.text(max_size=5), VALUES, max_size=4))
def test_wire_round_trip(properties: Properties) -> None:
    """Whatever is sent with everything kept comes back the same."""
    assert from_struct(to_struct(properties)) == properties


@given(st.dictionaries(st.text(max_size=5), VALUES, max_size=4))
def test_checkpoint_round_trip(properties: Properties) -> None:
    """Whatever a checkpoint holds comes back the same, through real JSON text."""
    written = json.loads(json.dumps(to_checkpoint(properties, reverse)))
    assert from_checkpoint(written, reverse) == properties


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


def test_secrets_in_a_checkpoint() -> None:
    """A secret is encrypted as a whole, as JSON; what is secret inside it is marked."""
    value = Secret({"a": Secret("x")})
    inner = json.dumps({"a": {SIGNATURE: SECRET, "ciphertext": '"x"'}}, separators=(",", ":"))
    assert to_checkpoint(value, reverse) == {SIGNATURE: SECRET, "ciphertext": inner[::-1]}
    assert to_checkpoint(value, None) == {SIGNATURE: SECRET, "plaintext": inner}


def test_an_unchanged_secret_keeps_its_ciphertext() -> None:
    """What was read is written as it was, not encrypted again."""
    written = {SIGNATURE: SECRET, "ciphertext": '"terces"'}
    secret = from_checkpoint(written, reverse)
    assert secret == Secret("secret")

    def refuse(_text: str) -> str:
        raise AssertionError("encrypted again")

    assert to_checkpoint(secret, refuse) == written


def test_a_secret_is_never_shown() -> None:
    """Not even in a traceback."""
    assert "hush" not in repr({"a": Secret("hush", "v1:hush")})


@pytest.mark.parametrize(
    "signature", ["c44067f5952c0a294b673a41bacd8c17", "0def7320c3a5731c473e5ecbe6d01bc7"]
)
def test_assets_are_refused(signature: str) -> None:
    """Assets and archives are left to the real command, on the wire and in a checkpoint."""
    value = {"file": {SIGNATURE: signature, "text": "x"}}
    with pytest.raises(UnsupportedError, match=r"^An (asset|archive).* `pulumi`"):
        from_struct(struct(value))
    with pytest.raises(UnsupportedError, match=r"^An (asset|archive)"):
        from_checkpoint(value, reverse)


@pytest.mark.parametrize("value", [{SIGNATURE: "what"}, {SIGNATURE: SECRET}])
def test_malformed_values(value: Any) -> None:
    """A signature nobody knows, or a secret without a value, is named."""
    with pytest.raises(EngineError, match="A property value is malformed"):
        from_checkpoint({"a": value}, reverse)
    with pytest.raises(EngineError, match="A property value is malformed"):
        from_struct(struct({"a": value}))


def test_numbers_that_json_has_not() -> None:
    """An infinite number cannot be kept."""
    with pytest.raises(UnsupportedError, match="infinite"):
        to_checkpoint({"a": float("inf")}, reverse)


def test_looking_into_values() -> None:
    """Secrets and unknowns are found and unwrapped at any depth."""
    value = {"a": [Secret({"b": OutputValue(known=False)})]}
    assert contains(value, Secret)
    assert contains(value, Unknown)
    assert not contains({"a": ["b"]}, Secret)
    assert unwrapped(value) == {"a": [{"b": Unknown()}]}
