"""The differences between two sets of inputs, by property path."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pulumi.runtime.proto import provider_pb2 as proto

ABSENT = object()


@dataclass(frozen=True)
class Change:
    """One property that differs: its path as the engine writes it, and the input that it is a part of."""

    key: str
    path: str
    before: Any
    after: Any

    def kind(self, replaces: list[str]) -> proto.PropertyDiff:
        """What becomes of the property, and whether the object is replaced for it."""
        kinds = proto.PropertyDiff
        is_replaced = self.key in replaces
        if self.before is ABSENT:
            kind = kinds.ADD_REPLACE if is_replaced else kinds.ADD
        elif self.after is ABSENT:
            kind = kinds.DELETE_REPLACE if is_replaced else kinds.DELETE
        else:
            kind = kinds.UPDATE_REPLACE if is_replaced else kinds.UPDATE
        return kinds(kind=kind, inputDiff=True)


def detailed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Every difference, at its deepest path; an unknown differs from everything."""
    return [
        Change(key, path, *values)
        for key in {**before, **after}
        for path, values in _differing(_step(key), before.get(key, ABSENT), after.get(key, ABSENT))
    ]


def _differing(path: str, before: Any, after: Any) -> Iterator[tuple[str, tuple[Any, Any]]]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in {**before, **after}:
            yield from _differing(
                f"{path}{_step(key, nested=True)}", before.get(key, ABSENT), after.get(key, ABSENT)
            )
    elif isinstance(before, list) and isinstance(after, list):
        for position in range(max(len(before), len(after))):
            pair = (values[position] if position < len(values) else ABSENT for values in (before, after))
            yield from _differing(f"{path}[{position}]", *pair)
    elif before != after or isinstance(before, bool) != isinstance(after, bool):
        yield path, (before, after)


def _step(key: str, *, nested: bool = False) -> str:
    """A key as a part of a path (`sdk/go/common/resource/properties_path.go` of pulumi/pulumi)."""
    if key.replace("_", "").isalnum() and not key[0].isdigit():
        return f".{key}" if nested else key
    return f"[{json.dumps(key)}]"
