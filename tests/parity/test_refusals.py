"""What the real command does and ours does not: said by name, before anything is made."""

from __future__ import annotations

import pytest

from .playing import play
from .scenarios import up
from .sides import Local, Pulumi

HOOK = 'hook = pulumi.ResourceHook("told", lambda args: None)\n'
REFUSED = {
    "hooks": f'{HOOK}Thing("a", ResourceOptions(hooks=pulumi.ResourceHookBinding(before_create=[hook])))',
}
NAMES = {"hooks": "A resource hook"}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_refused(what: str, local: Local, pulumi: Pulumi) -> None:
    """The command takes the program; ours names what it has not, and the command that has it."""
    pulumi.stack.program(REFUSED[what])
    code, said = pulumi.cli(pulumi.stack, "up", "--yes", "--skip-preview")
    assert code == 0, said
    ours = play(local, up(REFUSED[what]))
    assert ours.exit_code == 1
    named = NAMES.get(what, f"The resource option `{what}`")
    assert any(
        named in told and "is not supported by the local engine. Use the real command, `pulumi`" in told
        for _, told in ours.errors
    ), ours.errors
    assert "things:Thing::a" not in "".join(ours.state)
