"""A local engine for Pulumi programs in Python with dynamic resources.

It speaks the protocol of Pulumi's own engine, runs the same programs, providers and policy packs, and keeps
its state where and as the `pulumi` command keeps it in a file backend. It knows nothing of Auth0.

Callers import from here, and from its rooms `model`, `project` and `files`; the others are its own.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pulumi_auth0_apis.engine.children.analyzers import PolicyPack
    from pulumi_auth0_apis.engine.children.fakes import Fake, Fakes
    from pulumi_auth0_apis.engine.children.starting import warm_up
    from pulumi_auth0_apis.engine.events.digest import digest
    from pulumi_auth0_apis.engine.local_engine import CHANGED, STACK_NOT_FOUND, Engine, Result
    from pulumi_auth0_apis.engine.model.problems import EngineError, UnsupportedError
    from pulumi_auth0_apis.engine.running.marking import mark
    from pulumi_auth0_apis.engine.store.local_stack import LocalStack
    from pulumi_auth0_apis.engine.store.selection import UnknownStackError
    from pulumi_auth0_apis.engine.store.stack_store import StackStore

__all__ = [
    "CHANGED",
    "STACK_NOT_FOUND",
    "Engine",
    "EngineError",
    "Fake",
    "Fakes",
    "LocalStack",
    "PolicyPack",
    "Result",
    "StackStore",
    "UnknownStackError",
    "UnsupportedError",
    "digest",
    "mark",
    "warm_up",
]

_ROOMS = {
    "children.analyzers": ("PolicyPack",),
    "children.fakes": ("Fake", "Fakes"),
    "children.starting": ("warm_up",),
    "events.digest": ("digest",),
    "local_engine": ("CHANGED", "STACK_NOT_FOUND", "Engine", "Result"),
    "model.problems": ("EngineError", "UnsupportedError"),
    "running.marking": ("mark",),
    "store.local_stack": ("LocalStack",),
    "store.selection": ("UnknownStackError",),
    "store.stack_store": ("StackStore",),
}
_HOMES = {name: room for room, names in _ROOMS.items() for name in names}


def __getattr__(name: str) -> Any:
    """Import a name when it is asked for: while the engine is imported, `warm_up` is at work already."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
