"""docs/upgrading.md: its commands are run in a new repository, and what it says of versions is held here."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pulumi_auth0_apis.cli import app
from pulumi_auth0_apis.testing.tenant import TenantUnderTest

from .pages import DOCS, blocks, ran

TEXT = (DOCS / "upgrading.md").read_text()
ROOT = DOCS.parent


@pytest.mark.parametrize("engine", ["auth0-apis", "pulumi"])
def test_an_upgrade_that_changes_nothing(engine: str, tmp_path: Path, auth0_tenant: TenantUnderTest) -> None:
    """The commands pass on a stack that is up; and the last of them fails where the preview has a change."""
    if shutil.which(engine) is None and engine == "pulumi":
        pytest.skip("there is no `pulumi` command on PATH")
    folder = tmp_path / "apis"
    assert CliRunner().invoke(app, ["new", str(folder)]).exit_code == 0
    shutil.copy(folder / "Pulumi.sandbox.yaml", folder / "Pulumi.dev.yaml")
    *_, preview = blocks("upgrading.md", "sh")[""].splitlines()
    settings = {
        "PULUMI_BACKEND_URL": tmp_path.as_uri(),
        "PULUMI_CONFIG_PASSPHRASE": "a passphrase",
        "PULUMI_HOME": str(tmp_path / "home"),
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        **auth0_tenant.environment,
    }
    select = "pulumi stack select dev --create\n" if engine == "pulumi" else ""
    up = ran(f"{select}{engine} up --yes --stack dev", folder, **settings)
    assert up.returncode == 0, up.stdout + up.stderr
    command = f"{preview.replace('pulumi', engine)} --stack dev"
    same = ran(command, folder, **settings)
    assert same.returncode == 0, same.stdout + same.stderr
    program = folder / "__main__.py"
    program.write_text(program.read_text().replace("Orders API", "Orders"))
    changed = ran(command, folder, **settings)
    assert changed.returncode != 0 and "no changes were expected" in changed.stdout + changed.stderr


def test_the_versions_that_are_named() -> None:
    """The oldest versions are those that the package declares, and the refusal's words are its own."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    (pulumi,) = (each for each in project["dependencies"] if each.startswith("pulumi>="))
    oldest = re.findall(r"from ([\d.]+\d) on", TEXT)
    assert [f"pulumi>={oldest[0]},<4", f">={oldest[1]}"] == [pulumi, project["requires-python"]]
    assert "a newer version made it" in (ROOT / "provider/pulumi_auth0_apis/_provider.py").read_text()
    assert "a newer version made it" in TEXT
