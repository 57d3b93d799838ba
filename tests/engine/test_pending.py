"""Interrupted operations: who tells of them, and what makes them leave the state."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from typing import Any

import pytest

from pulumi_auth0_apis.engine import Result
from pulumi_auth0_apis.engine.model.pending import unresolved
from pulumi_auth0_apis.engine.model.snapshot import Snapshot
from pulumi_auth0_apis.engine.model.state import OperationType, PendingOperation, ResourceState

from .stacks import TestStack, said, succeeded

KINDS: tuple[OperationType, ...] = ("creating", "updating", "deleting", "reading")
A = ResourceState(urn="urn:a", type="t", custom=True)


def urn(name: str) -> str:
    return f"urn:pulumi:dev::tests::pulumi-python:dynamic/things:Thing::{name}"


def snapshot(stack: TestStack) -> Snapshot:
    return stack.engine.open().store.load()


def interrupted(stack: TestStack, *operations: tuple[str, OperationType], **changes: Any) -> None:
    """Add operations of things like `a` to the state, as interrupted runs leave them."""
    before = snapshot(stack)
    a = next(each for each in before.resources if each.urn == urn("a"))
    pending = [
        PendingOperation(replace(a, urn=urn(name), id="", outputs={}, **changes), kind)
        for name, kind in operations
    ]
    stack.engine.open().store.save(replace(before, pending_operations=pending))


def pending(stack: TestStack) -> list[tuple[str, str]]:
    """What the state holds of interrupted operations: (name, kind)."""
    operations = snapshot(stack).pending_operations
    return [(each.resource.urn.rpartition("::")[2], each.type) for each in operations]


def warnings(result: Result) -> list[str]:
    return [each["message"] for each in result.diagnostics if each["severity"] == "warning"]


@pytest.mark.parametrize("command", ["up", "refresh", "destroy"])
def test_only_creations_stay_pending(stack: TestStack, command: str) -> None:
    """Every run that may change the state keeps those and drops other kinds, even where nothing changed."""
    stack.up('Thing("a")')
    interrupted(stack, *(("b", kind) for kind in KINDS))
    succeeded(getattr(stack.engine, command)())
    assert pending(stack) == [("b", "creating")]


def test_a_run_tells_of_them(stack: TestStack) -> None:
    """The warning names each with its kind, and the command that clears creations."""
    stack.up('Thing("a")')
    interrupted(stack, ("b", "creating"), ("c", "updating"))
    (told,) = warnings(succeeded(stack.engine.up()))
    assert f"{urn('b')}, interrupted while creating" in told
    assert f"{urn('c')}, interrupted while updating" in told
    assert "refresh --clear-pending-creates" in told


def test_what_is_managed_by_now_is_not_pending(stack: TestStack) -> None:
    """A creation whose resource the state holds is over: an info says so, once, and there is no warning."""
    stack.up('Thing("a")')
    interrupted(stack, ("a", "creating"))
    result = succeeded(stack.engine.up())
    assert f"{urn('a')} is managed by now" in said(result)
    assert warnings(result) == []
    assert pending(stack) == []
    assert "managed by now" not in said(stack.engine.up())


def test_a_replacement_that_was_interrupted_stays_pending(stack: TestStack) -> None:
    """The resource of the same URN is the one to be replaced, so nothing is known of the new one."""
    stack.up('Thing("a", kind="x")')
    interrupted(stack, ("a", "creating"), inputs={"name": "a", "kind": "y", "size": 1})
    assert len(warnings(succeeded(stack.engine.up()))) == 1
    assert pending(stack) == [("a", "creating")]


@pytest.mark.parametrize("going", [replace(A, delete=True), replace(A, pending_replacement=True)])
def test_what_is_about_to_go_is_not_managed(going: ResourceState) -> None:
    """A resource that waits for its deletion, or for its replacement, says nothing of a creation."""
    state = Snapshot(resources=[going], pending_operations=[PendingOperation(A, "creating")])
    assert unresolved(state) == state.pending_operations
    assert unresolved(replace(state, resources=[A])) == []


def interrupt_twice(event: dict[str, Any]) -> None:
    """End the run without waiting, as soon as the provider says that it is at work."""
    if "waiting to create" in event.get("diagnosticEvent", {}).get("message", ""):
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGINT)


def test_a_run_that_creates_it_ends_the_pending_creation(stack: TestStack) -> None:
    """Whatever the inputs are by then; the run warns before it and says afterwards that it is over."""
    stack.program('Thing("a", waits="create")')
    assert stack.engine.up(on_event=interrupt_twice).exit_code == 8
    assert pending(stack) == [("a", "creating")]
    assert stack.engine.pending_creates() == [urn("a")]
    result = stack.up('Thing("a", size=2)')
    assert len(warnings(result)) == 1
    assert f"{urn('a')} is managed by now" in said(result)
    assert pending(stack) == []
    assert warnings(stack.up('Thing("a", size=2)')) == []


def test_a_failed_creation_stays_pending(stack: TestStack) -> None:
    """That a later run could not create it does not tell what the earlier one has done."""
    stack.program('Thing("a", waits="create")')
    stack.engine.up(on_event=interrupt_twice)
    assert not stack.program('Thing("a", raises="create")').engine.up().ok
    assert pending(stack) == [("a", "creating")]


def test_a_preview_leaves_them(stack: TestStack) -> None:
    """It neither tells of them nor changes the state."""
    stack.up('Thing("a")')
    interrupted(stack, ("a", "creating"), ("b", "creating"), ("b", "updating"))
    before = stack.engine.open().store.file.read_bytes()
    for result in (
        stack.engine.preview(),
        stack.engine.refresh(preview=True, clear_pending_creates=[urn("b")]),
        stack.program('Thing("a")\nThing("b")').engine.preview(),
    ):
        assert "pending" not in said(succeeded(result))
    assert stack.engine.open().store.file.read_bytes() == before


def test_a_refresh_clears_the_creations_that_it_is_told_to(stack: TestStack) -> None:
    """Those alone, and it says so."""
    stack.up('Thing("a")')
    interrupted(stack, ("a", "creating"), ("b", "creating"), ("c", "creating"))
    assert stack.engine.pending_creates() == [urn("b"), urn("c")]
    told = said(succeeded(stack.engine.refresh(clear_pending_creates=[urn("b")])))
    assert f"The interrupted creation of {urn('b')} is cleared" in told
    assert pending(stack) == [("c", "creating")]
