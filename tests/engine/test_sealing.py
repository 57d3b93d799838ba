"""What needs a passphrase is refused, or made ready, before anything is made."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from pulumi_auth0_apis.engine import Engine, Result
from pulumi_auth0_apis.engine.project import stack_config
from pulumi_auth0_apis.engine.project.secrets import (
    MissingPassphraseError,
    SecretsProvider,
    WrongPassphraseError,
)

from .stacks import TestStack, names, said, succeeded

SECRET_INPUT = 'Thing("a", o={"in": pulumi.Output.secret("hush")})'
SECRETS = {
    "an input": SECRET_INPUT,
    "an input that is not known yet": 'Thing("a", size=pulumi.Output.secret(Thing("b").serial))',
    "an output of the stack": 'pulumi.export("key", pulumi.Output.secret("hush"))',
    "an output of a component": (
        'pulumi.ComponentResource("things:index:C", "c").register_outputs({"k": pulumi.Output.secret(1)})'
    ),
}


@pytest.fixture
def bare(stack: TestStack, monkeypatch: pytest.MonkeyPatch) -> TestStack:
    """A stack without a passphrase."""
    for name in ("PULUMI_CONFIG_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE_FILE"):
        monkeypatch.delenv(name, raising=False)
    del stack.environment["PULUMI_CONFIG_PASSPHRASE"]
    stack.engine = engine(stack)
    return stack


def engine(stack: TestStack, **options: Any) -> Engine:
    return Engine(
        stack.folder,
        "dev",
        backend_url=f"file://{stack.folder}",
        environment=stack.environment,
        **options,
    )


def of_kind_x(type_: str, inputs: Mapping[str, Any]) -> bool:
    """As if the cloud made a secret for each thing of this kind."""
    return type_.endswith(":Thing") and inputs.get("kind") == "x"


def refused(result: Result) -> bool:
    """Whether that was the one error."""
    errors = [each["message"] for each in result.diagnostics if each["severity"] == "error"]
    return not result.ok and len(errors) == 1 and "there is no passphrase to protect it with" in errors[0]


@pytest.mark.parametrize("source", SECRETS.values(), ids=SECRETS)
def test_a_preview_foretells_it(bare: TestStack, source: str) -> None:
    """It fails as the update would, by whichever way a secret would come into the state."""
    result = bare.program(source).engine.preview()
    assert refused(result), said(result)
    assert result.lacks_passphrase


def test_an_update_makes_nothing_of_it(bare: TestStack) -> None:
    """The provider is not asked, and nothing is left pending; what was made before is kept."""
    result = bare.program(f'first = Thing("first")\n{SECRET_INPUT}').engine.up()
    assert refused(result), said(result)
    assert {name for call, name in names(bare.calls()) if call == "create"} <= {"first"}
    assert "a" not in bare.state()
    assert bare.engine.open().store.load().pending_operations == []


@pytest.mark.parametrize("command", ["preview", "up"])
def test_a_secret_that_only_the_cloud_makes(bare: TestStack, command: str) -> None:
    """Whoever knows the cloud foretells it to the engine."""
    bare.program('Thing("a", kind="x")\nThing("b", kind="y")')
    knowing = engine(bare, generates_secret=of_kind_x)
    assert refused(getattr(knowing, command)())
    assert "create a" not in [" ".join(call) for call in names(bare.calls())]
    succeeded(getattr(bare.engine, command)())


def test_the_salt_is_kept_before_anything_is_made(stack: TestStack, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it cannot be, the secret that the cloud would make is not asked for."""

    def fail(file: Path, _content: bytes) -> None:
        raise PermissionError(13, "Permission denied", str(file))

    monkeypatch.setattr(stack_config, "write_atomically", fail)
    result = engine(stack.program('Thing("a", kind="x")'), generates_secret=of_kind_x).up()
    assert "Pulumi.dev.yaml: Permission denied" in said(result)
    assert stack.things() == {}
    assert not result.lacks_passphrase


def test_a_passphrase_of_the_callers(bare: TestStack) -> None:
    """It serves as the environment's would, and no child process gets to see it."""
    source = 'import os\nassert "PULUMI_CONFIG_PASSPHRASE" not in os.environ\n' + SECRET_INPUT
    bare.program(source)
    assert succeeded(engine(bare, passphrase="hers").up()).ok
    assert succeeded(engine(bare, passphrase="hers").preview()).change_summary == {"same": 2}
    with pytest.raises(WrongPassphraseError):
        engine(bare, passphrase="his").preview()


@pytest.mark.parametrize("command", ["preview", "up", "refresh", "destroy"])
@pytest.mark.parametrize("place", ["settings", "state"])
def test_a_salt_needs_its_passphrase(bare: TestStack, place: str, command: str) -> None:
    """Even where no secret is met, as in the CLI; neither program nor provider is started."""
    bare.program('Thing("a")')
    if place == "settings":
        bare.configure(f"encryptionsalt: {SecretsProvider.new('right').salt}")
    else:
        for source in (SECRET_INPUT, 'Thing("a")'):
            succeeded(engine(bare.program(source), passphrase="right").up())
        (bare.folder / "Pulumi.dev.yaml").unlink()
        bare.calls()
    with pytest.raises(MissingPassphraseError, match="PULUMI_CONFIG_PASSPHRASE"):
        getattr(bare.engine, command)()
    with pytest.raises(WrongPassphraseError):
        getattr(engine(bare, passphrase="wrong"), command)()
    assert bare.calls() == []
