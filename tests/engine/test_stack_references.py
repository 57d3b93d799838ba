"""References to other stacks of the same backend."""

from __future__ import annotations

from pathlib import Path

import pytest

from pulumi_auth0_apis.engine import Engine
from pulumi_auth0_apis.engine.model.values import Secret

from .stacks import TestStack, ops, said, succeeded

REFERENCE = 'ref = pulumi.StackReference("organization/base/prod")\n'


def base(stack: TestStack, program: str, passphrase: str = "test") -> None:
    """Update the stack `prod` of the project `base`, in the backend of `stack`."""
    folder = stack.folder.parent / f"{stack.folder.name}-base"
    folder.mkdir(exist_ok=True)
    (folder / "Pulumi.yaml").write_text("name: base\nruntime: python\n")
    (folder / "__main__.py").write_text(f"import pulumi\n{program}")
    environment = {**stack.environment, "PULUMI_CONFIG_PASSPHRASE": passphrase}
    succeeded(Engine(folder, "prod", backend_url=f"file://{stack.folder}", environment=environment).up())


def test_outputs(stack: TestStack) -> None:
    """A program gets the outputs as they are, secret ones as secrets, and runs on with them."""
    base(stack, 'pulumi.export("plain", {"a": [1]})\npulumi.export("hidden", pulumi.Output.secret("psst"))')
    result = stack.up(
        f"{REFERENCE}"
        'pulumi.export("plain", ref.require_output("plain"))\n'
        'pulumi.export("hidden", ref.get_output("hidden"))\n'
        'Thing("t", of=ref.require_output("plain").apply(lambda p: p["a"]))\n'
    )
    assert result.outputs == {"plain": {"a": [1]}, "hidden": Secret("psst")}
    assert "psst" not in (stack.folder / ".pulumi/stacks/tests/dev.json").read_text()


def test_details(stack: TestStack) -> None:
    """`get_output_details` tells secret from plain, and both from an output that is not there."""
    base(stack, 'pulumi.export("a", 1)\npulumi.export("b", pulumi.Output.secret(2))')
    stack.up(
        f"{REFERENCE}"
        "async def told():\n"
        "    each = [await ref.get_output_details(name) for name in 'abc']\n"
        "    print([(one.value, one.secret_value) for one in each])\n"
        "pulumi.export('told', pulumi.Output.from_input(told()))"
    )
    told = said(succeeded(stack.engine.up()))
    assert "[(1.0, None), (None, 2.0), (None, None)]" in told


def test_a_preview_knows_the_outputs(stack: TestStack) -> None:
    """A preview reads the other stack, too."""
    base(stack, 'pulumi.export("a", 1)')
    stack.program(f'{REFERENCE}pulumi.export("a", ref.require_output("a"))')
    assert succeeded(stack.engine.preview()).outputs == {"a": 1}


def test_a_changed_output_is_read_anew(stack: TestStack) -> None:
    """What the other stack says now counts, not what the state has of it."""
    base(stack, 'pulumi.export("a", 1)')
    stack.up(program := f'{REFERENCE}Thing("t", size=ref.require_output("a"))')
    base(stack, 'pulumi.export("a", 2)')
    assert ("update", "t") in ops(stack.up(program))
    base(stack, 'pulumi.export("a", 3)')
    succeeded(stack.engine.refresh())
    state = stack.state()["organization/base/prod"]
    assert state["outputs"]["outputs"] == {"a": 3}


def test_a_missing_stack_is_told(stack: TestStack) -> None:
    """A stack that is not there fails the run with its name, in a preview as in an update."""
    stack.program(REFERENCE)
    assert 'unknown stack "organization/base/prod"' in said(stack.engine.preview())
    result = stack.engine.up()
    assert result.exit_code == 1
    assert 'unknown stack "organization/base/prod"' in said(result)


@pytest.mark.parametrize("name", ["dev2", "organization/dev2", "organization/tests/dev2"])
def test_short_names_are_of_the_project(stack: TestStack, name: str) -> None:
    """A name without a project is one of the program's own."""
    result = stack.program(f'pulumi.StackReference("{name}")').engine.up()
    assert f'unknown stack "{name}"' in said(result)
    Engine(
        stack.folder, "dev2", backend_url=f"file://{stack.folder}", environment=stack.environment
    ).open().create()
    succeeded(stack.engine.up())


def test_a_missing_output_is_the_programs_error(stack: TestStack) -> None:
    """`require_output` raises in the program, which fails."""
    base(stack, 'pulumi.export("a", 1)')
    result = stack.program(f'{REFERENCE}pulumi.export("x", ref.require_output("nope"))').engine.up()
    assert result.exit_code == 1
    assert "KeyError: 'nope'" in said(result)


def test_secrets_of_another_passphrase_are_left_out(stack: TestStack, tmp_path: Path) -> None:
    """What cannot be decrypted is an empty secret, and the run says so; plain outputs are there."""
    base(stack, 'pulumi.export("a", 1)\npulumi.export("b", pulumi.Output.secret(2))', passphrase="other")
    result = stack.up(
        f'{REFERENCE}pulumi.export("a", ref.require_output("a"))\npulumi.export("b", ref.get_output("b"))'
    )
    assert result.outputs == {"a": 1, "b": Secret({})}
    assert "eliding undecryptable secrets for stack reference 'organization/base/prod'" in said(result)


def test_a_reference_is_not_deleted(stack: TestStack) -> None:
    """A reference that the program drops, or a destroy, is forgotten; the other stack stays as it is."""
    base(stack, 'pulumi.export("a", 1)')
    stack.up(REFERENCE)
    assert ops(stack.up("")) == [("discard", "organization/base/prod")]
    stack.up(REFERENCE)
    succeeded(stack.engine.destroy())
    assert stack.state() == {}
