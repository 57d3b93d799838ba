"""Whole runs: what the provider is asked, in which order, and what the state holds afterwards."""

from __future__ import annotations

import json
import os
from pathlib import Path

from .stacks import TestStack, names, ops

TWO = """
    a = Thing("a", kind="x")
    Thing("b", kind="y", source=a.serial)
    pulumi.export("serial", a.serial)
"""


def test_resources_are_created_in_the_order_of_their_dependencies(stack: TestStack) -> None:
    """A dependant is created after what it depends on, with its real outputs."""
    result = stack.up(TWO)
    assert ops(result) == [("create", "a"), ("create", "b")]
    assert names(stack.calls()) == [("create", "a"), ("create", "b")]
    assert stack.state()["b"]["inputs"]["source"] == "serial of a-1"
    assert result.outputs == {"serial": "serial of a-1"}
    assert result.change_summary == {"create": 3}


def test_the_steps_leave_out_default_providers_alone(stack: TestStack) -> None:
    """A resource of the program may be named like a default provider; its steps are told."""
    result = stack.up('Thing("default")')
    assert ops(result) == [("create", "default")]


def test_a_preview_changes_nothing(stack: TestStack) -> None:
    """A preview asks the provider for no change and leaves the state as it was."""
    result = stack.program(TWO).engine.preview()
    assert ops(result) == [("create", "a"), ("create", "b")]
    assert stack.calls() == []
    assert stack.state() == {}


def test_the_same_program_again_does_nothing(stack: TestStack) -> None:
    """Without a difference no provider call is made."""
    stack.up(TWO)
    stack.calls()
    result = stack.up(TWO)
    assert ops(result) == [("same", "a"), ("same", "b")]
    assert not result.has_changes
    assert stack.calls() == []


def test_a_changed_input_updates_in_place(stack: TestStack) -> None:
    """An update keeps the id and tells which property differs."""
    stack.up('Thing("a", kind="x", size=1)')
    stack.calls()
    result = stack.up('Thing("a", kind="x", size=2)')
    assert names(stack.calls()) == [("update", "a-1")]
    step = next(step for step in result.steps if step["op"] == "update")
    assert step["detailedDiff"] == {"size": {"diffKind": "update", "inputDiff": True}}
    assert stack.state()["a"]["id"] == "a-1"


def test_a_replacement_is_created_before_the_old_one_is_deleted(stack: TestStack) -> None:
    """By default there is no moment without the resource, and dependants move over in between."""
    stack.up('a = Thing("a", kind="x")\nThing("b", size=a.serial)')
    stack.calls()
    result = stack.up('a = Thing("a", kind="z")\nThing("b", size=a.serial)')
    assert names(stack.calls()) == [("create", "a"), ("update", "b-1"), ("delete", "a-1")]
    assert ops(result) == [
        ("create-replacement", "a"),
        ("replace", "a"),
        ("update", "b"),
        ("delete-replaced", "a"),
    ]
    assert result.change_summary == {"replace": 1, "update": 1, "same": 1}


def test_a_replacement_can_delete_first_and_takes_its_dependents_along(stack: TestStack) -> None:
    """What would be replaced by an unknown input is deleted before its source, and made anew after it."""
    program = """
        a = Thing("a", kind="{kind}", first=True)
        b = Thing("b", source=a.serial)
        Thing("c", source=b.serial)
        Thing("d", size=a.serial)
    """
    stack.up(program.format(kind="x"))
    stack.calls()
    result = stack.up(program.format(kind="z"))
    calls = names(stack.calls())
    assert calls[:4] == [("delete", "c-1"), ("delete", "b-1"), ("delete", "a-1"), ("create", "a")]
    assert sorted(calls[4:]) == [("create", "b"), ("create", "c"), ("update", "d-1")]
    assert result.change_summary == {"replace": 3, "update": 1, "same": 1}
    assert sorted(stack.things()) == ["a-2", "b-2", "c-2", "d-1"]


def test_what_the_program_drops_is_deleted_after_its_dependents(stack: TestStack) -> None:
    """Deletions go against the dependencies."""
    stack.up(TWO)
    stack.calls()
    result = stack.up("")
    assert names(stack.calls()) == [("delete", "b-1"), ("delete", "a-1")]
    assert result.change_summary == {"delete": 2, "same": 1}


def test_destroy_leaves_nothing(stack: TestStack) -> None:
    """After destroy neither state nor cloud hold anything; the program is not run."""
    stack.up(TWO)
    stack.program("raise RuntimeError('destroy runs no program')")
    result = stack.engine.destroy()
    assert result.ok
    assert result.change_summary == {"delete": 3}
    assert stack.state() == {}
    assert stack.things() == {}


def test_components_hold_their_children(stack: TestStack) -> None:
    """A component has a URN, outputs and children, and goes after them."""
    program = """
        class Pair(pulumi.ComponentResource):
            def __init__(self, name):
                super().__init__("tests:index:Pair", name)
                self.left = Thing("left", ResourceOptions(parent=self))
                self.register_outputs({"serial": self.left.serial})
        Pair("pair")
    """
    result = stack.up(program)
    state = stack.state()
    assert state["pair"]["outputs"] == {"serial": "serial of left-1"}
    assert state["left"]["urn"].endswith("::tests:index:Pair$pulumi-python:dynamic/things:Thing::left")
    assert state["left"]["parent"] == state["pair"]["urn"]
    assert result.change_summary == {"create": 3}
    assert ops(stack.engine.destroy()) == [("delete", "left"), ("delete", "pair")]


def test_depends_on_orders_what_no_property_connects(stack: TestStack) -> None:
    """An explicit dependency counts for creation and, the other way round, for deletion."""
    stack.up('a = Thing("a")\nThing("b", ResourceOptions(depends_on=[a]))')
    assert names(stack.calls()) == [("create", "a"), ("create", "b")]
    stack.engine.destroy()
    assert names(stack.calls()) == [("delete", "b-1"), ("delete", "a-1")]


def test_independent_resources_are_made_side_by_side(stack: TestStack) -> None:
    """Both creations have begun before either may end."""
    program = """
        import threading
        Thing("a", waits="create")
        Thing("b", waits="create")
    """

    def go(event: dict[str, object]) -> None:
        waiting = [call["name"] for call in stack.peek() if call["call"] == "create"]
        if sorted(waiting) == ["a", "b"]:
            (stack.cloud / "go").touch()

    result = stack.up(program, on_event=go)
    assert result.change_summary == {"create": 3}


def test_a_resource_can_be_read_by_its_id(stack: TestStack) -> None:
    """`id=` reads what somebody else manages; it is never deleted."""
    (stack.cloud / "other.json").write_text('{"name": "other", "kind": "theirs"}')
    program = 'pulumi.export("kind", Thing("a", ResourceOptions(id="other")).kind)'
    result = stack.up(program)
    assert ops(result) == [("read", "a")]
    assert result.outputs == {"kind": "theirs"}
    assert stack.state()["a"]["external"]
    assert ops(stack.up("")) == [("discard", "a")]
    assert list(stack.things()) == ["other"]


def test_configuration_reaches_program_and_provider(stack: TestStack) -> None:
    """Config is there with its namespace; secrets are in clear for both, and in the state they are not."""
    stack.configure("config:\n  tests:size: 5\n  things:tenant: blue\n")
    result = stack.up('Thing("a", size=pulumi.Config().require_int("size"))')
    configured = [json.loads(line) for line in stack.log() if '"configure"' in line]
    assert configured[-1] == {"call": "configure", "tenant": "blue"}
    assert stack.state()["a"]["inputs"]["size"] == 5
    assert result.events[0]["preludeEvent"]["config"] == {"tests:size": "5", "things:tenant": "blue"}


def test_the_state_keeps_the_configuration_of_the_last_update(stack: TestStack) -> None:
    """Refresh and destroy use the provider configuration that the state holds, as the CLI does."""
    stack.configure("config:\n  things:tenant: old\n")
    stack.up('Thing("a")')
    stack.configure("config:\n  things:tenant: new\n")
    stack.log()
    assert stack.engine.refresh().ok
    assert [line for line in stack.log() if '"configure"' in line] == [
        '{"call": "configure", "tenant": "old"}'
    ]
    result = stack.up('Thing("a")')
    assert not result.has_changes
    stack.log()
    assert stack.engine.refresh().ok
    assert '{"call": "configure", "tenant": "new"}' in stack.log()


def test_a_program_imports_the_standard_library(stack: TestStack) -> None:
    """No module of the engine stands in for one of the same name that a program imports."""
    names = ("events", "secrets", "steps", "values")
    code = "".join(
        f"import importlib.util as u; pulumi.export({n!r}, str(u.find_spec({n!r})))\n" for n in names
    )
    found = stack.up(code).outputs
    assert "pulumi_auth0_apis" not in str(found)
    assert "secrets.py" in found["secrets"]


def test_a_program_that_is_changed_within_a_second_runs_as_it_is(tmp_path: Path) -> None:
    """No compiled file of the last run, which has the same date and length, takes its place."""
    stack = TestStack(tmp_path, {"PYTHONDONTWRITEBYTECODE": ""})
    main = tmp_path / "__main__.py"
    stack.program('Thing("a", kind="x")')
    at = main.stat().st_mtime
    assert stack.engine.up().change_summary["create"] == 2
    stack.program('Thing("a", kind="y")')
    os.utime(main, (at, at))
    assert stack.engine.preview().change_summary.get("same") != 2
