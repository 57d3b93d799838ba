"""The passphrase is there, and is the right one, before a command begins."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pulumi_auth0_apis.emulator import Sandbox
from pulumi_auth0_apis.engine.project.secrets import SecretsProvider

from .conftest import Run

COMMANDS = [["preview"], ["up", "--yes"], ["refresh", "--yes"], ["destroy", "--yes"]]
API = """
from pulumi_auth0_apis import ResourceServer
ResourceServer("a", identifier="https://a.example.com", signing_alg="{}")
"""


@pytest.fixture
def salted(project: Path) -> Path:
    """The project, with a stack whose secrets the passphrase `right` opens."""
    settings = project / "Pulumi.dev.yaml"
    settings.write_text(f"encryptionsalt: {SecretsProvider.new('right').salt}\n")
    return project


@pytest.fixture
def tenant(project: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """A tenant for the project, whose program makes an API, and no passphrase."""
    monkeypatch.delenv("PULUMI_CONFIG_PASSPHRASE")
    (project / "__main__.py").write_text(API.format("HS256"))
    with Sandbox() as sandbox:
        for name, value in sandbox.environment.items():
            monkeypatch.setenv(name, value)
        yield sandbox


def writes(tenant: Sandbox) -> int:
    """How many calls have changed the tenant."""
    return sum(count for route, count in tenant.calls.items() if not route.startswith("GET /api"))


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("passphrase", "why"), [(None, "there is no passphrase"), ("wrong", "The passphrase is not the one")]
)
def test_without_the_right_passphrase(
    run: Run,
    salted: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: list[str],
    passphrase: str | None,
    why: str,
) -> None:
    """Nothing begins; one paragraph says what to set."""
    monkeypatch.delenv("PULUMI_CONFIG_PASSPHRASE")
    if passphrase:
        monkeypatch.setenv("PULUMI_CONFIG_PASSPHRASE", passphrase)
    answer = run(*command)
    assert answer.exit_code == 1
    assert answer.stdout == ""
    assert why in answer.stderr
    assert "PULUMI_CONFIG_PASSPHRASE_FILE" in answer.stderr
    assert len(answer.stderr.splitlines()) == 1


def test_a_passphrase_file_that_is_not_there(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told before the first secret needs it."""
    monkeypatch.delenv("PULUMI_CONFIG_PASSPHRASE")
    monkeypatch.setenv("PULUMI_CONFIG_PASSPHRASE_FILE", "/nowhere/at all")
    answer = run("up", "--yes")
    assert answer.exit_code == 1
    assert "/nowhere/at all" in answer.stderr
    assert answer.stdout == ""


def test_a_secret_that_auth0_will_make(run: Run, tenant: Sandbox) -> None:
    """A preview refuses what `up` could not save, and `up` refuses it before the tenant is changed."""
    for command in (["preview"], ["up", "--yes"], ["up", "--yes", "--skip-preview"]):
        answer = run(*command)
        assert answer.exit_code == 1
        assert "there is no passphrase to protect it with" in " ".join(answer.stdout.split())
    assert writes(tenant) == 0


def test_no_secret_needs_no_passphrase(run: Run, tenant: Sandbox, project: Path) -> None:
    """An API with a key of Auth0's own is made without one."""
    (project / "__main__.py").write_text(API.format("RS256"))
    assert run("up", "--yes").exit_code == 0
    assert "ciphertext" not in (project / ".pulumi/stacks/tests/dev.json").read_text()


@pytest.mark.usefixtures("terminal")
def test_a_person_chooses_a_passphrase(
    run: Run, tenant: Sandbox, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a new stack turns out to need one it is asked for, twice, and the run goes on."""
    answer = run("up", "--yes", input="new\nnew\n")
    assert answer.exit_code == 0, answer.output
    assert "Re-enter your passphrase to confirm" in answer.stderr
    assert "ciphertext" in (project / ".pulumi/stacks/tests/dev.json").read_text()
    monkeypatch.setenv("PULUMI_CONFIG_PASSPHRASE", "new")
    assert run("preview", "--expect-no-changes").exit_code == 0


@contextmanager
def at_a_terminal(*command: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """A process at a terminal of its own, and the end of that where a person sits."""
    here, there = pty.openpty()
    process = subprocess.Popen(command, stdin=there, stdout=there, stderr=there, start_new_session=True)
    os.close(there)
    try:
        yield process, here
    finally:
        process.kill()
        process.wait()
        os.close(here)


def read_until(here: int, words: str) -> str:
    """What is shown at a terminal until the words are."""
    shown = ""
    while words not in shown:
        shown += os.read(here, 1).decode(errors="replace")  # what follows is for the next one to read
    return shown


def test_it_is_asked_for_until_it_is_right(salted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At a real terminal; what is typed is not shown."""
    monkeypatch.delenv("PULUMI_CONFIG_PASSPHRASE")
    auth0_apis = "from pulumi_auth0_apis.cli import main; main()"
    command = [sys.executable, "-c", auth0_apis, "preview", "--cwd", str(salted)]
    with at_a_terminal(*command) as (process, here):
        read_until(here, "to remember): ")
        os.write(here, b"wrong\n")
        assert "wrong" not in read_until(here, "error: incorrect passphrase")
        read_until(here, "to remember): ")
        os.write(here, b"right\n")
        assert "2 to create" in read_until(here, "to create")
        assert process.wait() == 0
