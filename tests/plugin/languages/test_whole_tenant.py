"""`auth0-apis import --language`: a tenant becomes a program of the plugin, by Pulumi's own generator."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pulumi_auth0_apis.emulator import BILLING_CLIENT_ID, Sandbox
from pulumi_auth0_apis.importing.generated import LANGUAGES as IMPORTED

from .language import LANGUAGES
from .stack import write_plugin

ORDERS = "https://orders.example.com"
SECRET = "a secret that others gave"
PROGRAMS = {language: LANGUAGES[language.removesuffix("-sdk")] for language in IMPORTED}
COMMAND = "import sys; sys.argv[0] = 'auth0-apis'; from pulumi_auth0_apis.cli import main; main()"


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A tenant with an HS256 API, two permissions and a grant."""
    with Sandbox() as sandbox:
        scopes = [{"value": f"{verb}:orders", "description": verb} for verb in ("read", "write")]
        sandbox.tenant.resource_servers.create(
            {
                "identifier": ORDERS,
                "name": "Orders",
                "signing_alg": "HS256",
                "signing_secret": SECRET,
                "token_lifetime": 3600,
                "scopes": scopes,
            }
        )
        sandbox.tenant.client_grants.create(
            {"client_id": BILLING_CLIENT_ID, "audience": ORDERS, "scope": ["read:orders"]}
        )
        yield sandbox


def environment(folder: Path, sandbox: Sandbox) -> dict[str, str]:
    path = (str(folder / "bin"), str(Path(sys.executable).parent), os.environ["PATH"])
    return {
        **os.environ,
        **sandbox.environment,
        "PATH": os.pathsep.join(path),
        "PULUMI_BACKEND_URL": f"file://{folder}",
        "PULUMI_HOME": str(folder / "home"),
        "PULUMI_CONFIG_PASSPHRASE": "of a test",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
    }


@pytest.mark.parametrize("language", IMPORTED)
def test_a_tenant_becomes_a_program(language: str, sandbox: Sandbox, tmp_path: Path) -> None:
    """Every object is declared, without its secret. A preview of YAML, which needs no SDK, is empty."""
    if missing := PROGRAMS[language].missing():
        pytest.skip(f"{language} is not tested: there is no {missing} on PATH")
    runtime, file = IMPORTED[language]
    write_plugin(tmp_path / "bin")
    project = tmp_path / "Pulumi.yaml"
    project.write_text(f"name: shop\nruntime: {runtime}\n")

    def run(*command: str) -> str:
        ended = subprocess.run(
            command,
            cwd=tmp_path,
            env=environment(tmp_path, sandbox),
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert ended.returncode == 0, ended.stdout + ended.stderr
        return ended.stdout

    said = run(sys.executable, "-c", COMMAND, "import", ".", "--language", language)
    assert "Imported 1 API, 2 permissions, 1 grant." in said
    made = (tmp_path / file).read_text()
    assert [text for text in (ORDERS, "read:orders", BILLING_CLIENT_ID) if text not in made] == []
    assert SECRET not in made + said
    if language == "yaml":
        project.write_text(project.read_text() + made)
        run("pulumi", "preview", "--expect-no-changes", "--stack", "dev", "--non-interactive")
        (tmp_path / file).unlink()
        assert "Nothing new" in run(sys.executable, "-c", COMMAND, "import", ".", "--language", language)
