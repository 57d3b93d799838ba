"""What goes wrong, and what is left when it has."""

from __future__ import annotations

import os
import signal
import threading
from typing import Any

import pytest

from pulumi_auth0_apis.engine import EngineError

from .stacks import TestStack, names, ops, said


def errors(events: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Errors among diagnostics: (name of the resource, message)."""
    return [
        (each.get("urn", "").rpartition("::")[2], each["message"].strip())
        for each in events
        if each["severity"] == "error"
    ]


def test_a_failed_creation_keeps_what_was_done_and_skips_what_depends_on_it(stack: TestStack) -> None:
    """The error is told under its resource, once; nothing that needs it begins."""
    program = 'a = Thing("a")\nb = Thing("b", size=a.serial, raises="create")\nThing("c", size=b.serial)'
    result = stack.program(program).engine.up()
    assert result.exit_code == 1
    assert set(stack.state()) == {"tests-dev", "default", "a"}
    (name, message), *rest = errors(result.diagnostics)
    assert name == "b"
    assert "ValueError: the cloud refuses to create b" in message
    assert rest == [("", "update failed")]
    failed = [event["resOpFailedEvent"] for event in result.events if "resOpFailedEvent" in event]
    assert [each["metadata"]["op"] for each in failed] == ["create"]


def test_a_failed_run_goes_on_where_it_stopped(stack: TestStack) -> None:
    """The next update does only what is missing."""
    program = 'a = Thing("a")\nThing("b", ResourceOptions(depends_on=[a]){})'
    stack.program(program.format(', raises="create"')).engine.up()
    stack.calls()
    result = stack.up(program.format(""))
    assert ops(result) == [("same", "a"), ("create", "b")]
    assert names(stack.calls()) == [("create", "b")]


def test_a_failed_update_keeps_the_old_state(stack: TestStack) -> None:
    """What could not be updated is updated again next time."""
    stack.up('Thing("a", size=1)')
    assert stack.program('Thing("a", size=2, raises="update")').engine.up().exit_code == 1
    assert stack.state()["a"]["inputs"]["size"] == 1
    assert ops(stack.up('Thing("a", size=2)')) == [("update", "a")]


def test_a_failed_deletion_keeps_the_resource_and_what_it_needs(stack: TestStack) -> None:
    """Nothing below a resource that would not go is deleted."""
    stack.up('a = Thing("a")\nThing("b", size=a.serial, raises="delete")')
    result = stack.engine.destroy()
    assert result.exit_code == 1
    assert {"a", "b"} <= set(stack.state())
    assert sorted(stack.things()) == ["a-1", "b-1"]


def test_a_dead_provider_is_told_and_nothing_hangs(stack: TestStack) -> None:
    """The error says which process ended, how, and during what."""
    result = stack.program('Thing("a", dies="create")').engine.up()
    (name, message), *_ = errors(result.diagnostics)
    assert name == "a"
    assert "the provider process ended with exit code 3 during create" in message
    assert "pending_operations" not in (stack.folder / ".pulumi/stacks/tests/dev.json").read_text()


def test_a_failing_program_is_told_from_its_own_first_line_on(stack: TestStack) -> None:
    """The traceback begins in the program; what was registered before it is kept."""
    result = stack.program('Thing("a")\nraise LookupError("no such thing")').engine.up()
    assert result.exit_code == 1
    (_, message), *rest = errors(result.diagnostics)
    assert message.startswith(
        "Program failed with an unhandled exception:\nTraceback (most recent call last):"
    )
    assert "__main__.py" in message.splitlines()[2]
    assert message.endswith("LookupError: no such thing")
    assert rest == []
    assert "a" in stack.state()


def test_a_failed_program_deletes_nothing(stack: TestStack) -> None:
    """What a program would have registered after its error is not taken for dropped."""
    stack.up('Thing("a")\nThing("b")')
    assert stack.program('Thing("a")\nraise SystemExit(3)').engine.up().exit_code == 1
    assert sorted(stack.things()) == ["a-1", "b-1"]


@pytest.mark.parametrize(("source", "code"), [("import os; os._exit(9)", 9), ("raise SystemExit(4)", 4)])
def test_a_program_that_just_ends_is_told(stack: TestStack, source: str, code: int) -> None:
    """A program that says nothing itself is reported with its exit code."""
    result = stack.program(source).engine.up()
    told = f"an unhandled error occurred: program exited with non-zero exit code: {code}"
    assert errors(result.diagnostics) == [("", told)]


def test_a_program_that_is_not_there_is_told(stack: TestStack) -> None:
    """A project without a program is an error in plain words."""
    result = stack.engine.up()
    assert "unable to find main python program `__main__.py`" in said(result)


def test_a_python_that_cannot_run_is_told(stack: TestStack) -> None:
    """A program that cannot be started ends the run, and leaves nothing open."""
    python = stack.folder / "venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()
    (stack.folder / "Pulumi.yaml").write_text(
        "name: app\nruntime: {name: python, options: {virtualenv: venv}}\n"
    )
    result = stack.engine.up()
    assert f"could not be started with {python}: Permission denied" in said(result)


def test_all_failures_of_a_check_are_told_and_nothing_is_called(stack: TestStack) -> None:
    """A check failure stops preview and update, and names resource and property."""
    stack.program('Thing("a", wrong="size", size=7)')
    for result in (stack.engine.preview(), stack.engine.up()):
        assert result.exit_code == 1
        assert errors(result.diagnostics) == [
            (
                "a",
                "pulumi-python:dynamic/things:Thing resource 'a': property size value {7} has a problem: "
                "must not be wrong",
            )
        ]
    assert stack.calls() == []


def test_a_check_failure_does_not_show_a_secret(stack: TestStack) -> None:
    """The value of a secret property is masked."""
    result = stack.program('Thing("a", wrong="size", size=pulumi.Output.secret("hush"))').engine.preview()
    assert "value {[secret]} has a problem" in said(result)
    assert "hush" not in str(result.events)


def test_two_resources_of_one_name_are_refused(stack: TestStack) -> None:
    """A URN is used once."""
    result = stack.program('Thing("a")\nThing("a")').engine.up()
    assert "try giving it a unique name" in said(result)


def test_an_interrupted_replacement_is_finished_by_the_next_run(stack: TestStack) -> None:
    """What was deleted for a replacement and not made anew is created next time."""
    stack.up('Thing("a", kind="x", first=True)')
    assert stack.program('Thing("a", kind="y", first=True, raises="create")').engine.up().exit_code == 1
    assert stack.state()["a"]["pendingReplacement"]
    assert stack.things() == {}
    stack.calls()
    result = stack.up('Thing("a", kind="y", first=True)')
    assert names(stack.calls()) == [("create", "a")]
    assert result.change_summary == {"replace": 1, "same": 1}
    assert "pendingReplacement" not in stack.state()["a"]


def test_the_old_one_of_a_replacement_is_deleted_by_the_next_run(stack: TestStack) -> None:
    """A deletion that failed after a replacement is tried again."""
    stack.up('Thing("a", kind="x", raises="delete")')
    result = stack.program('Thing("a", kind="y")').engine.up()
    assert result.exit_code == 1
    assert sorted(stack.things()) == ["a-1", "a-2"]
    stack.calls()
    result = stack.program('Thing("a", kind="y")').engine.up()
    assert ("delete", "a-1") in names(stack.calls())


def test_continue_on_error_does_what_does_not_depend_on_the_failure(stack: TestStack) -> None:
    """Siblings are made, dependants are not, and the run fails."""
    program = """
        a = Thing("a", raises="create")
        Thing("b", size=a.serial)
        Thing("c", ResourceOptions(depends_on=[Thing("d", waits="create")]))
    """

    def go(event: dict[str, Any]) -> None:
        if "resOpFailedEvent" in event:
            (stack.cloud / "go").touch()

    result = stack.program(program).engine.up(keep_going=True, on_event=go)
    assert result.exit_code == 1
    assert set(stack.state()) == {"tests-dev", "default", "c", "d"}
    assert ("create", "b") not in names(stack.calls())


def test_continue_on_error_deletes_nothing_that_a_failure_still_needs(stack: TestStack) -> None:
    """What a resource that could not be updated depends on stays, though the program has dropped it."""
    stack.up('a = Thing("a")\nThing("b", size=a.serial)\nThing("c")')
    result = stack.program('Thing("b", size=2, raises="update")').engine.up(keep_going=True)
    assert result.exit_code == 1
    assert sorted(stack.things()) == ["a-1", "b-1"]


def test_an_interrupt_lets_running_steps_finish(stack: TestStack) -> None:
    """What runs is recorded, what waits is not begun, and the run has failed."""
    program = 'a = Thing("a", waits="create")\nThing("b", size=a.serial)'
    if threading.current_thread() is not threading.main_thread():
        pytest.skip("signals go to the main thread")

    def interrupt(event: dict[str, Any]) -> None:
        if "waiting to create a" in str(event.get("diagnosticEvent")):
            os.kill(os.getpid(), signal.SIGINT)
            (stack.cloud / "go").touch()

    result = stack.program(program).engine.up(on_event=interrupt)
    assert result.exit_code == 1
    assert set(stack.state()) == {"tests-dev", "default", "a"}
    assert list(stack.things()) == ["a-1"]


def test_a_project_that_is_none_is_told_before_anything_runs(stack: TestStack) -> None:
    """A broken Pulumi.yaml is an error of its own, not a failed deployment."""
    (stack.folder / "Pulumi.yaml").write_text("name: tests\nruntime: nodejs\n")
    with pytest.raises(EngineError, match="nodejs"):
        stack.engine.up()


def test_a_second_interrupt_does_not_wait(stack: TestStack) -> None:
    """What runs is left to its fate: the state keeps it as pending, and the next run says so."""

    def interrupt(event: dict[str, Any]) -> None:
        if "waiting to create a" in str(event.get("diagnosticEvent")):
            os.kill(os.getpid(), signal.SIGINT)
            os.kill(os.getpid(), signal.SIGTERM)

    result = stack.program('Thing("a", waits="create")').engine.up(on_event=interrupt)
    assert result.exit_code == 8
    assert "a" not in stack.state()
    result = stack.up('Thing("b")')
    assert "interrupted while creating" in said(result)
