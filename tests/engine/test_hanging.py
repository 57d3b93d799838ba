"""Nothing that hangs, or that a child leaves behind, keeps the engine from ending."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from pulumi_auth0_apis.engine import PolicyPack

from .stacks import TestStack, said

RULES = """
import time
from pulumi_policy import *

def hang(args, report):
    print("waiting", flush=True)
    time.sleep(600)

PolicyPack("pack", [{policy}("hang", "Hangs.", hang, EnforcementLevel.MANDATORY)])
"""
STARTS_NEVER = "import time\nprint('waiting', flush=True)\ntime.sleep(600)\n"


def twice(on: str) -> Callable[[dict[str, Any]], None]:
    """Interrupt the engine twice as soon as somebody has said a word."""

    def interrupt(event: dict[str, Any]) -> None:
        if on in event.get("diagnosticEvent", {}).get("message", ""):
            os.kill(os.getpid(), signal.SIGINT)
            os.kill(os.getpid(), signal.SIGTERM)

    return interrupt


@pytest.mark.parametrize(
    "pack",
    [
        STARTS_NEVER,
        RULES.format(policy="ResourceValidationPolicy"),
        RULES.format(policy="StackValidationPolicy"),
    ],
    ids=["while it starts", "over a resource", "over the stack"],
)
def test_a_policy_pack_that_hangs_can_be_interrupted(stack: TestStack, tmp_path: Path, pack: str) -> None:
    """Two interrupts end the run and the pack, whatever the pack is at."""
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "PulumiPolicy.yaml").write_text("runtime: python\n")
    (folder / "__main__.py").write_text(pack)
    result = stack.program('Thing("a")').engine.preview(
        policy_packs=[PolicyPack(folder)], on_event=twice("waiting")
    )
    assert result.exit_code == 8
    assert children() == set()


def test_a_program_that_hangs_can_be_interrupted(stack: TestStack) -> None:
    """One interrupt ends it: nothing that it could still register matters."""
    program = 'import time\nThing("a")\nprint("waiting", flush=True)\ntime.sleep(600)\n'

    def interrupt(event: dict[str, Any]) -> None:
        if "waiting" in event.get("diagnosticEvent", {}).get("message", ""):
            os.kill(os.getpid(), signal.SIGINT)

    assert stack.program(program).engine.up(on_event=interrupt).exit_code == 1
    assert children() == set()


@pytest.mark.parametrize(("method", "operation"), [("check", "preview"), ("create", "up")])
@pytest.mark.parametrize("error", ["SystemExit(0)", "KeyboardInterrupt"])
def test_a_provider_that_exits_is_not_waited_for(
    stack: TestStack, method: str, operation: str, error: str
) -> None:
    """A hand-written provider whose method exits, which the SDK never answers, ends the run with an error."""
    stack.program(
        f"""
        from pulumi.dynamic import Resource, ResourceProvider

        class Exiting(ResourceProvider):
            def {method}(self, *args):
                raise {error}

        class Own(Resource):
            pass

        Own(Exiting(), "own", {{}})
        """
    )
    result = getattr(stack.engine, operation)()
    assert result.exit_code == 1
    assert f"the provider process ended with exit code 1 during {method}" in said(result)
    assert f"{error.partition('(')[0]} was raised in a call" in said(result)


@pytest.mark.parametrize("policy", ["ResourceValidationPolicy", "StackValidationPolicy"])
def test_a_rule_that_exits_is_not_waited_for(stack: TestStack, tmp_path: Path, policy: str) -> None:
    """A pack by pulumi-policy alone, which never answers such a call, ends the run with an error."""
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "PulumiPolicy.yaml").write_text("runtime: python\n")
    (folder / "__main__.py").write_text(
        RULES.format(policy=policy).replace("time.sleep(600)", "raise SystemExit(0)")
    )
    result = stack.program('Thing("a")').engine.preview(policy_packs=[PolicyPack(folder)])
    assert result.exit_code == 1
    assert "The policy pack pack ended with exit code 1 during Analyze" in said(result)


def test_what_a_program_leaves_running_is_not_waited_for(stack: TestStack) -> None:
    """A process that the program has started holds its output open, and the engine ends all the same."""
    stack.program("import subprocess\nopen('left', 'w').write(str(subprocess.Popen(['sleep', '600']).pid))")
    assert stack.engine.preview().ok
    left = psutil.Process(int((stack.folder / "left").read_text()))
    assert left.status() == psutil.STATUS_SLEEPING
    left.terminate()


def test_a_line_without_end_is_left_out(stack: TestStack) -> None:
    """More text in a line than anybody reads does not stop what follows from being heard."""
    result = stack.up("print('x' * (17 << 20))\nprint('and then')")
    assert "and then" in "".join(each["message"] for each in result.diagnostics)


def children() -> set[int]:
    """The processes that we have had started and that are still there."""
    starters = psutil.Process().children()
    return {child.pid for starter in starters for child in starter.children()}
