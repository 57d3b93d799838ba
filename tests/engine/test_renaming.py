"""Resources that are renamed or moved, and found again by an alias."""

from __future__ import annotations

from .stacks import TestStack, names, ops, said
from .test_crash import run_until

THING = "urn:pulumi:dev::tests::pulumi-python:dynamic/things:Thing::"
PAIR = """
    class Pair(pulumi.ComponentResource):
        def __init__(self, name, opts=None):
            super().__init__("tests:index:Pair", name, None, opts)
            left = Thing(f"{name}-left", ResourceOptions(parent=self), called="left")
            Thing("right", ResourceOptions(parent=self), size=left.serial)
"""
WAS_A = 'ResourceOptions(aliases=[pulumi.Alias(name="a")])'


def test_a_rename_with_an_alias_makes_no_call(stack: TestStack) -> None:
    """The resource is the same; the events tell both names, and the state refers to the new one only."""
    stack.up('a = Thing("a")\nThing("b", size=a.serial)')
    stack.calls()
    result = stack.up(f'z = Thing("z", {WAS_A}, called="a")\nThing("b", size=z.serial)')
    assert stack.calls() == []
    assert ops(result) == [("same", "z"), ("same", "b")]
    step = next(step for step in result.steps if step["urn"] == f"{THING}z")
    assert (step["old"]["urn"], step["new"]["urn"]) == (f"{THING}a", f"{THING}z")
    state = stack.state()
    assert state["z"]["id"] == "a-1"
    assert state["b"]["dependencies"] == [f"{THING}z"]
    assert "aliases" not in state["z"]
    assert not stack.up('z = Thing("z", called="a")\nThing("b", size=z.serial)').has_changes


def test_without_an_alias_it_is_another_resource(stack: TestStack) -> None:
    """The new one is created, the old one deleted."""
    stack.up('Thing("a")')
    stack.calls()
    stack.up('Thing("z")')
    assert names(stack.calls()) == [("create", "z"), ("delete", "a-1")]


def test_what_is_in_a_renamed_component_is_found_as_well(stack: TestStack) -> None:
    """Children inherit the alias, and one that is named after its component is renamed with it."""
    stack.up(f'{PAIR}\n    Pair("old")')
    stack.calls()
    renamed = 'Pair("new", ResourceOptions(aliases=[pulumi.Alias(name="old")]))'
    result = stack.up(f"{PAIR}\n    {renamed}")
    assert not result.has_changes
    assert ops(result) == [("same", "new-left"), ("same", "right")]
    assert stack.state()["right"]["parent"].endswith("Pair::new")


def test_a_run_that_fails_leaves_a_state_of_new_names(stack: TestStack) -> None:
    """What the program had not come to yet refers to the new name of what it had; the next run goes on."""
    program = 'z = Thing("z", {}, size=2)\nThing("b", size=z.serial, raises="{}")'
    stack.up('a = Thing("a")\nThing("b", size=a.serial)')
    assert stack.program(program.format(WAS_A, "update")).engine.up().exit_code == 1
    assert stack.state()["b"]["dependencies"] == [f"{THING}z"]
    assert ops(stack.up(program.format(WAS_A, ""))) == [("same", "z"), ("update", "b")]


def test_a_run_that_is_killed_has_renamed_what_it_had_come_to(stack: TestStack) -> None:
    """Its journal knows the former names, and the next run finds everything."""
    stack.up('a = Thing("a")\nThing("b", size=a.serial)')
    program = f'z = Thing("z", {WAS_A}, size=2)\nThing("b", size=z.serial)'
    run_until(stack.program(program), "z")
    stack.calls()
    assert ops(stack.up(program)) == [("same", "z"), ("same", "b")]
    assert stack.calls() == []


def test_a_renamed_dependent_goes_with_what_is_deleted_first(stack: TestStack) -> None:
    """It is deleted before its source, and made anew under its new name."""
    program = 'a = Thing("a", kind="{}", first=True)\nThing("{}", {}, source=a.serial)'
    stack.up(program.format("x", "b", "None"))
    stack.calls()
    result = stack.up(program.format("y", "z", WAS_A.replace('"a"', '"b"')))
    assert names(stack.calls()) == [("delete", "b-1"), ("delete", "a-1"), ("create", "a"), ("create", "z")]
    assert result.change_summary == {"replace": 2, "same": 1}
    assert set(stack.state()) == {"tests-dev", "default", "a", "z"}


def test_two_claims_of_one_former_name_are_refused(stack: TestStack) -> None:
    """Before anything is changed."""
    stack.up('Thing("a")')
    stack.calls()
    result = stack.program(f'Thing("y", {WAS_A})\nThing("z", {WAS_A})').engine.up()
    assert result.exit_code == 1
    assert f"Duplicate resource alias '{THING}a'" in said(result)
    assert names(stack.calls()) in ([], [("update", "a-1")])


def test_an_alias_that_is_no_urn_is_refused(stack: TestStack) -> None:
    """The error names it and says how one is written."""
    result = stack.program('Thing("z", ResourceOptions(aliases=["a"]))').engine.up()
    assert result.exit_code == 1
    assert "The alias 'a' is no URN. Write it like urn:pulumi:" in said(result)
