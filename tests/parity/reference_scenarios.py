"""Programs that read the outputs of another stack of their backend."""

from __future__ import annotations

from collections.abc import Sequence

from ..engine.stacks import TestStack
from ..engine.test_stack_references import REFERENCE, base
from .scenarios import Meanwhile, Phase, destroy, refresh


def other(program: str, passphrase: str = "test") -> Meanwhile:
    """Somebody updates the stack that is read."""

    def meanwhile(stack: TestStack) -> None:
        base(stack, program, passphrase)

    return meanwhile


EXPORTS = 'pulumi.export("a", {"k": [1]})\npulumi.export("b", pulumi.Output.secret("psst"))'
READER = f"""{REFERENCE}
Thing("t", size=ref.require_output("a").apply(lambda a: a["k"][0]), x=ref.get_output("b"))
pulumi.export("a", ref.get_output("a"))
pulumi.export("b", ref.require_output("b"))
pulumi.export("c", ref.get_output("c"))
"""

REFERENCE_SCENARIOS: dict[str, Sequence[Phase]] = {
    "outputs": [
        Phase("preview", READER, meanwhile=other(EXPORTS)),
        Phase("up"),
        Phase("up", meanwhile=other(EXPORTS.replace("[1]", "[2]"))),
        refresh(meanwhile=other(EXPORTS.replace("[1]", "[3]"))),
        Phase("up"),
        Phase("up", ""),
    ],
    "destroyed": [Phase("up", READER, meanwhile=other(EXPORTS)), destroy()],
    "missing stack": [Phase("preview", REFERENCE), Phase("up")],
    "missing stack of the project": [Phase("up", 'pulumi.StackReference("prod")')],
    "wrong organization": [Phase("up", 'pulumi.StackReference("acme/base/prod")')],
    "missing output": [
        Phase(
            "up",
            f'{REFERENCE}pulumi.export("x", ref.require_output("nope"))',
            meanwhile=other('pulumi.export("a", 1)'),
        )
    ],
    "another passphrase": [
        Phase(
            "up",
            f'{REFERENCE}pulumi.export("a", ref.get_output("a"))\npulumi.export("b", ref.get_output("b"))',
            meanwhile=other(EXPORTS, "another"),
        )
    ],
    "under a component": [
        Phase(
            "up",
            'c = pulumi.ComponentResource("things:index:C", "c", {})\n'
            'ref = pulumi.StackReference("r", "organization/base/prod", ResourceOptions(parent=c))\n'
            'pulumi.export("a", ref.get_output("a"))',
            meanwhile=other(EXPORTS),
        )
    ],
}
