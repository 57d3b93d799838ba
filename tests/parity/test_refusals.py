"""What the real command does and ours does not: said by name, before anything is made."""

from __future__ import annotations

import pytest

from .playing import play
from .scenarios import up
from .sides import Local, Pulumi

REFUSED = {
    "env_var_mappings": 'pulumi.ProviderResource("pulumi-python", "a", {}, '
    'ResourceOptions(env_var_mappings={"A": "B"}))',
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_refused(what: str, local: Local, pulumi: Pulumi) -> None:
    """The command takes the program; ours names what it has not, and the command that has it."""
    pulumi.stack.program(REFUSED[what])
    code, said = pulumi.cli(pulumi.stack, "up", "--yes", "--skip-preview")
    assert code == 0, said
    ours = play(local, up(REFUSED[what]))
    assert ours.exit_code == 1
    named = f"The resource option `{what}`"
    assert any(
        named in told and "is not supported by the local engine. Use the real command, `pulumi`" in told
        for _, told in ours.errors
    ), ours.errors
    assert "::a" not in "".join(ours.state)
