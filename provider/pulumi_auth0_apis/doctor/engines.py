"""The `pulumi` command and what it needs beside it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator

from pulumi_auth0_apis.doctor.result import Diagnosis, ok, problem, warning
from pulumi_auth0_apis.doctor.surroundings import Surroundings
from pulumi_auth0_apis.engine import EngineError
from pulumi_auth0_apis.engine.project.project import PYTHON

INSTALL = "https://www.pulumi.com/docs/install/"
HOST = "pulumi-language-"
"""Of a language: it runs programs. All come with the CLI's own archive."""
RUNS_DYNAMIC_RESOURCES = "pulumi-resource-pulumi-python"
SECONDS = 20


def check_engines(surroundings: Surroundings) -> Iterator[Diagnosis]:
    """Whether `pulumi` is there and runs, and has its companions."""
    path = surroundings.environment.get("PATH")
    command = shutil.which("pulumi", path=path)
    if command is None:
        yield warning(
            "engine",
            "There is no `pulumi` on PATH.",
            f"Install the CLI to deploy to a real tenant: {INSTALL}. The local engine of `auth0-apis "
            "preview` and `up` serves tenants on loopback only.",
        )
        return
    yield _runs(command)
    needed = _companions(surroundings)
    missing = [name for name in needed if shutil.which(name, path=path) is None]
    if missing:
        yield problem(
            "plugins",
            f"{command} has no {' and no '.join(missing)} beside it.",
            f"Install the whole archive of the CLI, not its main binary alone: {INSTALL}",
        )
    else:
        yield ok("plugins", f"found {' and '.join(needed)}")


def _companions(surroundings: Surroundings) -> tuple[str, str]:
    """What runs a program: the host of its language, and what runs its resources.

    In another language than Python these are the provider plugin's, which is a Python program itself.
    """
    project = surroundings.project
    if isinstance(project, EngineError) or project.language == PYTHON:
        return f"{HOST}{PYTHON}", RUNS_DYNAMIC_RESOURCES
    return f"{HOST}{project.language}", f"{HOST}{PYTHON}"


def _runs(command: str) -> Diagnosis:
    try:
        done = subprocess.run(  # noqa: S603 - the command that PATH names
            [command, "version"], capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return problem("engine", f"{command} does not run: {error}", f"Install it again: {INSTALL}")
    if done.returncode:
        return problem(
            "engine", f"{command} does not run: {done.stderr.strip()}", f"Install it again: {INSTALL}"
        )
    return ok(
        "engine", f"pulumi {done.stdout.strip()} at {command}; the local engine serves loopback tenants"
    )
