"""Runs that are limited to some resources."""

from __future__ import annotations

import pytest

from pulumi_auth0_apis.engine import EngineError, mark
from pulumi_auth0_apis.engine.model.state import ResourceState
from pulumi_auth0_apis.engine.planning.targets import Targets, with_dependents

from .stacks import TestStack, names, ops, said, succeeded

THING = "urn:pulumi:dev::tests::pulumi-python:dynamic/things:Thing::"
A, B, C = (f"{THING}{name}" for name in "abc")
CHAIN = 'a = Thing("a")\nb = Thing("b", size=a.serial)\nThing("c", size=b.serial)'


@pytest.mark.parametrize(
    ("pattern", "urn", "matches"),
    [
        ("urn:a::b", "urn:a::b", True),
        ("urn:*::b", "urn:a::b", True),
        ("urn:*::b", "urn:a::x::b", False),
        ("urn:**::b", "urn:a::x::b", True),
        ("**", "urn:a::b", True),
        ("*", "urn:a::b", False),
        ("urn:a.*::b", "urn:ax::b", False),
        ("**::b", "urn:a::bb", False),
        ("**::b", "urn:a::b\nc", False),
    ],
)
def test_patterns(pattern: str, urn: str, matches: bool) -> None:
    """One star stops at a colon, two do not; everything else stands for itself, from end to end."""
    assert (urn in Targets([pattern])) is matches


def test_only_literal_targets_can_be_missing() -> None:
    """A pattern may match nothing; no target at all is none."""
    assert Targets(["x", "y", "z*"]).missing_from({"y"}) == ["x"]
    assert not Targets()
    assert Targets(["z*"])


def test_dependents_of_every_kind() -> None:
    """Children, dependents, what the provider looks after, and what needs those in turn."""
    base = [
        ResourceState(urn="p", type="t"),
        ResourceState(urn="child", type="t", parent="p"),
        ResourceState(urn="other", type="t"),
        ResourceState(urn="user", type="t", dependencies=("child", "other")),
        ResourceState(urn="cared", type="t", provider="user::7"),
        ResourceState(urn="with", type="t", deleted_with="cared"),
        ResourceState(urn="last", type="t", property_dependencies={"x": ("with",)}),
    ]
    assert with_dependents(base, Targets(["p"])) == {"p", "child", "user", "cared", "with", "last"}
    assert with_dependents(base, Targets(["with", "child"])) == {"child", "user", "cared", "with", "last"}


def test_only_targets_are_changed(stack: TestStack) -> None:
    """The rest is neither checked nor compared, and stays in the state as it was."""
    stack.up('Thing("a", size=1)\nThing("b", size=1)')
    stack.calls()
    result = stack.up('Thing("a", size=2)\nThing("b", size=2, wrong="all")', targets=[A])
    assert names(stack.calls()) == [("update", "a-1")]
    assert sorted(ops(result)) == [("same", "b"), ("update", "a")]
    assert stack.state()["b"]["inputs"]["size"] == 1


def test_what_is_left_out_is_not_created(stack: TestStack) -> None:
    """The program goes on, its outputs are unknown, and no state holds it; the next run makes it."""
    program = 'a = Thing("a")\nb = Thing("b")\nb.serial.apply(lambda each: pulumi.log.warn(f"got {each}"))'
    result = stack.up(program, targets=[A])
    assert sorted(ops(result)) == [("create", "a"), ("same", "b")]
    assert names(stack.calls()) == [("create", "a")]
    assert "got" not in said(result)
    assert "b" not in stack.state()
    assert sorted(ops(stack.up(program))) == [("create", "b"), ("same", "a")]


def test_a_target_that_needs_what_is_left_out_is_refused(stack: TestStack) -> None:
    """A preview tells of it and goes on, an update stops before it makes anything."""
    told = f"Resource '{B}' depends on '{A}' which was not specified in --target list."
    foreseen = stack.program(CHAIN).engine.preview(targets=[B, C])
    assert (foreseen.exit_code, told in said(foreseen)) == (1, True)
    assert ("create", "c") in ops(foreseen)
    result = stack.engine.up(targets=[B, C])
    assert (result.exit_code, told in said(result)) == (1, True)
    assert stack.calls() == []


def test_dependents_can_be_taken_in(stack: TestStack) -> None:
    """With the target goes what needs it, directly or not."""
    result = stack.up(CHAIN + '\nThing("d")', targets=[A], target_dependents=True)
    assert {name for op, name in ops(result) if op == "create"} == {"a", "b", "c"}


def test_only_targets_are_deleted(stack: TestStack) -> None:
    """What needs one must be named as well, or taken in; otherwise nothing is deleted at all."""
    stack.up(CHAIN)
    stack.calls()
    result = stack.program("").engine.up(targets=[A, C])
    assert result.exit_code == 1
    assert f"Resource '{B}' will be destroyed but was not specified in --target list." in said(result)
    assert stack.calls() == []
    assert ops(stack.up("", targets=[C])) == [("same", "a"), ("same", "b"), ("delete", "c")]
    stack.up("", targets=[A], target_dependents=True)
    assert set(stack.state()) == {"tests-dev", "default"}


def test_what_something_left_out_needs_is_kept(stack: TestStack) -> None:
    """Though the program has dropped it: the state stays whole, whatever the order of the names."""
    stack.up(CHAIN)
    stack.calls()
    result = stack.up('Thing("c")\nThing("d")', targets=[f"{THING}d", A])
    assert stack.calls() == [{"call": "create", "name": "d", "size": 1}]
    assert {name for op, name in ops(result) if op == "same"} == {"a", "b", "c"}
    assert set(stack.state()) == {"tests-dev", "default", "a", "b", "c", "d"}


def test_what_was_kept_for_another_cannot_be_registered_any_more(stack: TestStack) -> None:
    """Somebody left out needs it as it was, and comes before it; the error says what to name as well."""
    stack.up('a = Thing("a")\nThing("b", size=a.serial)\nThing("c")')
    stack.program('b = Thing("b")\nThing("a", size=b.serial)\nThing("c", size=2)')
    result = stack.engine.up(targets=[C])
    assert result.exit_code == 1
    assert "a resource that is not among the targets was registered before this one" in said(result)
    assert stack.state()["b"]["dependencies"] == [A]


def test_what_waits_for_its_deletion_goes_on_waiting(stack: TestStack) -> None:
    """A run about something else loses neither the resource nor its old one, whose name is the same."""
    stack.up('Thing("a", kind="x", raises="delete")\nThing("b")')
    assert stack.program('Thing("a", kind="y")\nThing("b")').engine.up().exit_code == 1
    stack.up('Thing("b", size=2)', targets=[B])
    left = [each for each in stack.engine.open().store.load().resources if each.urn == A]
    assert sorted((each.id, each.delete) for each in left) == [("a-1", True), ("a-2", False)]


def test_what_is_tainted_and_left_out_stays_tainted(stack: TestStack) -> None:
    """Its turn comes when a run is about it."""
    stack.up('Thing("a")\nThing("b")')
    mark(stack.engine.open().store, [A], taint=True)
    stack.up('Thing("a")\nThing("b", size=2)', targets=[B])
    assert stack.state()["a"]["taint"]
    assert ("replace", "a") in ops(stack.engine.up())


def test_what_is_renamed_and_left_out_keeps_its_name(stack: TestStack) -> None:
    """The program goes on with it under the former name, and so does what needs it."""
    stack.up('a = Thing("a")\nThing("c", ResourceOptions(parent=a))')
    renamed = 'z = Thing("z", ResourceOptions(aliases=[pulumi.Alias(name="a")]))\n'
    program = f'{renamed}Thing("c", ResourceOptions(parent=z))\nThing("d", size=z.serial)'
    result = stack.up(program, targets=["**::d"])
    assert ops(result) == [("same", "a"), ("same", "c"), ("create", "d")]
    state = stack.state()
    assert (state["c"]["parent"], state["d"]["dependencies"]) == (A, [A])
    assert "z" not in state


def test_a_renamed_target_takes_along_what_refers_to_it(stack: TestStack) -> None:
    """What is left out stays as it was, but for the name of what it needs."""
    stack.up('a = Thing("a")\nThing("b", size=a.serial)')
    stack.calls()
    renamed = 'z = Thing("z", ResourceOptions(aliases=[pulumi.Alias(name="a")]), size=2)\n'
    stack.up(f'{renamed}Thing("b", size=z.serial)', targets=[f"{THING}z"])
    assert names(stack.calls()) == [("update", "a-1")]
    assert stack.state()["b"]["dependencies"] == [f"{THING}z"]


def test_a_provider_that_is_left_out_is_not_started(stack: TestStack) -> None:
    """One that only stays in the state is not configured."""
    provider = 'p = pulumi.ProviderResource("pulumi-python", "p", {"things:tenant": "t"})\n'
    stack.up(f'{provider}Thing("a", ResourceOptions(provider=p))\nThing("b")')
    stack.log()
    stack.up('Thing("b", size=2)', targets=[B])
    assert [line for line in stack.log() if '"tenant": "t"' in line] == []


def test_a_provider_that_is_gone_stands_against_what_is_left_out(stack: TestStack) -> None:
    """A resource whose provider the program has changed cannot stay as it is; the error names both."""
    provider = 'p = pulumi.ProviderResource("pulumi-python", "p", {"things:tenant": "t"})\n'
    one = f'{provider}Thing("a", ResourceOptions(provider=p))\n'
    stack.up(f'{one}Thing("b")')
    result = stack.program(f'{one}Thing("b", ResourceOptions(provider=p))').engine.up(targets=[A])
    assert result.exit_code == 1
    assert "::default::" in said(result)
    assert f"for resource {B} has not been registered yet" in said(result)


def test_a_target_that_nobody_knows_fails_the_run(stack: TestStack) -> None:
    """What the others name is done all the same."""
    stack.up('Thing("a", size=1)')
    result = stack.program('Thing("a", size=2)').engine.up(targets=[A, B])
    assert result.exit_code == 1
    assert f"Target '{B}' could not be found in the stack. Did you forget to escape $" in said(result)
    assert stack.state()["a"]["inputs"]["size"] == 2


@pytest.mark.parametrize("command", ["refresh", "destroy"])
def test_a_refresh_or_destroy_of_nothing_does_not_begin(stack: TestStack, command: str) -> None:
    """The error names the target, and the history has no such run."""
    stack.up('Thing("a")')
    with pytest.raises(EngineError, match=f"no resource named '{B}' found. Did you mean {A} or "):
        getattr(stack.engine, command)(targets=[B])
    assert len(list(stack.engine.open().store.history_folder.glob("*.history.json"))) == 1


def test_a_part_is_destroyed(stack: TestStack) -> None:
    """Targets with what needs them, if that may be; the rest stays, and the program is not run."""
    stack.up(CHAIN)
    stack.program("raise RuntimeError('destroy runs no program')")
    assert stack.engine.destroy(targets=[B]).exit_code == 1
    result = succeeded(stack.engine.destroy(targets=[B], target_dependents=True))
    assert result.change_summary == {"delete": 2, "same": 2}
    assert set(stack.state()) == {"tests-dev", "default", "a"}
    assert succeeded(stack.engine.destroy()).change_summary == {"delete": 2}


def test_a_part_is_refreshed(stack: TestStack) -> None:
    """The others are not read; what is gone is dropped, and what needed it stays."""
    stack.up(CHAIN)
    (stack.cloud / "a-1.json").unlink()
    stack.calls()
    result = succeeded(stack.engine.refresh(targets=[A]))
    assert names(stack.calls()) == [("read", "a-1")]
    assert result.change_summary == {"delete": 1}
    assert set(stack.state()) == {"tests-dev", "default", "b", "c"}
    assert "dependencies" not in stack.state()["b"]
    succeeded(stack.engine.refresh(targets=[B], target_dependents=True))
    assert sorted(names(stack.calls())) == [("read", "b-1"), ("read", "c-1")]
