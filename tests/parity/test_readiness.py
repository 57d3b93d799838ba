"""What keeps a command from beginning, on both sides: no such stack, no passphrase, a wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pulumi_auth0_apis.cli import app
from pulumi_auth0_apis.engine.project.secrets import SecretsProvider

from ..engine.stacks import TestStack
from .sides import Local, Pulumi

COMMANDS = [["preview"], ["up", "--yes"], ["refresh", "--yes"], ["destroy", "--yes"]]


@pytest.fixture(autouse=True)
def no_passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may have one."""
    for name in ("PULUMI_CONFIG_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE_FILE"):
        monkeypatch.delenv(name, raising=False)


def auth0_apis(stack: TestStack, *arguments: str) -> Result:
    """Run our command on a stack, as the real one is run."""
    variables = {
        "PULUMI_CONFIG_PASSPHRASE": None,
        **stack.environment,
        "PULUMI_BACKEND_URL": f"file://{stack.folder}",
    }
    return CliRunner().invoke(app, [*arguments, "--cwd", str(stack.folder)], env=variables)


def files(folder: Path) -> dict[str, bytes]:
    """What the backend keeps."""
    return {str(file): file.read_bytes() for file in (folder / ".pulumi").rglob("*") if file.is_file()}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_stack_that_is_not_there(local: Local, pulumi: Pulumi, command: list[str]) -> None:
    """Exit code and first words are the same; we add what is near."""
    local.stack.configure("config: {}\n")
    code, said = pulumi.command(pulumi.stack, *command, "--stack", "deb")
    ours = auth0_apis(local.stack, *command, "--stack", "deb")
    assert ours.exit_code == code == 6
    assert "error: no stack named 'deb' found" in said
    assert ours.stderr.startswith("error: no stack named 'deb' found")
    assert "dev" in ours.stderr


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("passphrase", [None, "wrong"])
def test_a_salt_without_its_passphrase(
    local: Local, pulumi: Pulumi, passphrase: str | None, command: list[str]
) -> None:
    """Both refuse before they begin, with the same exit code, though no secret is met."""
    for side in (local, pulumi):
        side.stack.program('Thing("a")')
        side.stack.configure(f"encryptionsalt: {SecretsProvider.new('right').salt}\n")
        del side.stack.environment["PULUMI_CONFIG_PASSPHRASE"]
        if passphrase:
            side.stack.environment["PULUMI_CONFIG_PASSPHRASE"] = passphrase
    before = files(local.stack.folder)
    code, said = pulumi.cli(pulumi.stack, *command)
    ours = auth0_apis(local.stack, *command)
    assert ours.exit_code == code == 1
    assert "passphrase" in said
    assert "passphrase" in ours.stderr
    assert files(local.stack.folder) == before
    assert local.stack.calls() == pulumi.stack.calls() == []


def test_a_new_stack_without_a_passphrase(local: Local, pulumi: Pulumi) -> None:
    """Here we differ, on purpose: the command needs one for every stack, we for one that has a secret."""
    del local.stack.environment["PULUMI_CONFIG_PASSPHRASE"]
    del pulumi.stack.environment["PULUMI_CONFIG_PASSPHRASE"]
    code, said = pulumi.command(pulumi.stack, "stack", "init", "--stack", "other")
    assert code == 1
    assert "passphrase must be set with PULUMI_CONFIG_PASSPHRASE" in said
    local.stack.program('Thing("a")')
    assert auth0_apis(local.stack, "up", "--yes").exit_code == 0
    local.stack.program('Thing("a", o={"k": pulumi.Output.secret("hush")})')
    assert auth0_apis(local.stack, "preview").exit_code == 1
