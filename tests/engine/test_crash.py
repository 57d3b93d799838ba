"""A run that is killed has lost nothing that it had finished."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from .stacks import TestStack, names, ops

KILLED_RUN = """
import os, signal, sys
from pulumi_auth0_apis.engine import Engine

def kill(event):
    if event.get("resOutputsEvent", {{}}).get("metadata", {{}}).get("urn", "").endswith("::{last}"):
        os.kill(os.getpid(), signal.SIGKILL)

Engine({folder!r}, "dev", backend_url="file://" + {folder!r}, environment={environment!r}).up(on_event=kill)
"""
PROGRAM = """
last = None
for name in "abcd":
    last = Thing(name, ResourceOptions(depends_on=[last] if last else []))
"""


def run_until(stack: TestStack, last: str) -> None:
    """Update the stack in a process that is killed as soon as `last` is done."""
    source = KILLED_RUN.format(last=last, folder=str(stack.folder), environment=stack.environment)
    ended = subprocess.run([sys.executable, "-c", source], capture_output=True, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()


@pytest.mark.parametrize("last", ["a", "b", "c"])
def test_killed_between_steps(stack: TestStack, last: str) -> None:
    """The next run creates what is missing and nothing twice; the lock is no obstacle."""
    run_until(stack.program(PROGRAM), last)
    done = [name for _, name in names(stack.calls())]
    result = stack.up(PROGRAM)
    assert {name for op, name in ops(result) if op == "same"} >= set("abcd"[: "abcd".index(last) + 1])
    created = [name for call, name in names(stack.calls()) if call == "create"]
    assert created == [name for name in "abcd" if name > last]
    assert set(done) <= set("abcd")
    assert set(stack.state()) == {"tests-dev", "default", "a", "b", "c", "d"}


def test_the_journal_is_gone_after_a_run(stack: TestStack) -> None:
    """The state alone says all, so that the `pulumi` command can go on."""
    run_until(stack.program(PROGRAM), "b")
    journal = stack.folder / ".pulumi/stacks/tests/dev.json.journal"
    assert journal.exists()
    stack.up(PROGRAM)
    assert not journal.exists()


def test_a_preview_after_a_crash_sees_what_was_done(stack: TestStack, tmp_path: Path) -> None:
    """It changes nothing, the journal included."""
    run_until(stack.program(PROGRAM), "b")
    files = {
        file: file.read_bytes() for file in (tmp_path / ".pulumi").rglob("*.j*") if "locks" not in file.parts
    }
    result = stack.engine.preview()
    assert {name for op, name in ops(result) if op == "create"} <= {"c", "d"}
    assert {file: file.read_bytes() for file in files} == files
