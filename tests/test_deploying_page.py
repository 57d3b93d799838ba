"""docs/deploying.md: its scripts are run in a new repository, on the CLI where they need it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pulumi_auth0_apis.cli import app
from pulumi_auth0_apis.engine.model.problems import UnsupportedError
from pulumi_auth0_apis.engine.store.backend import folder_of
from pulumi_auth0_apis.testing.tenant import TenantUnderTest

PAGE = (Path(__file__).parents[1] / "docs" / "deploying.md").read_text()
SCRIPTS = dict(re.findall(r"```sh ([^\n]+)\n(.*?)```", PAGE, re.DOTALL))
BACKENDS = re.findall(r"^\| .+ \| `(\w+)://\S*` \|", PAGE, re.MULTILINE)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "apis"
    assert CliRunner().invoke(app, ["new", str(folder)]).exit_code == 0
    return folder


def ran(name: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A script of the page, run as a CI server would, with no settings of ours."""
    foreign = {key: text for key, text in os.environ.items() if not key.startswith(("PULUMI_", "AUTH0_"))}
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", SCRIPTS[name]],
        cwd=folder,
        env={**foreign, "PATH": path, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )


def test_a_pull_request(repository: Path) -> None:
    """The script for pull requests passes in a new repository, and fails where a mandatory rule is broken."""
    passed = ran("pull request", repository)
    assert passed.returncode == 0, passed.stdout + passed.stderr
    assert (repository / "report.md").read_text()
    program = repository / "__main__.py"
    program.write_text(program.read_text().replace("enforce_policies=True", "enforce_policies=False"))
    (repository / "tests" / "test_apis.py").unlink()
    (repository / "tests" / "test_nothing.py").write_text("def test_nothing(): pass\n")
    broken = ran("pull request", repository)
    assert broken.returncode != 0
    assert "rbac-enabled" in broken.stdout + broken.stderr


def test_a_stack_is_deployed(repository: Path, tmp_path: Path, auth0_tenant: TenantUnderTest) -> None:
    """On the CLI a stack is made and previewed without credentials, and deployed with them."""
    if shutil.which("pulumi") is None:
        pytest.skip("there is no `pulumi` command on PATH")
    shutil.copy(repository / "Pulumi.sandbox.yaml", repository / "Pulumi.dev.yaml")
    settings = {
        "STACK": "dev",
        "PULUMI_BACKEND_URL": tmp_path.as_uri(),
        "PULUMI_CONFIG_PASSPHRASE": "a passphrase",
        "PULUMI_HOME": str(tmp_path / "home"),
        "PULUMI_SKIP_UPDATE_CHECK": "true",
    }
    first = ran("first", repository, DOMAIN=auth0_tenant.domain, **settings)
    assert first.returncode == 0, first.stdout + first.stderr
    assert auth0_tenant.calls.total() == 0
    deployed = ran("deploy", repository, **settings, **auth0_tenant.environment)
    assert deployed.returncode == 0, deployed.stdout + deployed.stderr
    assert auth0_tenant.apis


def test_the_workflows_that_are_named(repository: Path) -> None:
    """The page names the workflows of a new repository, all of them but the one that `deploy.yml` calls."""
    written = {file.name for file in (repository / ".github" / "workflows").iterdir()}
    assert set(re.findall(r"`(\w+\.yml)`", PAGE)) == written - {"deploy-stack.yml"}


def test_backends() -> None:
    """The local engine takes a folder, and refuses every other backend of the page by its name."""
    assert BACKENDS[0] == "file"
    assert len(BACKENDS) == 5
    folder_of("file:///srv/pulumi", Path())
    for scheme in BACKENDS[1:]:
        with pytest.raises(UnsupportedError, match=f"{scheme}://"):
            folder_of(f"{scheme}://somewhere", Path())


def test_backends_of_the_cli() -> None:
    """The CLI names every backend of the page."""
    if shutil.which("pulumi") is None:
        pytest.skip("there is no `pulumi` command on PATH")
    told = subprocess.run(["pulumi", "login", "--help"], capture_output=True, text=True, check=True).stdout
    assert [scheme for scheme in BACKENDS if f"{scheme}://" not in told] == []
