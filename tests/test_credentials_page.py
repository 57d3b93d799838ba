"""docs/credentials.md: its commands are run, and what it says of rotation is played."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from joserfc.jwk import RSAKey

from pulumi_auth0_apis.emulator import Sandbox
from pulumi_auth0_apis.engine import Engine
from pulumi_auth0_apis.engine.local_engine import Result
from pulumi_auth0_apis.engine.model.problems import UnsupportedError
from pulumi_auth0_apis.management.settings import KEYS
from pulumi_auth0_apis.testing.tenant import TenantUnderTest

PAGE = (Path(__file__).parents[1] / "docs" / "credentials.md").read_text()
PROGRAM = """
from pulumi_auth0_apis import ResourceServer
ResourceServer("orders", identifier="https://orders.example.com")
"""

Run = Callable[..., Result]


@pytest.fixture
def sandbox(auth0_tenant: TenantUnderTest) -> Sandbox:
    return auth0_tenant.sandbox


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "Pulumi.yaml").write_text("name: shop\nruntime: python\n")
    (tmp_path / "__main__.py").write_text(PROGRAM)
    return tmp_path


def without_settings() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if not key.startswith(("AUTH0_", "PULUMI_"))}


@pytest.mark.skipif(shutil.which("openssl") is None, reason="there is no `openssl` command on PATH")
def test_from_a_key_to_the_first_update(folder: Path) -> None:
    """The commands of the page, as they stand there, bring a program up by a private key."""
    for name, source in re.findall(r"```python (\S+)\n(.*?)```", PAGE, re.DOTALL):
        (folder / name).write_text(source)
    script = "\n".join(re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL))
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    run = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", f"trap 'kill $sandbox' ERR\n{script}"],
        cwd=folder,
        env={**without_settings(), "PATH": path, "PULUMI_BACKEND_URL": folder.as_uri()},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert re.search(r"orders +auth0:ResourceServer +created\n", run.stdout)
    assert (folder / "key.pem").stat().st_mode & 0o077 == 0


@pytest.fixture
def run(sandbox: Sandbox, folder: Path) -> Run:
    """Runs an operation with these credentials in the environment."""

    def run(operation: str, **credentials: str) -> Result:
        environment = dict.fromkeys(filter(None, KEYS.values()), "") | {"AUTH0_DOMAIN": sandbox.domain}
        engine = Engine(
            folder, "dev", backend_url=folder.as_uri(), environment={**environment, **credentials}
        )
        result: Result = getattr(engine, operation)()
        return result

    return run


def by_key(sandbox: Sandbox, key: RSAKey) -> dict[str, str]:
    return {
        "AUTH0_CLIENT_ID": sandbox.client_id,
        "AUTH0_CLIENT_ASSERTION_PRIVATE_KEY": key.as_pem(private=True).decode(),
    }


def enable(sandbox: Sandbox, *credentials: dict[str, Any]) -> None:
    methods = {"private_key_jwt": {"credentials": [{"id": each["id"]} for each in credentials]}}
    sandbox.tenant.clients.update(sandbox.client_id, {"client_authentication_methods": methods})


def test_a_key_is_rotated(sandbox: Sandbox, run: Run) -> None:
    """With two credentials both keys are good; once the old one is deleted, the new one alone is."""
    old, new = (RSAKey.generate_key(2048, private=True) for _ in range(2))
    first, second = (
        sandbox.tenant.credentials.create(
            sandbox.client_id, {"credential_type": "public_key", "pem": key.as_pem(private=False).decode()}
        )
        for key in (old, new)
    )
    enable(sandbox, first, second)
    assert run("up", **by_key(sandbox, old)).exit_code == 0
    assert run("refresh", **by_key(sandbox, new)).exit_code == 0
    enable(sandbox, second)
    sandbox.tenant.credentials.delete(sandbox.client_id, first["id"])
    assert run("refresh", **by_key(sandbox, old)).exit_code != 0
    assert run("refresh", **by_key(sandbox, new)).exit_code == 0


def test_a_token_comes_first(sandbox: Sandbox, run: Run) -> None:
    """A token is enough, and it is taken before a client's secret."""
    assert run("up", AUTH0_API_TOKEN=sandbox.api_token).exit_code == 0
    wrong = {"AUTH0_CLIENT_ID": sandbox.client_id, "AUTH0_CLIENT_SECRET": "wrong"}
    assert run("refresh", **wrong).exit_code != 0
    assert run("refresh", **wrong, AUTH0_API_TOKEN=sandbox.api_token).exit_code == 0


def test_a_secret_in_the_configuration(sandbox: Sandbox, run: Run, folder: Path) -> None:
    """A refresh uses the secret that the last up recorded, an up that of the file; a variable goes before."""
    settings = folder / "Pulumi.dev.yaml"
    config = {"auth0:clientId": sandbox.client_id, "auth0:clientSecret": sandbox.client_secret}
    settings.write_text(yaml.safe_dump({"config": config}))
    assert run("up").exit_code == 0
    settings.write_text(yaml.safe_dump({"config": {**config, "auth0:clientSecret": "rotated"}}))
    assert run("refresh").exit_code == 0
    assert run("refresh", AUTH0_CLIENT_SECRET="wrong").exit_code != 0
    with (folder / "__main__.py").open("a") as program:
        program.write('ResourceServer("shop", identifier="https://shop.example.com")')
    assert run("up").exit_code != 0
    assert run("up", AUTH0_CLIENT_SECRET=sandbox.client_secret).exit_code == 0


def test_what_esc_sets() -> None:
    """The environment of Pulumi ESC sets variables that the provider reads."""
    (environment,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    variables = yaml.safe_load(environment)["values"]["environmentVariables"]
    assert set(variables) <= set(KEYS.values())
    assert set(re.findall(r"AUTH0_[A-Z_]+", PAGE)) <= set(KEYS.values())


def test_a_stack_file_with_an_environment(folder: Path, run: Run) -> None:
    """The local engine refuses a stack whose file names an environment of Pulumi ESC."""
    (folder / "Pulumi.dev.yaml").write_text("environment:\n  - my-project/auth0-prod\n")
    with pytest.raises(UnsupportedError, match="Pulumi ESC environment"):
        run("preview")
