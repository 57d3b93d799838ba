"""The difference between what a resource is and what it shall be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from pulumi_auth0_apis.engine.model.decisions import Change
from pulumi_auth0_apis.engine.model.property_paths import Path, covers, format_path, parse_path

DifferenceKind = Literal["add", "add-replace", "delete", "delete-replace", "update", "update-replace"]

_INVERTED: dict[str, DifferenceKind] = {
    "add": "delete",
    "add-replace": "delete-replace",
    "delete": "add",
    "delete-replace": "add-replace",
    "update": "update",
    "update-replace": "update-replace",
}
_REPLACING: dict[str, DifferenceKind] = {
    "add": "add-replace",
    "delete": "delete-replace",
    "update": "update-replace",
}


@dataclass(frozen=True)
class Difference:
    """The findings of a diff. `detail` maps property paths to kinds; None where the provider gave none."""

    changes: bool = False
    replace_keys: tuple[str, ...] = ()
    changed_keys: tuple[str, ...] = ()
    detail: Mapping[str, DifferenceKind] | None = None
    delete_before_replace: bool = False
    is_triggered: bool = False
    """It is a replacement though no property says so: the program has changed its trigger."""

    @property
    def replaces(self) -> bool:
        kinds = (self.detail or {}).values()
        return (
            self.is_triggered or bool(self.replace_keys) or any(kind.endswith("-replace") for kind in kinds)
        )

    @property
    def change(self) -> Change:
        if not self.changes:
            return Change.NONE
        return Change.REPLACE if self.replaces else Change.UPDATE

    def inverted(self) -> Difference:
        """The same difference seen from the other side, as a refresh shows it."""
        if self.detail is None:
            return self
        return replace(self, detail={path: _INVERTED[kind] for path, kind in self.detail.items()})

    def with_replace_on_changes(self, paths: Sequence[str]) -> Difference:
        """Make a change under any of `paths` a replacement."""
        if not self.changes or not paths:
            return self
        wanted = [parse_path(path) for path in paths]
        keys = [key for key in self.changed_keys if _covered(wanted, (key,))]
        detail = self.detail and {
            path: _REPLACING.get(kind, kind) if _covered(wanted, parse_path(path)) else kind
            for path, kind in self.detail.items()
        }
        merged = tuple(dict.fromkeys([*self.replace_keys, *keys]))
        return replace(self, replace_keys=merged, detail=detail)


def _covered(wanted: Iterable[Path], path: Path) -> bool:
    return any(covers(each, path) for each in wanted)


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> Difference:
    """Compare two sets of plain properties (secrets unwrapped)."""
    detail: dict[str, DifferenceKind] = {}
    _compare_objects((), old, new, detail)
    changed = tuple(sorted({str(parse_path(path)[0]) for path in detail}))
    return Difference(changes=bool(detail), changed_keys=changed, detail=detail or None)


def _compare_objects(
    path: Path, old: Mapping[str, Any], new: Mapping[str, Any], found: dict[str, DifferenceKind]
) -> None:
    for key in sorted({*old, *new}):
        _compare_values((*path, key), old.get(key), new.get(key), found)


def _compare_lists(
    path: Path, old: Sequence[Any], new: Sequence[Any], found: dict[str, DifferenceKind]
) -> None:
    shared = min(len(old), len(new))
    for index in range(shared):
        _compare_values((*path, index), old[index], new[index], found)
    for index in range(shared, len(new)):
        found[format_path((*path, index))] = "add"
    for index in range(shared, len(old)):
        found[format_path((*path, index))] = "delete"


def _compare_values(path: Path, old: Any, new: Any, found: dict[str, DifferenceKind]) -> None:
    if isinstance(old, dict) and isinstance(new, dict):
        _compare_objects(path, old, new, found)
    elif isinstance(old, list) and isinstance(new, list):
        _compare_lists(path, old, new, found)
    elif not same(old, new):
        found[format_path(path)] = "add" if old is None else "delete" if new is None else "update"


def same(old: Any, new: Any) -> bool:
    """Whether two property values are equal: True is not 1, and a null in an object is as good as none."""
    if isinstance(old, dict) and isinstance(new, dict):
        return all(same(old.get(key), new.get(key)) for key in {*old, *new})
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(same(*pair) for pair in zip(old, new, strict=True))
    return isinstance(old, bool) == isinstance(new, bool) and bool(old == new)
