"""A local engine for Pulumi programs in Python with dynamic resources.

It speaks the protocol of Pulumi's own engine, runs the same programs, providers and policy packs, and keeps
its state where and as the `pulumi` command keeps it in a file backend. It knows nothing of Auth0.

Callers import from here, and from its rooms `model`, `project` and `files`; the others are its own.
"""

from __future__ import annotations

from pulumi_auth0_apis.engine.children.analyzers import PolicyPack
from pulumi_auth0_apis.engine.children.fakes import Fake, Fakes
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
]
