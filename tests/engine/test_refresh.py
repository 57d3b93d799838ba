"""Refresh: the state follows reality."""

from __future__ import annotations

import json

from .stacks import TestStack, names, ops, said, succeeded


def drift(stack: TestStack, thing: str, **changes: object) -> None:
    """Change a thing behind the engine's back."""
    file = stack.cloud / f"{thing}.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), **changes}))


def test_drift_is_shown_and_taken_over(stack: TestStack) -> None:
    """A refresh tells what changed in reality, and the next preview the way back."""
    stack.up('Thing("a", kind="x", size=1)')
    drift(stack, "a-1", size=7)
    result = succeeded(stack.engine.refresh())
    step = next(step for step in result.steps if step["op"] == "update")
    assert step["detailedDiff"] == {"size": {"diffKind": "update", "inputDiff": True}}
    assert (step["old"]["inputs"]["size"], step["new"]["inputs"]["size"]) == (1, 7)
    assert result.change_summary == {"update": 1, "same": 1}
    assert stack.state()["a"]["inputs"]["size"] == 7
    assert ops(stack.engine.preview()) == [("update", "a")]


def test_a_preview_of_a_refresh_leaves_the_state(stack: TestStack) -> None:
    """It reads, and writes nothing."""
    stack.up('Thing("a", size=1)')
    drift(stack, "a-1", size=7)
    assert stack.engine.refresh(preview=True).has_changes
    assert stack.state()["a"]["inputs"]["size"] == 1


def test_what_is_gone_leaves_the_state_and_nothing_refers_to_it(stack: TestStack) -> None:
    """Dependencies on what is gone are dropped with it."""
    stack.up('a = Thing("a")\nThing("b", size=a.serial)')
    (stack.cloud / "a-1.json").unlink()
    result = succeeded(stack.engine.refresh())
    assert ("delete", "a") in ops(result)
    state = stack.state()
    assert "a" not in state
    assert "dependencies" not in state["b"]
    assert ops(stack.engine.preview()) == [("create", "a"), ("update", "b")]


def test_an_update_can_refresh_first(stack: TestStack) -> None:
    """With `refresh` drift is repaired in one run."""
    stack.up('Thing("a", size=1)')
    drift(stack, "a-1", size=7)
    assert not stack.up('Thing("a", size=1)').has_changes
    stack.calls()
    result = stack.up('Thing("a", size=1)', refresh=True)
    assert names(stack.calls()) == [("read", "a-1"), ("update", "a-1")]
    assert stack.things()["a-1"]["size"] == 1
    assert result.change_summary == {"update": 1, "same": 1}


def test_ignored_changes_are_no_drift(stack: TestStack) -> None:
    """What the program ignores is not told as changed."""
    stack.up('Thing("a", ResourceOptions(ignore_changes=["size"]), size=1)')
    drift(stack, "a-1", size=7)
    assert succeeded(stack.engine.refresh()).change_summary == {"same": 2}


def test_a_resource_that_cannot_be_read_stays_and_the_others_are_refreshed(stack: TestStack) -> None:
    """A failed read fails the refresh, and costs nothing else."""
    stack.up('Thing("a", size=1)\nThing("b", size=1)')
    (stack.cloud / "a-1.json").write_text("no JSON")
    drift(stack, "b-1", size=7)
    result = stack.engine.refresh()
    assert result.exit_code == 1
    assert "JSONDecodeError" in said(result)
    state = stack.state()
    assert (state["a"]["inputs"]["size"], state["b"]["inputs"]["size"]) == (1, 7)


def test_destroy_can_refresh_first(stack: TestStack) -> None:
    """What is gone already is not deleted again."""
    stack.up('Thing("a")\nThing("b")')
    (stack.cloud / "a-1.json").unlink()
    stack.calls()
    result = succeeded(stack.engine.destroy(refresh=True))
    assert [call for call in names(stack.calls()) if call[0] == "delete"] == [("delete", "b-1")]
    assert result.change_summary == {"delete": 2}
