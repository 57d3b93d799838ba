"""What is promised on every platform, played on this one as if it had nothing of POSIX."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from pulumi_auth0_apis import _extras
from pulumi_auth0_apis.cli import app
from pulumi_auth0_apis.importing.workspace import LocalWorkspace

ROOT = Path(__file__).parents[1]
QUICKSTART = ROOT / "examples" / "quickstart"
POSIX = {
    "os": ("fork", "forkpty", "getpgid", "getuid", "killpg", "setsid", "wait3"),
    "signal": ("SIGALRM", "SIGCHLD", "SIGHUP", "SIGKILL", "SIGQUIT"),
}
MODULES = ("fcntl", "grp", "pwd", "resource", "termios")
ELSEWHERE = f"""\
import asyncio, importlib, os, pkgutil, signal, sys
from pathlib import Path

for module, names in {POSIX!r}.items():
    for name in names:
        vars(sys.modules[module]).pop(name, None)
sys.modules.update(dict.fromkeys({MODULES!r}))
import auth0_api_policies, pulumi_auth0_apis

for package in (pulumi_auth0_apis, auth0_api_policies):
    for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if not found.name.endswith("__main__") and ".templates" not in found.name:
            importlib.import_module(found.name)
print("imported")
"""


def test_all_of_it_is_imported_without_posix() -> None:
    """No module needs more than Windows has before it starts a program."""
    run = subprocess.run([sys.executable, "-c", ELSEWHERE], capture_output=True, text=True, check=False)
    assert run.stdout.split() == ["imported"], run.stderr


@pytest.fixture
def _windows(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("fork", "killpg", "setsid"):
        monkeypatch.delattr(os, name)


@pytest.mark.usefixtures("_windows")
@pytest.mark.parametrize("command", ["preview", "up", "refresh", "destroy"])
def test_the_local_engine_says_what_it_lacks(command: str) -> None:
    """Where there are no process groups, every operation says so, and what to use instead."""
    ended = CliRunner().invoke(app, [command, "--cwd", str(QUICKSTART), "--stack", "dev"])
    assert (ended.exit_code, ended.output) == (1, f"error: {_extras.engine_lacks()}\n")
    assert "POSIX" in ended.output and "`pulumi` CLI" in ended.output


@pytest.mark.usefixtures("_windows")
def test_an_import_cannot_be_proven_by_it() -> None:
    """An import that the local engine would prove says why it is not proven."""
    assert LocalWorkspace(QUICKSTART, "dev").preview().failure == _extras.engine_lacks()


@pytest.mark.usefixtures("_windows")
def test_what_starts_no_program_works(tmp_path: Path) -> None:
    """A repository, stacks and settings are files."""
    assert CliRunner().invoke(app, ["new", str(tmp_path / "apis")]).exit_code == 0
    place = ["--cwd", str(tmp_path / "apis"), "--stack", "dev"]
    assert CliRunner().invoke(app, ["config", "set", "a", "b", *place]).exit_code == 0
    assert CliRunner().invoke(app, ["stack", "ls", "--cwd", str(tmp_path / "apis")]).exit_code == 0


def test_the_workflow_has_runners_of_what_is_promised() -> None:
    """Each platform of the README's table has a runner, and Windows one for the tests of what it has."""
    jobs = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text())["jobs"]
    matrix = jobs["run"]["strategy"]["matrix"]
    runners = {jobs["windows"]["runs-on"], *matrix["os"], *(each["os"] for each in matrix["include"])}
    readme = (ROOT / "README.md").read_text()
    told = re.findall(r"^\| (Linux|macOS|Windows) \|", readme, re.MULTILINE)
    assert sorted(runners) == ["macos-latest", "ubuntu-latest", "windows-latest"]
    assert told == ["Linux", "macOS", "Windows"]
