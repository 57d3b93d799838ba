"""The workflows of the example, their shell steps run on a repository made here."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "pull_request"
WORKFLOWS = ["preview-on-sandbox", "preview-with-pulumi", "comment"]
RECORDED = ROOT / "tests" / "report" / "logs" / "stopped.jsonl"
CHANGES = {
    "token_lifetime=3600": "token_lifetime=2_592_000",
    'signing_alg="RS256"': 'signing_alg="HS256"',
    "scopes=[read_orders.scope],": "allow_all_scopes=True,",
    '{"value": "read:reports", "description": "Read reports"},': "",
}
"""A longer lifetime, another algorithm, a blanket grant, and a permission dropped that is in use."""


def workflow(name: str) -> dict[str, Any]:
    """Return a workflow; YAML 1.1 reads its key `on` as true."""
    loaded: dict[str, Any] = yaml.safe_load((EXAMPLE / f"{name}.yml").read_text())
    return loaded


def job(name: str) -> dict[str, Any]:
    """Return a workflow's only job."""
    (only,) = workflow(name)["jobs"].values()
    found: dict[str, Any] = only
    return found


def steps(name: str) -> list[dict[str, Any]]:
    """Return the steps of a workflow's only job."""
    found: list[dict[str, Any]] = job(name)["steps"]
    return found


class Runner:
    """Runs shell steps as GitHub does: `bash -eo pipefail`, in the workspace."""

    def __init__(self, workspace: Path) -> None:
        self.workspace = workspace
        self.tools = workspace.parent / "bin"
        self.tools.mkdir()
        path = os.pathsep.join([str(self.tools), str(Path(sys.executable).parent), os.environ["PATH"]])
        self.environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith(("PULUMI_", "AUTH0_"))},
            "PATH": path,
            "GITHUB_STEP_SUMMARY": str(workspace.parent / "summary.md"),
            "PULUMI_BACKEND_URL": f"file://{workspace}/state",
            "PULUMI_CONFIG_PASSPHRASE": "sandbox",
        }

    def tool(self, name: str, python: str) -> None:
        """Put a program in front of the real one."""
        path = self.tools / name
        path.write_text(f"#!{sys.executable}\n{python}")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    def run(self, workflow_name: str, step_name: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run one step by its name."""
        (script,) = [step["run"] for step in steps(workflow_name) if step.get("name") == step_name]
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=self.workspace,
            env={**job(workflow_name).get("env", {}), **self.environment, **environment},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """A runner with an empty workspace."""
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    return Runner(workspace)


def commit(workspace: Path, message: str) -> None:
    """Commit everything in the workspace."""
    identity = ["-c", "user.name=test", "-c", "user.email=test@example.com"]
    subprocess.run(["git", "add", "--all"], cwd=workspace, check=True)
    subprocess.run(["git", *identity, "commit", "--quiet", "-m", message], cwd=workspace, check=True)


def make_pull_request(workspace: Path) -> None:
    """Make a repository whose last commit is the pull request and the one before it the base branch."""
    subprocess.run(["git", "init", "--quiet"], cwd=workspace, check=True)
    shutil.copytree(ROOT / "examples" / "quickstart", workspace, dirs_exist_ok=True)
    (workspace / "Pulumi.dev.yaml").rename(workspace / "Pulumi.sandbox.yaml")
    shutil.copytree(ROOT / "examples" / "own_policy_pack", workspace / "policies")
    shutil.copytree(ROOT / "policies" / "config", workspace / "policies" / "config")
    commit(workspace, "base")
    program = (workspace / "__main__.py").read_text()
    for old, new in CHANGES.items():
        assert old in program
        program = program.replace(old, new, 1)
    (workspace / "__main__.py").write_text(program)
    commit(workspace, "pull request")


def test_a_pull_request_is_reported_without_any_credential(runner: Runner) -> None:
    """Every change is named, against the base branch, and the check is red."""
    make_pull_request(runner.workspace)
    preview = runner.run("preview-on-sandbox", "Preview")
    assert preview.returncode == 0, preview.stdout + preview.stderr
    report = runner.run("preview-on-sandbox", "Report")
    assert report.returncode == 1
    text = (runner.workspace / "report.md").read_text()
    for part in (
        "<!-- auth0-apis report sandbox -->\n## ❌ Auth0 APIs of sandbox: stopped by",
        "`3600 s (1 h)` | `2592000 s (30 d)`",
        "`RS256` | `HS256`",
        "**every permission, future ones included**",
        "| `reportsServiceSandbox00000000002` | Reports API |  | `read:reports` |",
        "`access-token-lifetime`",
        "`signing-algorithm`",
        "`no-blanket-grants`",
        "`grant-scopes-declared`",
        "Previewed by auth0-apis.",
    ):
        assert part in text
    assert Path(runner.environment["GITHUB_STEP_SUMMARY"]).read_text() == text


def test_the_cli_is_asked_for_an_event_log(runner: Runner) -> None:
    """The variant for Pulumi's CLI reports what its event log says; here a recorded one."""
    runner.tool(
        "pulumi",
        "import shutil, sys\n"
        "assert '--policy-pack-config' in sys.argv and 'policies/config/prod.json' in sys.argv\n"
        f"shutil.copy({str(RECORDED)!r}, sys.argv[sys.argv.index('--event-log') + 1])\n"
        "sys.exit(255)\n",
    )
    assert runner.run("preview-with-pulumi", "Preview").returncode == 0
    assert runner.run("preview-with-pulumi", "Report").returncode == 1
    assert "Previewed by pulumi." in (runner.workspace / "report.md").read_text()


def test_a_preview_that_cannot_start_is_red_and_reported(runner: Runner) -> None:
    """The comment of an earlier push must not stay green."""
    runner.tool("pulumi", "import sys\nsys.exit('error: no stack named prod found')\n")
    assert runner.run("preview-with-pulumi", "Preview").returncode == 0
    assert runner.run("preview-with-pulumi", "Report").returncode == 1
    text = (runner.workspace / "report.md").read_text()
    assert text.startswith(
        "<!-- auth0-apis report prod -->\n## ❌ Auth0 APIs of prod: the preview did not end"
    )


GH = """
import json, pathlib, sys
here = pathlib.Path(__file__).parent
arguments = sys.argv[1:]
with (here / "calls").open("a") as calls:
    calls.write(json.dumps(arguments) + "\\n")
if arguments[:2] == ["run", "download"]:
    pathlib.Path("report.md").write_text("<!-- auth0-apis report shop/dev -->\\nnew")
elif any(argument.endswith("/pulls") for argument in arguments):
    print((here / "number").read_text())
elif "--paginate" in arguments:
    print((here / "comments").read_text())
"""


@pytest.mark.parametrize(
    ("comments", "call"),
    [
        (
            "",
            [
                "api",
                "--silent",
                "--method",
                "POST",
                "repos/acme/shop/issues/7/comments",
                "-F",
                "body=@report.md",
            ],
        ),
        (
            "11\n12",
            [
                "api",
                "--silent",
                "--method",
                "PATCH",
                "repos/acme/shop/issues/comments/11",
                "-F",
                "body=@report.md",
            ],
        ),
    ],
)
def test_one_comment_is_posted_then_updated(runner: Runner, comments: str, call: list[str]) -> None:
    """The first report is a new comment, every later one takes its place."""
    runner.tool("gh", GH)
    (runner.tools / "number").write_text("7")
    (runner.tools / "comments").write_text(comments)
    done = runner.run("comment", "Comment", GH_REPO="acme/shop", RUN="1", HEAD="fork:branch")
    assert done.returncode == 0, done.stderr
    calls = [json.loads(line) for line in (runner.tools / "calls").read_text().splitlines()]
    assert calls[0] == ["run", "download", "1", "--name", "report"]
    assert "head=fork:branch" in calls[1]
    assert calls[-1] == call


def test_a_closed_pull_request_gets_no_comment(runner: Runner) -> None:
    """The preview may end after the pull request was closed."""
    runner.tool("gh", GH)
    (runner.tools / "number").write_text("")
    assert runner.run("comment", "Comment", GH_REPO="acme/shop", RUN="1", HEAD="a:b").returncode == 0
    assert len((runner.tools / "calls").read_text().splitlines()) == 2


@pytest.mark.parametrize("name", WORKFLOWS)
def test_actions_are_pinned_and_permissions_least(name: str) -> None:
    """Every action is pinned to a commit; code of a pull request runs with a token that can only read."""
    uses = re.findall(r"uses: (\S+)(.*)", (EXAMPLE / f"{name}.yml").read_text())
    assert all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", action) for action, _ in uses)
    assert all(re.fullmatch(r" # v\d+\.\d+\.\d+", version) for _, version in uses)
    assert workflow(name)["permissions"] == ({} if name == "comment" else {"contents": "read"})
    assert "pull_request_target" not in (EXAMPLE / f"{name}.yml").read_text()


def test_expressions_stay_out_of_the_shell() -> None:
    """What a pull request can choose, its branch's name say, reaches a script by the environment alone."""
    scripts = [step["run"] for name in WORKFLOWS for step in steps(name) if "run" in step]
    assert not any("${{" in script for script in scripts)
