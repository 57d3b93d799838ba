"""Property values as the engine holds them, and as a checkpoint does.

In memory a value is plain JSON (None, bool, int, float, str, list, dict) with six classes among it: `Secret`,
`Unknown`, `OutputValue`, `ResourceReference`, `Asset` and `Archive`. In a checkpoint these are objects that a
signature marks, and secrets are ciphertext (`pkg/resource/stack/deployment.go` of pulumi/pulumi).
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

from auth0_api_vocabulary.marks import SECRET as SECRET
from auth0_api_vocabulary.marks import SIGNATURE as SIGNATURE
from auth0_api_vocabulary.marks import UNKNOWN as UNKNOWN
from pulumi_auth0_apis.engine.model import unsupported
from pulumi_auth0_apis.engine.model.assets import ARCHIVE, ASSET, Archive, Asset, asset_from_json
from pulumi_auth0_apis.engine.model.problems import EngineError

Properties = dict[str, Any]
"""Named property values of a resource."""

RESOURCE: Final = "5cf8f73096256a8f31e491e813e4eb8e"
OUTPUT: Final = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
_NOT_FINITE: Final = "A number that is infinite or not a number"

_REFUSED: Final = {
    ASSET: (unsupported.ASSETS, "An asset (a file as a property)"),
    ARCHIVE: (unsupported.ASSETS, "An archive (files as a property)"),
    "803fd3297a5875dc03ca845dda5d2a98": (unsupported.VALUES, "A string that is not UTF-8"),
    "8ad145fe-0d11-4827-bfd7-1abcbf086f5c": (unsupported.VALUES, _NOT_FINITE),
}


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

    def to_json(self) -> Properties:
        """The object that stands for it, on the wire and in a checkpoint."""
        written: Properties = {SIGNATURE: RESOURCE, "urn": self.urn}
        if self.id is not None:
            written["id"] = "" if isinstance(self.id, Unknown) else self.id
        if self.package_version:
            written["packageVersion"] = self.package_version
        return written

    @classmethod
    def from_json(cls, written: Properties) -> Self:
        """Read such an object. Raises `EngineError` where it has no URN."""
        found = written.get("id")
        return cls(
            urn=required(written, "urn"),
            id=Unknown() if found == "" else found,
            package_version=written.get("packageVersion", ""),
        )


def number(value: float) -> int | float:
    """The number as JSON writes it: 3, not 3.0."""
    return int(value) if value.is_integer() and abs(value) < 1e21 else value


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


def unsealed(value: Any) -> Any:
    """The same value for another stack: its secrets come without the ciphertext of their own."""
    if isinstance(value, Secret):
        return Secret(unsealed(value.value))
    if isinstance(value, Mapping):
        return {key: unsealed(item) for key, item in value.items()}
    return [unsealed(item) for item in value] if isinstance(value, list) else value


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
    if isinstance(value, Asset | Archive):
        return value.to_json()
    if isinstance(value, ResourceReference):
        return value.to_json() | {"packageVersion": value.package_version}
    return value


def _finite(value: float) -> int | float:
    if not math.isfinite(value):
        raise unsupported.VALUES.error(_NOT_FINITE)
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
    """Read a value of a checkpoint. Raises `EngineError` where it is malformed."""
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
        return ResourceReference.from_json(value)
    if signature in (ASSET, ARCHIVE):
        return asset_from_json(value)
    if signature != SECRET:
        raise unreadable(signature)
    if "ciphertext" in value:
        return Secret(_opened(decrypt(value["ciphertext"])), value["ciphertext"])
    return Secret(_opened(required(value, "plaintext")))


def _opened(text: str) -> Any:
    return from_checkpoint(json.loads(text), _nothing_inside)


def required(written: Properties, key: str) -> Any:
    """A member that an object with a signature must have. Raises `EngineError` where it has not."""
    try:
        return written[key]
    except KeyError:
        raise EngineError(
            f"A property value is malformed: an object with a signature has no {key!r}."
        ) from None


def unreadable(signature: Any) -> EngineError:
    """Why an object with this signature cannot be read: it is refused, or nobody knows it."""
    if signature in _REFUSED:
        kind, what = _REFUSED[signature]
        return kind.error(what)
    return EngineError(f"A property value is malformed: its signature {signature!r} is not a known one.")
