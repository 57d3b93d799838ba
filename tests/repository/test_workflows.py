"""The workflows that `auth0-apis new` writes, their shell steps run as a runner would."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from pulumi_auth0_apis.cli import app

IDENTITY = ["-c", "user.name=test", "-c", "user.email=test@example.com"]


@pytest.fixture(params=["github", "gitlab"])
def ci(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Whose workflows there are in tmp_path / "apis"."""
    name: str = request.param
    assert CliRunner().invoke(app, ["new", str(tmp_path / "apis"), "--ci", name]).exit_code == 0
    return name


def loaded(file: Path) -> dict[str, Any]:
    """A workflow."""
    content: dict[str, Any] = yaml.safe_load(file.read_text())
    return content


def git(folder: Path, *arguments: str) -> str:
    """What a command of git says."""
    command = ["git", *IDENTITY, *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def ran(script: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A script, run as runners do, with a `pulumi` that prints its arguments, and no settings of ours."""
    tools = folder.parent / "bin"
    tools.mkdir(exist_ok=True)
    (tools / "pulumi").write_text('#!/bin/sh\necho "$@"\n')
    (tools / "pulumi").chmod(0o755)
    foreign = {key: text for key, text in os.environ.items() if not key.startswith(("PULUMI_", "AUTH0_"))}
    path = os.pathsep.join([str(tools), str(Path(sys.executable).parent), os.environ["PATH"]])
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder,
        env={**foreign, "PATH": path, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def deployment(ci: str, folder: Path) -> tuple[list[str], str]:
    """The stacks in the order of their jobs, and what a job of theirs runs."""
    if ci == "gitlab":
        workflow = loaded(folder / ".gitlab-ci.yml")
        return workflow["stages"][1:], workflow[".deploy"]["script"][0]
    jobs = loaded(folder / ".github" / "workflows" / "deploy.yml")["jobs"]
    assert [job.get("needs") for job in jobs.values()] == [None, "dev", "staging"]
    assert all(job["with"]["stack"] == name for name, job in jobs.items())
    (job,) = loaded(folder / ".github" / "workflows" / "deploy-stack.yml")["jobs"].values()
    return list(jobs), next(step["run"] for step in job["steps"] if step.get("name") == "Deploy")


def test_deployment(ci: str, tmp_path: Path) -> None:
    """One stack after the other is updated under its own rules."""
    stacks, script = deployment(ci, tmp_path / "apis")
    assert stacks == ["dev", "staging", "prod"]
    said = ran(script, tmp_path / "apis", STACK="prod", CI_JOB_STAGE="prod").stdout.split()
    assert said[:3] == ["up", "--stack", "prod"]
    assert said[-2:] == ["--policy-pack-config", "policies/config/prod.json"]


def test_prod_waits_for_somebody(ci: str, tmp_path: Path) -> None:
    """Production is updated when somebody has said so: GitHub asks the environment, GitLab has a button."""
    folder = tmp_path / "apis"
    if ci == "gitlab":
        jobs = loaded(folder / ".gitlab-ci.yml")
        assert "rules" not in jobs["dev"]
        assert [rule["when"] for rule in jobs["prod"]["rules"]] == ["manual"]
        return
    (job,) = loaded(folder / ".github" / "workflows" / "deploy-stack.yml")["jobs"].values()
    assert job["environment"] == "${{ inputs.stack }}"


def test_a_merge_request_is_previewed_on_gitlab(tmp_path: Path) -> None:
    """The preview of a merge request, without any secret, tells what it changes and which rules it breaks."""
    folder = tmp_path / "apis"
    assert CliRunner().invoke(app, ["new", str(folder), "--ci", "gitlab"]).exit_code == 0
    git(tmp_path, "init", "--quiet", str(folder))
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "-m", "base")
    program = folder / "__main__.py"
    program.write_text(program.read_text().replace("enforce_policies=True", "enforce_policies=False"))
    job = loaded(folder / ".gitlab-ci.yml")["preview"]
    variables = {key: text.replace("$CI_PROJECT_DIR", str(folder)) for key, text in job["variables"].items()}
    base = git(folder, "rev-parse", "HEAD")
    run = ran(job["script"][0], folder, CI_MERGE_REQUEST_DIFF_BASE_SHA=base, **variables)
    assert run.returncode == 1, run.stdout + run.stderr
    assert "rbac-enabled" in (folder / "report.md").read_text()
    assert "<failure" in (folder / "rules.xml").read_text()
