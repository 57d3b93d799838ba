"""Resource options: what each does, and what is refused."""

from __future__ import annotations

import pytest

from .stacks import TestStack, names, ops, said


def test_protected_resources_are_not_deleted(stack: TestStack) -> None:
    """A protected resource stays, and the run fails with its name; what is not protected goes."""
    stack.up('Thing("a", ResourceOptions(protect=True))\nThing("b")')
    result = stack.program("").engine.up()
    assert result.exit_code == 1
    assert "::a" in said(result)
    assert "protected" in said(result)
    assert list(stack.things()) == ["a-1"]
    assert set(stack.state()) == {"tests-dev", "default", "a"}


def test_protected_resources_are_not_replaced(stack: TestStack) -> None:
    """A replacement of a protected resource fails before any call; its preview shows it and fails, too."""
    stack.up('Thing("a", ResourceOptions(protect=True), kind="x")')
    stack.calls()
    stack.program('Thing("a", ResourceOptions(protect=True), kind="y")')
    foreseen, result = stack.engine.preview(), stack.engine.up()
    assert (foreseen.exit_code, result.exit_code) == (1, 1)
    assert "unable to replace resource" in said(foreseen)
    assert "unable to replace resource" in said(result)
    assert stack.calls() == []


def test_protection_can_be_lifted(stack: TestStack) -> None:
    """Without the option the resource is unchanged, and can be deleted afterwards."""
    stack.up('Thing("a", ResourceOptions(protect=True))')
    result = stack.up('Thing("a")')
    assert ops(result) == [("same", "a")]
    assert "protect" not in stack.state()["a"]


def test_ignored_changes_are_none(stack: TestStack) -> None:
    """A property under an ignored path keeps its old value, in the state as well."""
    ignoring = 'ResourceOptions(ignore_changes=["size", "tags.owner"])'
    stack.up('Thing("a", size=1, tags={"owner": "x", "team": "y"})')
    result = stack.up(f'Thing("a", {ignoring}, size=2, tags={{"owner": "z", "team": "y"}})')
    assert ops(result) == [("same", "a")]
    result = stack.up(f'Thing("a", {ignoring}, size=2, tags={{"owner": "z", "team": "w"}})')
    assert ops(result) == [("update", "a")]
    inputs = stack.state()["a"]["inputs"]
    assert (inputs["size"], inputs["tags"]) == (1, {"owner": "x", "team": "w"})


def test_delete_before_replace_overrides_the_provider(stack: TestStack) -> None:
    """The program decides the order of a replacement, either way."""
    stack.up('Thing("a", kind="x")\nThing("b", kind="x", first=True)')
    stack.calls()
    stack.up(
        'Thing("a", ResourceOptions(delete_before_replace=True), kind="y")\n'
        'Thing("b", ResourceOptions(delete_before_replace=False), kind="y", first=True)'
    )
    calls = names(stack.calls())
    assert calls.index(("delete", "a-1")) < calls.index(("create", "a"))
    assert calls.index(("create", "b")) < calls.index(("delete", "b-1"))


def test_replace_on_changes_makes_an_update_a_replacement(stack: TestStack) -> None:
    """A change under one of the paths replaces, and says so in the difference."""
    option = 'ResourceOptions(replace_on_changes=["size"])'
    stack.up(f'Thing("a", {option}, size=1, colour="red")')
    result = stack.up(f'Thing("a", {option}, size=2, colour="red")')
    step = next(step for step in result.steps if step["op"] == "replace")
    assert step["keys"] == ["size"]
    assert step["detailedDiff"] == {"size": {"diffKind": "update-replace", "inputDiff": True}}
    assert ops(stack.up(f'Thing("a", {option}, size=2, colour="blue")')) == [("update", "a")]


def test_retain_on_delete_forgets_without_deleting(stack: TestStack) -> None:
    """The resource leaves the state and stays in the cloud."""
    stack.up('Thing("a", ResourceOptions(retain_on_delete=True))')
    stack.calls()
    assert ops(stack.up("")) == [("delete", "a")]
    assert stack.calls() == []
    assert list(stack.things()) == ["a-1"]


def test_deleted_with_spares_the_call(stack: TestStack) -> None:
    """What goes with another resource is not deleted on its own."""
    stack.up('a = Thing("a")\nThing("b", ResourceOptions(deleted_with=a))')
    stack.calls()
    assert stack.up("").change_summary == {"delete": 2, "same": 1}
    assert names(stack.calls()) == [("delete", "a-1")]


def test_additional_secret_outputs_are_secret_in_the_state_and_for_dependants(stack: TestStack) -> None:
    """The named output is ciphertext wherever it goes."""
    stack.up(
        'a = Thing("a", ResourceOptions(additional_secret_outputs=["serial"]))\n'
        'Thing("b", size=a.serial)\npulumi.export("serial", a.serial)'
    )
    text = (stack.folder / ".pulumi/stacks/tests/dev.json").read_text()
    assert "serial of a-1" not in text
    state = stack.state()
    for value in (
        state["a"]["outputs"]["serial"],
        state["b"]["inputs"]["size"],
        state["b"]["outputs"]["size"],
        state["tests-dev"]["outputs"]["serial"],
    ):
        assert "ciphertext" in value


def test_children_inherit_protection_and_provider(stack: TestStack) -> None:
    """What a component says holds for what is in it, unless that says otherwise."""
    program = """
        green = pulumi.ProviderResource("pulumi-python", "green", {"things:tenant": "green"})
        class Pair(pulumi.ComponentResource):
            def __init__(self, name, opts):
                super().__init__("tests:index:Pair", name, None, opts)
                Thing("left", ResourceOptions(parent=self))
                Thing("right", ResourceOptions(parent=self, protect=False))
        Pair("pair", ResourceOptions(protect=True, providers=[green]))
    """
    stack.up(program)
    state = stack.state()
    assert state["left"]["protect"]
    assert "protect" not in state["right"]
    assert "::green::" in state["left"]["provider"]
    assert "default" not in state


def test_an_explicit_provider_has_its_own_process_and_configuration(stack: TestStack) -> None:
    """Two providers know only their own inputs; a change of them shows as an update of the provider."""
    program = """
        for colour in ("{one}", "blue"):
            name = "green" if colour != "blue" else colour
            tenant = pulumi.ProviderResource("pulumi-python", name, {{"things:tenant": colour}})
            Thing("in-" + name, ResourceOptions(provider=tenant))
    """
    stack.up(program.format(one="green"))
    configured = {line for line in stack.log() if '"configure"' in line}
    assert configured == {f'{{"call": "configure", "tenant": "{each}"}}' for each in ("green", "blue")}
    result = stack.up(program.format(one="moss"))
    assert ("update", "green") in ops(result)
    assert ("same", "in-green") in ops(result)


def test_a_provider_with_unknown_inputs_cannot_be_asked_in_a_preview(stack: TestStack) -> None:
    """Its resources show as created, without their provider's check."""
    program = """
        a = Thing("a")
        later = pulumi.ProviderResource("pulumi-python", "later", {"things:tenant": a.serial})
        Thing("b", ResourceOptions(provider=later), wrong="all")
    """
    result = stack.program(program).engine.preview()
    assert result.ok, said(result)
    assert ("create", "b") in ops(result)
    assert "must not be wrong" in said(stack.engine.up())


@pytest.mark.parametrize(
    ("option", "name"),
    [
        ("ResourceOptions(import_='a-1')", "import_"),
        ("ResourceOptions(state_migrations=[lambda args: None])", "state_migrations"),
        ("ResourceOptions(version='1.2.3')", "version"),
    ],
)
def test_an_option_that_is_not_done_is_refused_by_name(stack: TestStack, option: str, name: str) -> None:
    """Nothing is silently left out: the error names the option and the command that has it."""
    result = stack.program(f'Thing("a", {option})').engine.up()
    assert result.exit_code == 1
    assert name in said(result)
    assert "`pulumi`" in said(result)
    assert "a-1" not in stack.things()


@pytest.mark.parametrize(
    ("program", "named"),
    [
        ('pulumi.runtime.invoke("things:index:find", {}).value', "things:index:find"),
        ('pulumi.CustomResource("other:index:Thing", "a", {})', "other:index:Thing"),
        ('Thing("a", data=pulumi.StringAsset("text"))', "asset"),
    ],
)
def test_what_else_is_not_done_is_refused_by_name(stack: TestStack, program: str, named: str) -> None:
    """Functions, references to other stacks, other providers and assets are left to the real command."""
    result = stack.program(program).engine.up()
    assert result.exit_code == 1
    assert named in said(result)
    assert "`pulumi`" in said(result)
    assert stack.calls() == []


def test_replace_with_follows_a_replacement(stack: TestStack) -> None:
    """A resource is replaced with another one, for no reason of its own, and stays when that one does."""
    program = 'a = Thing("a", kind="x", size=1)\nThing("b", ResourceOptions(replace_with=[a]))'
    stack.up(program)
    assert ("same", "b") in ops(stack.up(program.replace("1", "2")))
    result = stack.up(program.replace("x", "y"))
    (step,) = [each for each in result.steps if (each["op"], each["urn"][-3:]) == ("replace", "::b")]
    assert step["keys"] == ["replaceWith"]


def test_a_trigger_replaces_when_it_changes(stack: TestStack) -> None:
    """Another value replaces, the same in secret does not, nor does one that is new or gone."""
    program = 'Thing("a", ResourceOptions(replacement_trigger={}))'
    stack.up('Thing("a")')
    told = [
        ops(stack.up(program.format(value)), "a")[:-1] or "same"
        for value in ("1", "1", "2", "pulumi.Output.secret(2)", "None", "3")
    ]
    replaced = [("create-replacement", "a"), ("replace", "a")]
    assert told == ["same", "same", replaced, "same", "same", "same"]


def test_hidden_differences_are_not_shown(stack: TestStack) -> None:
    """The update is made and told, and its event names the paths that nobody is to see."""
    program = 'Thing("a", ResourceOptions(hide_diffs=["size", "o.k[0]"]), size={})'
    stack.up(program.format(1))
    result = stack.up(program.format(2))
    assert ops(result) == [("update", "a")]
    (step,) = [each for each in result.steps if each["op"] == "update"]
    assert step["new"]["hideDiffs"] == ["size", "o.k[0]"]
    assert stack.state()["a"]["hideDiff"] == ["size", "o.k[0]"]
