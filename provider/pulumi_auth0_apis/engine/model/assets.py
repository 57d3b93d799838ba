"""Assets and archives: files as property values, known by the hash of what is in them.

Their form on the wire and in a state is that of `sdk/go/common/resource/{asset,archive}` of pulumi/pulumi.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

from auth0_api_vocabulary.marks import SIGNATURE

ASSET: Final = "c44067f5952c0a294b673a41bacd8c17"
ARCHIVE: Final = "0def7320c3a5731c473e5ecbe6d01bc7"

ELIDED: Final = "<contents elided>"
"""What events have in place of a text, which may be of any size."""

_SOURCES: Final = ("hash", "text", "path", "uri")


@dataclass(frozen=True, kw_only=True)
class Asset:
    """A file by its text, its path or its address. Two are equal where their contents are.

    `hash` is the SHA-256 of the contents, in hexadecimal; empty before anybody has read them.
    """

    hash: str = ""
    text: str = field(default="", compare=False)
    path: str = field(default="", compare=False)
    uri: str = field(default="", compare=False)

    def to_json(self) -> dict[str, Any]:
        """The object that stands for it, on the wire and in a state."""
        return {SIGNATURE: ASSET, **_given(self)}

    @classmethod
    def from_json(cls, written: Mapping[str, Any]) -> Self:
        """Read such an object."""
        return cls(**{name: str(written.get(name, "")) for name in _SOURCES})

    def shown(self) -> dict[str, Any]:
        """The object for an event, without its text."""
        return self.to_json() if self.path or self.uri else {**self.to_json(), "text": ELIDED}


@dataclass(frozen=True, kw_only=True)
class Archive:
    """Files by the path or address of an archive or folder, or one by one. Equal where its contents are."""

    hash: str = ""
    assets: Mapping[str, Asset | Archive] = field(default_factory=dict, compare=False)
    path: str = field(default="", compare=False)
    uri: str = field(default="", compare=False)

    def to_json(self) -> dict[str, Any]:
        """The object that stands for it, on the wire and in a state."""
        return self._written({name: each.to_json() for name, each in sorted(self.assets.items())})

    @classmethod
    def from_json(cls, written: Mapping[str, Any]) -> Self:
        """Read such an object; what is in it may have been read already."""
        assets = {name: asset_from_json(each) for name, each in (written.get("assets") or {}).items()}
        sources = {name: str(written.get(name, "")) for name in _SOURCES if name != "text"}
        return cls(assets=assets, **sources)

    def shown(self) -> dict[str, Any]:
        """The object for an event, without the texts in it."""
        return self._written({name: each.shown() for name, each in sorted(self.assets.items())})

    def _written(self, assets: dict[str, Any]) -> dict[str, Any]:
        parts = {} if self.path or self.uri else {"assets": assets}
        return {SIGNATURE: ARCHIVE, **_given(self), **parts}


def asset_from_json(written: Any) -> Asset | Archive:
    """Read what the signature says."""
    if isinstance(written, Asset | Archive):
        return written
    return (Asset if written[SIGNATURE] == ASSET else Archive).from_json(written)


def _given(value: Asset | Archive) -> dict[str, str]:
    return {name: text for name in _SOURCES if (text := getattr(value, name, ""))}
