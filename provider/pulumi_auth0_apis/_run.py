"""Values that last as long as one deployment: a process of tests may hold many of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from pulumi.runtime.settings import get_monitor

T = TypeVar("T")

_runs: WeakKeyDictionary[Any, dict[object, Any]] = WeakKeyDictionary()


def once_a_run(key: object, make: Callable[[], T]) -> T:
    """Return the value that `make` made for `key` in this deployment, told by its connection to the engine.

    Without a deployment, as in a console, it is made every time.
    """
    monitor = get_monitor()
    if monitor is None:
        return make()
    kept = _runs.setdefault(monitor, {})
    if key not in kept:
        kept[key] = make()
    made: T = kept[key]
    return made
