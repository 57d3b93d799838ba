"""Property values as the engine holds them, and their two written forms.

In memory a value is plain JSON (None, bool, int, float, str, list, dict) with four classes among it:
`Secret`, `Unknown`, `OutputValue` and `ResourceReference`. On the wire these are objects that a signature
marks (`sdk/go/common/resource/plugin/rpc.go` of pulumi/pulumi); in a checkpoint secrets are ciphertext
(`pkg/resource/stack/deployment.go` there).

Assets, archives and strings that are not UTF-8 are refused: the programs this engine serves have none.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from google.protobuf.struct_pb2 import NULL_VALUE, ListValue, Struct
from google.protobuf.struct_pb2 import Value as ProtoValue

from .problems import EngineError, UnsupportedError

Properties = dict[str, Any]
"""Named property values of a resource."""

SIGNATURE: Final = "4dabf18193072939515e22adb298388d"
SECRET: Final = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - the mark of a secret, not one
RESOURCE: Final = "5cf8f73096256a8f31e491e813e4eb8e"
OUTPUT: Final = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
UNKNOWN: Final = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"

_REFUSED: Final = {
    "c44067f5952c0a294b673a41bacd8c17": "An asset (a file as a property)",
    "0def7320c3a5731c473e5ecbe6d01bc7": "An archive (files as a property)",
    "803fd3297a5875dc03ca845dda5d2a98": "A string that is not UTF-8",
    "8ad145fe-0d11-4827-bfd7-1abcbf086f5c": "A number that is infinite or not a number",
}
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


@dataclass(frozen=True)
class Secret:
    """A value that is never written or shown in clear.

    `ciphertext` is what a checkpoint holds for it: a secret that was read and not changed is written back as
    it was.
    """

    value: Any
    ciphertext: str | None = field(default=None, compare=False, repr=False)

    def __repr__(self) -> str:
        return "Secret(...)"


@dataclass(frozen=True)
class Unknown:
    """A value that this run will only know once something is created or updated."""


@dataclass(frozen=True)
class OutputValue:
    """A value together with what it depends on, as a program sends it for a component or a transform."""

    value: Any = None
    known: bool = True
    secret: bool = False
    dependencies: tuple[str, ...] = ()

    def plain(self) -> Any:
        """The same value without its dependencies: nested `Secret` and `Unknown`."""
        value = self.value if self.known else Unknown()
        return Secret(value) if self.secret else value


@dataclass(frozen=True)
class ResourceReference:
    """A resource as a property value. `id` is None for a component, `Unknown()` before it is created."""

    urn: str
    id: str | Unknown | None = None
    package_version: str = ""


class _Dropped:
    """Stands for a value that is left out of its list or object."""


_DROPPED: Final = _Dropped()


# Through the wire ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Keep:
    secrets: bool
    unknowns: bool
    outputs: bool
    resources: bool = True


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
        return _written_reference(value, keep)
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


def _written_reference(reference: ResourceReference, keep: _Keep) -> Any:
    if not keep.resources:
        return reference.urn if reference.id is None else _writable(reference.id, keep)
    written: Properties = {SIGNATURE: RESOURCE, "urn": reference.urn}
    if reference.id is not None:
        written["id"] = "" if isinstance(reference.id, Unknown) else reference.id
    if reference.package_version:
        written["packageVersion"] = reference.package_version
    return written


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
) -> Properties:
    """Read the properties of a gRPC message; the switches are those of `to_struct`.

    Whole numbers become ints. Raises `UnsupportedError` for assets and archives.
    """
    return _read_object(struct, _Keep(keep_secrets, keep_unknowns, keep_outputs))


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


def number(value: float) -> int | float:
    """The number as JSON writes it: 3, not 3.0."""
    return int(value) if value.is_integer() and abs(value) < 1e21 else value


def _recover(read: Properties, keep: _Keep) -> Any:
    """Turn an object that carries a signature into what it stands for."""
    signature = read.get(SIGNATURE)
    if signature is None:
        return read
    if signature == SECRET:
        value = _required(read, "value")
        return Secret(value) if keep.secrets else value
    if signature == OUTPUT:
        return _read_output(read, keep)
    if signature == RESOURCE:
        return _read_reference(read)
    raise _unreadable(signature)


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


def _read_reference(read: Properties) -> ResourceReference:
    return ResourceReference(
        urn=_required(read, "urn"),
        id=Unknown() if read.get("id") == "" else read.get("id"),
        package_version=read.get("packageVersion", ""),
    )


def _required(read: Properties, key: str) -> Any:
    try:
        return read[key]
    except KeyError:
        raise EngineError(
            f"A property value is malformed: an object with a signature has no {key!r}."
        ) from None


def _unreadable(signature: Any) -> EngineError:
    if signature in _REFUSED:
        return UnsupportedError(f"{_REFUSED[signature]}")
    return EngineError(f"A property value is malformed: its signature {signature!r} is not a known one.")


# Through a checkpoint -----------------------------------------------------------------------------


def to_checkpoint(value: Any, encrypt: Callable[[str], str] | None) -> Any:
    """Write a value for a checkpoint, objects in the order of their keys.

    `encrypt` turns the JSON of a secret into ciphertext; None writes plaintext, as `--show-secrets` does.
    """
    if isinstance(value, Mapping):
        return {key: to_checkpoint(value[key], encrypt) for key in sorted(value)}
    if isinstance(value, list | tuple):
        return [to_checkpoint(item, encrypt) for item in value]
    if isinstance(value, Secret):
        return _sealed(value, encrypt)
    if isinstance(value, float):
        return _finite(value)
    if isinstance(value, Unknown):
        return UNKNOWN
    if isinstance(value, OutputValue):
        return to_checkpoint(value.plain(), encrypt)
    if isinstance(value, ResourceReference):
        return _written_reference(value, _Keep(secrets=True, unknowns=True, outputs=False)) | {
            "packageVersion": value.package_version
        }
    return value


def _finite(value: float) -> int | float:
    if not math.isfinite(value):
        raise UnsupportedError("A number that is infinite or not a number")
    return number(value)


def _sealed(secret: Secret, encrypt: Callable[[str], str] | None) -> Properties:
    if encrypt is not None and secret.ciphertext is not None:
        return {SIGNATURE: SECRET, "ciphertext": secret.ciphertext}
    text = json.dumps(to_checkpoint(secret.value, _nothing_inside), ensure_ascii=False, separators=(",", ":"))
    if encrypt is None:
        return {SIGNATURE: SECRET, "plaintext": text}
    return {SIGNATURE: SECRET, "ciphertext": encrypt(text)}


def _nothing_inside(text: str) -> str:
    """A secret inside a secret is only marked: the outer one is encrypted as a whole."""
    return text


def from_checkpoint(value: Any, decrypt: Callable[[str], str]) -> Any:
    """Read a value of a checkpoint. Raises `EngineError` where it is malformed or holds an asset."""
    if isinstance(value, dict):
        if SIGNATURE in value:
            return _unsealed(value, decrypt)
        return {key: from_checkpoint(item, decrypt) for key, item in value.items()}
    if isinstance(value, list):
        return [from_checkpoint(item, decrypt) for item in value]
    if isinstance(value, float):
        return number(value)
    return Unknown() if value == UNKNOWN else value


def _unsealed(value: Properties, decrypt: Callable[[str], str]) -> Any:
    signature = value[SIGNATURE]
    if signature == RESOURCE:
        return _read_reference(value)
    if signature != SECRET:
        raise _unreadable(signature)
    if "ciphertext" in value:
        return Secret(_opened(decrypt(value["ciphertext"])), value["ciphertext"])
    return Secret(_opened(_required(value, "plaintext")))


def _opened(text: str) -> Any:
    return from_checkpoint(json.loads(text), _nothing_inside)


# Looking into values ------------------------------------------------------------------------------


def unwrapped(value: Any) -> Any:
    """The same value without any `Secret` or `OutputValue` around its parts."""
    if isinstance(value, Secret):
        return unwrapped(value.value)
    if isinstance(value, OutputValue):
        return unwrapped(value.plain())
    if isinstance(value, Mapping):
        return {key: unwrapped(item) for key, item in value.items()}
    if isinstance(value, list):
        return [unwrapped(item) for item in value]
    return value


def contains(value: Any, kind: type[Secret] | type[Unknown]) -> bool:
    """Whether a `Secret` or an `Unknown` is anywhere in the value."""
    if isinstance(value, kind):
        return True
    if isinstance(value, Secret):
        return contains(value.value, kind)
    if isinstance(value, OutputValue):
        return contains(value.plain(), kind)
    if isinstance(value, Mapping):
        return any(contains(item, kind) for item in value.values())
    return isinstance(value, list) and any(contains(item, kind) for item in value)
