"""Property values on the wire, in the form of Pulumi's SDKs.

A value that JSON has not is an object that a signature marks; an unknown is one of a few strings that nobody
would write. See `sdk/go/common/resource/plugin/rpc.go` of pulumi/pulumi.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from google.protobuf.struct_pb2 import NULL_VALUE, ListValue, Struct
from google.protobuf.struct_pb2 import Value as ProtoValue

from pulumi_auth0_apis.engine.model.assets import ARCHIVE, ASSET, Archive, Asset, asset_from_json
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
    number,
    required,
    unreadable,
)

_UNKNOWNS: Final = frozenset(
    {
        UNKNOWN,
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",  # of a bool
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",  # of a number
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",  # of a list
        "030794c1-ac77-496b-92df-f27374a8bd58",  # of an asset
        "e48ece36-62e2-4504-bad9-02848725956a",  # of an archive
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",  # of an object
    }
)


class _Dropped:
    """Stands for a value that is left out of its list or object."""


_DROPPED: Final = _Dropped()


@dataclass(frozen=True)
class _Keep:
    secrets: bool
    unknowns: bool
    outputs: bool
    resources: bool = True
    assets: bool = True


def to_struct(
    properties: Mapping[str, Any],
    *,
    keep_secrets: bool = True,
    keep_unknowns: bool = True,
    keep_outputs: bool = False,
    keep_resources: bool = True,
) -> Struct:
    """Write properties for a gRPC message.

    What the receiver does not understand is not kept: a secret goes as its bare value, an unknown is left
    out, an output value loses its dependencies, a resource becomes its id (a component its URN).
    """
    struct = Struct()
    _write_object(struct, properties, _Keep(keep_secrets, keep_unknowns, keep_outputs, keep_resources))
    return struct


def _write_object(struct: Struct, properties: Mapping[str, Any], keep: _Keep) -> None:
    fields = struct.fields
    for key, value in properties.items():
        written = _writable(value, keep)
        if written is not _DROPPED:
            _write(fields[key], written, keep)


def _write_list(target: ListValue, values: list[Any], keep: _Keep) -> None:
    for value in values:
        written = _writable(value, keep)
        if written is not _DROPPED:
            _write(target.values.add(), written, keep)


def _writable(value: Any, keep: _Keep) -> Any:
    """Resolve our classes to what the wire has; `_DROPPED` where the receiver cannot take the value."""
    if isinstance(value, Secret):
        return {SIGNATURE: SECRET, "value": value.value} if keep.secrets else _writable(value.value, keep)
    if isinstance(value, Unknown):
        return UNKNOWN if keep.unknowns else _DROPPED
    if isinstance(value, OutputValue):
        return _written_output(value) if keep.outputs else _writable(value.plain(), keep)
    if isinstance(value, ResourceReference):
        return value.to_json() if keep.resources else _bare_reference(value, keep)
    if isinstance(value, Asset | Archive):
        return value.to_json()
    return value


def _written_output(output: OutputValue) -> Properties:
    written: Properties = {SIGNATURE: OUTPUT}
    if output.known:
        written["value"] = output.value
    if output.secret:
        written["secret"] = True
    if output.dependencies:
        written["dependencies"] = list(output.dependencies)
    return written


def _bare_reference(reference: ResourceReference, keep: _Keep) -> Any:
    return reference.urn if reference.id is None else _writable(reference.id, keep)


def _write(target: ProtoValue, value: Any, keep: _Keep) -> None:
    if isinstance(value, str):
        target.string_value = value
    elif isinstance(value, bool):
        target.bool_value = value
    elif isinstance(value, int | float):
        target.number_value = value
    elif value is None:
        target.null_value = NULL_VALUE
    elif isinstance(value, Mapping):
        target.struct_value.SetInParent()
        _write_object(target.struct_value, value, keep)
    elif isinstance(value, list | tuple):
        target.list_value.SetInParent()
        _write_list(target.list_value, list(value), keep)
    else:
        raise TypeError(f"{type(value).__name__} is no property value")


def from_struct(
    struct: Struct,
    *,
    keep_secrets: bool = True,
    keep_unknowns: bool = True,
    keep_outputs: bool = False,
    keep_assets: bool = True,
) -> Properties:
    """Read the properties of a gRPC message; the switches are those of `to_struct`.

    Whole numbers become ints. Raises `UnsupportedError` for assets and archives where they are not kept.
    """
    return _read_object(struct, _Keep(keep_secrets, keep_unknowns, keep_outputs, assets=keep_assets))


def _read_object(struct: Struct, keep: _Keep) -> Properties:
    read = {key: _read(value, keep) for key, value in struct.fields.items()}
    return {key: value for key, value in read.items() if value is not _DROPPED}


def _read(value: ProtoValue, keep: _Keep) -> Any:
    kind = value.WhichOneof("kind")
    if kind == "string_value":
        return _read_string(value.string_value, keep)
    if kind == "number_value":
        return number(value.number_value)
    if kind == "bool_value":
        return value.bool_value
    if kind == "struct_value":
        return _recover(_read_object(value.struct_value, keep), keep)
    if kind == "list_value":
        items = (_read(item, keep) for item in value.list_value.values)
        return [None if item is _DROPPED else item for item in items]
    return None


def _read_string(text: str, keep: _Keep) -> Any:
    if text not in _UNKNOWNS:
        return text
    return Unknown() if keep.unknowns else _DROPPED


def _recover(read: Properties, keep: _Keep) -> Any:
    """Turn an object that carries a signature into what it stands for."""
    signature = read.get(SIGNATURE)
    if signature is None:
        return read
    if signature == SECRET:
        value = required(read, "value")
        return Secret(value) if keep.secrets else value
    if signature == OUTPUT:
        return _read_output(read, keep)
    if signature == RESOURCE:
        return ResourceReference.from_json(read)
    if signature in (ASSET, ARCHIVE) and keep.assets:
        return asset_from_json(read)
    raise unreadable(signature)


def _read_output(read: Properties, keep: _Keep) -> Any:
    output = OutputValue(
        value=read.get("value"),
        known="value" in read,
        secret=bool(read.get("secret")),
        dependencies=tuple(read.get("dependencies") or ()),
    )
    if keep.outputs:
        return output
    if not output.known and not keep.unknowns:
        return _DROPPED
    plain = output.plain()
    return plain.value if isinstance(plain, Secret) and not keep.secrets else plain
