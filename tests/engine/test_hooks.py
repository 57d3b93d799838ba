"""Hooks of resources and of errors; `tests/parity/hook_scenarios.py` plays them on the real engine too."""

from __future__ import annotations

import pytest

from pulumi_auth0_apis.engine.model.checkpoint import to_checkpoint_document

from .stacks import TestStack, ops, said, succeeded

HOOKS = """
from pulumi import ErrorHook, ResourceHook, ResourceHookBinding, ResourceHookOptions
from things import log

def hook(name, **options):
    return ResourceHook(name, lambda args: log(name, thing=args.name), ResourceHookOptions(**options))

def broken(name, **options):
    def refuse(args):
        raise ValueError("not today")
    return ResourceHook(name, refuse, ResourceHookOptions(**options))

def hooked(**moments):
    return ResourceOptions(hooks=ResourceHookBinding(**moments))
"""


def called(stack: TestStack) -> list[str]:
    """The calls of provider and hooks since the last time, in their order."""
    return [each["call"] for each in stack.calls()]


def test_hooks_run_around_the_calls(stack: TestStack) -> None:
    """Each runs before or after the call that it is for, one of a deletion to the end of the run."""
    every = "".join(
        f'{when}_{what}=[hook("{when} {what}")], '
        for when in ("before", "after")
        for what in ("create", "update", "delete")
    )
    program = f"{HOOKS}everywhere = hooked({every})\n"
    stack.up(f'{program}Thing("a", everywhere, size=1)')
    assert called(stack) == ["before create", "create", "after create"]
    stack.up(f'{program}Thing("a", everywhere, size=2)')
    assert called(stack) == ["before update", "update", "after update"]
    stack.up(program)
    assert called(stack) == ["before delete", "delete", "after delete"]


def test_the_state_names_the_hooks(stack: TestStack) -> None:
    """A state with hooks names the feature, as the CLI writes it, and one without does not."""
    stack.up(f'{HOOKS}Thing("a", hooked(after_create=[hook("told")], before_delete=[hook("asked")]))')
    state = stack.state()["a"]
    assert state["resourceHooks"] == {"AfterCreate": ["told"], "BeforeDelete": ["asked"]}
    assert to_checkpoint_document("s", {"resources": [state]})["features"] == ["hooks"]
    assert ops(stack.up('Thing("a")')) == [("same", "a")]
    assert "resourceHooks" not in stack.state()["a"]


def test_a_preview_runs_those_that_want_it(stack: TestStack) -> None:
    """Only a hook that asks for it runs in a preview, where nothing is made."""
    program = 'Thing("a", hooked(before_create=[hook("both", on_dry_run=True), hook("one")]))'
    assert stack.program(HOOKS + program).engine.preview().ok
    assert called(stack) == ["both"]


def test_a_failing_hook_before_a_step_fails_it(stack: TestStack) -> None:
    """Nothing is called, and the error names the hook and what it raised."""
    result = stack.program(f'{HOOKS}Thing("a", hooked(before_create=[broken("no")]))').engine.up()
    assert (result.exit_code, called(stack)) == (1, [])
    assert 'before hook "no" failed: not today' in said(result)
    assert "a" not in stack.state()


@pytest.mark.parametrize("goes_on", [False, True])
def test_a_failing_hook_after_a_step_fails_the_run(stack: TestStack, *, goes_on: bool) -> None:
    """What is made is kept; the run fails, and others are made only where it is to go on."""
    program = f'{HOOKS}a = Thing("a", hooked(after_create=[broken("no")]))\nThing("b", of=a.id)'
    result = stack.program(program).engine.up(keep_going=goes_on)
    assert result.exit_code == 1
    assert 'after hook "no" failed: not today' in said(result)
    assert ("a" in stack.state(), "b" in stack.state()) == (True, goes_on)


def test_errors_of_a_hook_can_be_warnings(stack: TestStack) -> None:
    """A hook that says so is told as a warning of its resource, and the step goes on."""
    result = stack.up(f'{HOOKS}Thing("a", hooked(before_create=[broken("no", ignore_errors=True)]))')
    (warning,) = [each for each in result.diagnostics if each["severity"] == "warning"]
    assert 'BeforeCreate hook "no" failed: not today' in warning["message"]
    assert warning["urn"].endswith("::a")


def test_a_hook_of_a_component_runs_once_it_has_its_outputs(stack: TestStack) -> None:
    """After-hooks of a component get the outputs that it has registered."""
    stack.up(
        f"{HOOKS}told = ResourceHook('told', lambda args: log('told', left=args.new_outputs['left']))\n"
        'c = pulumi.ComponentResource("things:index:C", "c", {}, hooked(after_create=[told]))\n'
        'c.register_outputs({"left": 7})'
    )
    assert stack.calls() == [{"call": "told", "left": 7.0}]


def test_an_error_hook_decides_on_another_attempt(stack: TestStack) -> None:
    """It gets the errors so far, newest first; the call is made again as long as it says so."""
    program = (
        f"{HOOKS}def decide(args):\n"
        '    log("asked", failed=args.failed_operation, errors=len(args.errors))\n'
        "    return len(args.errors) < 3\n"
        'again = hooked(on_error=[ErrorHook("again", decide)])\n'
    )
    result = stack.program(f'{program}Thing("a", again, raises="create")').engine.up()
    assert result.exit_code == 1
    assert called(stack) == ["create", "asked"] * 3
    assert "retrying create due to on-error hook request (2/100)" in said(result)
    assert stack.up(f'{program}Thing("a", again, falters="create")').ok
    assert called(stack) == ["create", "asked", "create"]


def test_a_hook_that_is_not_there_fails_the_step(stack: TestStack) -> None:
    """What a state names and the program does not register any more is told by its name."""
    stack.up(f'{HOOKS}Thing("a", hooked(before_delete=[hook("gone")]))')
    result = stack.program("").engine.up()
    assert (result.exit_code, 'hook "gone" was not registered' in said(result)) == (1, True)
    assert "a" in stack.state()


def test_two_hooks_of_one_name_are_an_error_of_the_program(stack: TestStack) -> None:
    """Its traceback names the hook that is there already."""
    result = stack.program(f'{HOOKS}hook("one")\nhook("one")').engine.up()
    assert result.exit_code == 1
    assert 'resource hook already registered for name "one"' in said(result)


def test_a_destroy_without_the_program_is_refused(stack: TestStack) -> None:
    """Hooks of a deletion are not passed over: nothing is deleted, and the error says what is needed."""
    stack.up(f'{HOOKS}Thing("a", hooked(before_delete=[hook("one")]))')
    result = stack.engine.destroy()
    assert result.exit_code == 1
    assert "Hooks: one" in said(result)
    assert "--run-program" in said(result)
    assert "a" in stack.state()


def test_a_destroy_that_runs_the_program_asks_its_hooks(stack: TestStack) -> None:
    """What the program registers goes as well as what it does not; nothing is made or updated for that."""
    program = f'{HOOKS}Thing("a", hooked(before_delete=[hook("one")]), size=1)\n'
    stack.up(program + 'Thing("b")')
    stack.calls()
    stack.program(program.replace("size=1", "size=2") + 'Thing("c", of=Thing("d").serial)')
    foreseen = ops(stack.engine.destroy(run_program=True, preview=True))
    assert {name for op, name in foreseen if op == "delete"} == {"a", "b"}
    result = succeeded(stack.engine.destroy(run_program=True))
    assert sorted(called(stack)) == ["delete", "delete", "one"]
    assert (stack.things(), stack.state()) == ({}, {})
    assert result.change_summary["delete"] == 3


def test_a_destroy_whose_hook_refuses_keeps_the_resource(stack: TestStack) -> None:
    """What a before-hook refuses to delete stays, with what it depends on."""
    program = f'{HOOKS}b = Thing("b")\nThing("a", hooked(before_delete=[broken("no")]), of=b.serial)'
    stack.up(program)
    result = stack.engine.destroy(run_program=True)
    assert (result.exit_code, 'before hook "no" failed' in said(result)) == (1, True)
    assert set(stack.things()) == {"a-1", "b-1"}
    assert {"a", "b"} <= set(stack.state())
