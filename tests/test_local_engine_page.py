"""docs/local_engine.md: its fakes play a program, and its commands are there."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pulumi_auth0_apis.cli import app
from pulumi_auth0_apis.emulator import Sandbox
from pulumi_auth0_apis.engine import Engine

PAGE = (Path(__file__).parents[1] / "docs" / "local_engine.md").read_text()
SOURCES = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
OTHER = Path(__file__).parents[1] / "tests/engine/programs/other.py"
PROGRAM = """
import pulumi
from other import Bucket, RandomPassword, region
pulumi.export("length", RandomPassword("p", length=3).result.apply(len))
pulumi.export("arn", Bucket("b").arn)
pulumi.export("region", region()["name"])
"""


def test_the_fakes(tmp_path: Path) -> None:
    """The fakes of the page compute what it says, for two resources and a function."""
    source, _ = SOURCES
    names: dict[str, object] = {}
    exec(source, names)
    shutil.copy(OTHER, tmp_path)
    (tmp_path / "Pulumi.yaml").write_text("name: shop\nruntime: python\n")
    (tmp_path / "__main__.py").write_text(PROGRAM)
    environment = {"PULUMI_CONFIG_PASSPHRASE": "a passphrase"}
    fakes = names["FAKES"]
    assert isinstance(fakes, dict)
    engine = Engine(tmp_path, "dev", backend_url=tmp_path.as_uri(), environment=environment, fakes=fakes)
    result = engine.up()
    assert result.exit_code == 0
    assert result.outputs["arn"] == "arn:aws:s3:::orders"
    assert result.outputs["region"] == "eu-west-1"


def test_the_hook(tmp_path: Path) -> None:
    """The hook of the page runs after its API is made, and the state names it."""
    _, source = SOURCES
    (tmp_path / "Pulumi.yaml").write_text("name: shop\nruntime: python\n")
    (tmp_path / "__main__.py").write_text(source)
    with Sandbox() as tenant:
        environment = {**tenant.environment, "PULUMI_CONFIG_PASSPHRASE": "a passphrase"}
        engine = Engine(tmp_path, "dev", backend_url=tmp_path.as_uri(), environment=environment)
        result = engine.up()
    assert result.exit_code == 0
    assert any("orders has the id" in each["message"] for each in result.diagnostics)
    state = (tmp_path / ".pulumi/stacks/shop/dev.json").read_text()
    assert json.loads(state)["features"] == ["hooks"]


@pytest.mark.parametrize("command", re.findall(r"^\| `((?:stack|config) \w+)", PAGE, re.MULTILINE))
def test_a_command(command: str) -> None:
    """A command of the table is there."""
    assert CliRunner().invoke(app, [*command.split(), "--help"]).exit_code == 0
