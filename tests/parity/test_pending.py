"""Interrupted operations on both engines: what a run leaves pending, and what a refresh clears."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pulumi_auth0_apis.engine import Engine
from pulumi_auth0_apis.engine.model.state import OperationType, PendingOperation
from pulumi_auth0_apis.engine.store.stack_store import StackStore

from ..engine.stacks import TestStack
from .sides import Local, Pulumi, Run, Side

KINDS: tuple[OperationType, ...] = ("creating", "updating", "deleting", "reading")
PROGRAM = 'Thing("a")\nThing("b", raises="create")'


def store(stack: TestStack) -> StackStore:
    folder = stack.folder
    engine = Engine(folder, "dev", backend_url=f"file://{folder}", environment=stack.environment)
    return engine.open().store


def interrupt(stack: TestStack, *operations: tuple[str, OperationType]) -> None:
    """Add operations to the state, as interrupted runs leave them."""
    before = store(stack).load()
    a = next(each for each in before.resources if each.urn.endswith("::a"))
    pending = [
        PendingOperation(replace(a, urn=a.urn.removesuffix("a") + name, id="", outputs={}), kind)
        for name, kind in operations
    ]
    store(stack).save(replace(before, pending_operations=pending))


def pending(stack: TestStack) -> list[tuple[str, str]]:
    """What the state holds of interrupted operations: (name, kind)."""
    operations = store(stack).load().pending_operations
    return [(each.resource.urn.rpartition("::")[2], each.type) for each in operations]


def after(side: Side, command: str, *options: str, of: Any) -> tuple[Run, list[tuple[str, str]]]:
    """Deploy a thing, interrupt operations, run a command, and tell what is still pending."""
    side.stack.program('Thing("a")')
    assert side.run("up").exit_code == 0
    interrupt(side.stack, *of)
    side.stack.program(PROGRAM)
    return side.run(command, *options), pending(side.stack)


@pytest.mark.parametrize(
    "command", [["preview"], ["up"], ["up", "--refresh"], ["refresh"], ["destroy"]], ids=" ".join
)
def test_what_stays_pending(local: Local, pulumi: Pulumi, command: list[str]) -> None:
    """Creations do, whatever the run comes to, and other kinds do not; a preview leaves all as it was."""
    interrupted = [("b", kind) for kind in KINDS]
    ours, left = after(local, *command, of=interrupted)
    theirs, left_by_them = after(pulumi, *command, of=interrupted)
    assert left == left_by_them == (interrupted if command == ["preview"] else [("b", "creating")])
    assert (ours.exit_code, ours.steps) == (theirs.exit_code, theirs.steps)


def test_a_refresh_clears_creations(local: Local, pulumi: Pulumi) -> None:
    """With an option of the same name nothing stays; the command that has it is `auth0-apis refresh`."""
    of = [("b", "creating"), ("c", "creating"), ("c", "updating")]
    assert after(pulumi, "refresh", "--clear-pending-creates", of=of)[1] == []
    _, left = after(local, "refresh", of=of)
    assert left == of[:2]
    local.stack.engine.refresh(clear_pending_creates=local.stack.engine.pending_creates())
    assert pending(local.stack) == []


def test_what_is_managed_by_now(local: Local, pulumi: Pulumi) -> None:
    """Here we differ, on purpose: the command warns of it for ever, until it is told to clear the list."""
    of = [("a", "creating"), ("b", "creating")]
    assert after(pulumi, "up", of=of)[1] == of
    assert after(local, "up", of=of)[1] == [("b", "creating")]
