"""The nightly workflow: what its step makes of the command's exit code."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
import yaml

WORKFLOW = Path(__file__).parents[2] / "examples" / "nightly_drift" / "drift.yml"


@pytest.mark.parametrize(("code", "fails"), [(0, False), (2, False), (1, True), (127, True)])
def test_only_a_comparison_lets_the_job_pass(tmp_path: Path, code: int, fails: bool) -> None:
    """No drift and drift go on, with the report in the summary; anything else fails the job."""
    steps = yaml.safe_load(WORKFLOW.read_text())["jobs"]["drift"]["steps"]
    compare = next(step for step in steps if step.get("id") == "compare")
    command = tmp_path / "auth0-apis"
    command.write_text(f"#!/bin/sh\necho '## Drift'\nexit {code}\n")
    command.chmod(0o755)
    environment = {
        "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
        "STACK": "prod",
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
    }
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", compare["run"]],
        cwd=tmp_path,
        env=environment,
        check=False,
    )
    assert bool(done.returncode) is fails
    assert (tmp_path / "output").read_text() == f"code={code}\n"
    assert (tmp_path / "summary").read_text() == "## Drift\n"
