"""docs/monorepo.md: its projects are deployed in its order, and previewed where a change touches them."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pulumi_auth0_apis.cli import app
from pulumi_auth0_apis.emulator import BILLING_CLIENT_ID
from pulumi_auth0_apis.testing.tenant import TenantUnderTest

from .pages import DOCS, blocks, ran

PAGE = "monorepo.md"
ORDERS = "https://orders.example.com"
SCRIPTS = blocks(PAGE, "sh")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """The folders of the page: its programs, and the pack that `auth0-apis new` writes; its rules advise."""
    assert CliRunner().invoke(app, ["new", str(tmp_path / "new")]).exit_code == 0
    folder = tmp_path / "repository"
    for path, source in blocks(PAGE, "python").items():
        file = folder / path
        file.parent.mkdir(parents=True)
        file.write_text(source)
        (file.parent / "Pulumi.yaml").write_text(f"name: {file.parent.name}\nruntime: python\n")
        client = f"  billing:clientId: {BILLING_CLIENT_ID}\n"
        (file.parent / "Pulumi.dev.yaml").write_text(f"config:\n{client}")
    (tmp_path / "new" / "policies").rename(folder / "policies")
    program = folder / "platform" / "__main__.py"
    program.write_text(program.read_text().replace('.com")', '.com", enforce_policies=True)'))
    return folder


def environment(tmp_path: Path, tenant: TenantUnderTest) -> dict[str, str]:
    return {"PULUMI_BACKEND_URL": tmp_path.as_uri(), "PULUMI_CONFIG_PASSPHRASE": "", **tenant.environment}


def test_projects_are_deployed_in_order(
    repository: Path, tmp_path: Path, auth0_tenant: TenantUnderTest
) -> None:
    """A grant on the other project's API; a change of one project previews that alone, of the rules both."""
    settings = environment(tmp_path, auth0_tenant)
    deployed = ran(SCRIPTS["deploy"], repository, **settings)
    assert deployed.returncode == 0, deployed.stdout + deployed.stderr
    assert (BILLING_CLIENT_ID, ORDERS) in auth0_tenant.grants
    git(repository, "init", "--quiet")
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "-m", "base")
    for path, previewed in {
        "billing/__main__.py": {"billing"},
        "policies/README": {"platform", "billing"},
    }.items():
        base = git(repository, "rev-parse", "HEAD")
        with (repository / path).open("a") as file:
            file.write("# a change\n")
        git(repository, "add", "--all")
        git(repository, "commit", "--quiet", "-m", path)
        run = ran(SCRIPTS["changed"], repository, BASE=base, **settings)
        assert run.returncode == 0, run.stdout + run.stderr
        assert {file.stem for file in repository.glob("*.jsonl")} == previewed


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=test", "-c", "user.email=test@example.com"]
    command = ["git", *identity, *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def test_the_folders_are_those_of_the_programs() -> None:
    """The tree of the page has a folder for each program, in the order of the script."""
    tree = re.findall(r"^(\w+)/ +Pulumi\.yaml", (DOCS / PAGE).read_text(), re.MULTILINE)
    assert [Path(path).parent.name for path in blocks(PAGE, "python")] == tree
    assert f"for project in {' '.join(tree)}; do" in SCRIPTS["deploy"]
