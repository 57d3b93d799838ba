"""Replacements that somebody wants: a taint in the state, or a name given to the run."""

from __future__ import annotations

import pytest

from pulumi_auth0_apis.engine import EngineError, mark
from pulumi_auth0_apis.engine.store.locks import LockedError
from pulumi_auth0_apis.engine.store.stack_store import StackStore

from .stacks import TestStack, names, said

THING = "urn:pulumi:dev::tests::pulumi-python:dynamic/things:Thing::"
STAMPED = 'Thing("a", ResourceOptions(ignore_changes=["size"]), stamped=True, size={})'


def store(stack: TestStack) -> StackStore:
    return stack.engine.open().store


def test_a_taint_replaces_once(stack: TestStack) -> None:
    """The resource is replaced though nothing differs, its id is what differs, and the taint is gone."""
    stack.up('Thing("a")\nThing("b")')
    stack.calls()
    assert mark(store(stack), [f"{THING}a"], taint=True) == [f"{THING}a"]
    result = stack.engine.up()
    assert names(stack.calls()) == [("create", "a"), ("delete", "a-1")]
    assert [step["keys"] for step in result.steps if step["op"] == "replace"] == [["id"]]
    assert not stack.engine.up().has_changes


@pytest.mark.parametrize("options", [{"replace": [f"{THING}a"]}, {"replace": ["**::a"]}, {}])
def test_what_is_forced_is_checked_once_and_as_a_new_one(
    stack: TestStack, options: dict[str, list[str]]
) -> None:
    """The old inputs are not carried on, not even where changes are ignored, and no second check is made."""
    stack.up(STAMPED.format(1))
    if not options:
        mark(store(stack), [f"{THING}a"], taint=True)
    stack.up(STAMPED.format(2), **options)
    inputs = stack.state()["a"]["inputs"]
    assert (inputs["stamp"], inputs["size"]) == (2, 2)


def test_a_pattern_replaces_all_it_matches(stack: TestStack) -> None:
    """Providers and the stack are not among the things."""
    stack.up('Thing("a")\nThing("b")')
    result = stack.up('Thing("a")\nThing("b")', replace=["**Thing::*"])
    assert result.change_summary == {"replace": 2, "same": 1}


def test_a_replacement_of_nothing_is_refused(stack: TestStack) -> None:
    """Nothing is done, and each name that the state does not have is told."""
    stack.up('Thing("a")')
    stack.calls()
    result = stack.program('Thing("a", size=2)').engine.up(replace=["urn:b", "urn:c$d", f"{THING}a"])
    assert result.exit_code == 1
    assert "Target 'urn:b' could not be found in the stack. Did you forget to escape $" in said(result)
    assert "Target 'urn:c$d' could not be found in the stack.\n" in said(result)
    assert stack.calls() == []


def test_marks_are_set_and_taken_back(stack: TestStack) -> None:
    """By URN or by pattern; what is marked is told."""
    stack.up('Thing("a", ResourceOptions(protect=True))\nThing("b")')
    assert mark(store(stack), ["**::b", f"{THING}a"], taint=True) == [f"{THING}a", f"{THING}b"]
    mark(store(stack), ["**::b"], taint=False)
    mark(store(stack), ["**::a"], protect=False)
    state = stack.state()
    assert (state["a"]["taint"], "protect" in state["a"], "taint" in state["b"]) == (True, False, False)


def test_a_mark_on_nothing_is_refused(stack: TestStack) -> None:
    """Then nothing is marked; the names that are near are told."""
    stack.up('Thing("a")')
    with pytest.raises(EngineError, match=f"No such resource '{THING}b' exists .* Did you mean {THING}a"):
        mark(store(stack), [f"{THING}a", f"{THING}b"], taint=True)
    assert "taint" not in stack.state()["a"]


def test_nobody_marks_while_somebody_deploys(stack: TestStack) -> None:
    """A mark takes the lock of the stack."""
    stack.up('Thing("a")')
    with store(stack).lock(), pytest.raises(LockedError):
        mark(store(stack), ["**::a"], taint=True)


def test_the_old_one_of_a_replacement_is_not_marked(stack: TestStack) -> None:
    """What is only there to be deleted stays as it is."""
    stack.up('Thing("a", kind="x", raises="delete")')
    stack.program('Thing("a", kind="y")').engine.up()
    mark(store(stack), ["**::a"], taint=True)
    both = [each for each in store(stack).load().resources if each.urn == f"{THING}a"]
    assert sorted((each.id, each.delete, each.taint) for each in both) == [
        ("a-1", True, False),
        ("a-2", False, True),
    ]
