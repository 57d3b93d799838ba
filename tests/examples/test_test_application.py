"""The example that makes an application to try an API with."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pulumi_auth0_apis.cli import app
from pulumi_auth0_apis.testing.plugin import MakeProgram
from pulumi_auth0_apis.testing.tenant import TenantUnderTest

EXAMPLE = Path(__file__).parents[2] / "examples" / "test_application"
AUDIENCE = "https://appointments.example.com"


def test_its_application_gets_a_token(
    auth0_tenant: TenantUnderTest,
    pulumi_program: MakeProgram,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """Up makes it, `auth0-apis token` finds every promise kept, and it is renamed and removed."""
    project = shutil.copytree(EXAMPLE, tmp_path / "example")
    program = pulumi_program(project)
    client_id = program.up().outputs["test_client_id"]
    for name, value in auth0_tenant.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["token", AUDIENCE, "--json"])
    assert result.exit_code == 0, result.output
    token = json.loads(result.stdout)
    assert (token["client_id"], token["claims"]["scope"]) == (client_id, "read:appointments")
    clients = auth0_tenant.sandbox.tenant.clients
    assert clients.get(client_id)["name"] == "Appointments API (Test Application)"
    main = project / "__main__.py"
    main.write_text(main.read_text().replace("Appointments API", "Visits API"))
    assert program.up().changes == dict.fromkeys(
        ("ResourceServer appointments", "Application appointments"), "update"
    )
    assert clients.get(client_id)["name"] == "Visits API (Test Application)"
    program.destroy()
    assert clients.find(client_id) is None
