"""Options that came late to Pulumi: what is replaced together, on a trigger, and what is not shown."""

from __future__ import annotations

from collections.abc import Sequence

from ..engine.stacks import PROJECT, TestStack
from .scenarios import Meanwhile, Phase, change, destroy, preview, up

TOGETHER = """
a = Thing("a", kind="x")
b = Thing("b", ResourceOptions(replace_with=[a]))
Thing("c", ResourceOptions(depends_on=[b]))
"""
FIRST = TOGETHER.replace('Thing("a", kind', 'Thing("a", ResourceOptions(delete_before_replace=True), kind')
TRIGGER = 'Thing("a", ResourceOptions(replacement_trigger={}))'
HIDDEN = 'Thing("a", ResourceOptions(hide_diffs=["size", "o.k[0]"]), size={}, o={{"k": [1]}})'


def project(text: str) -> Meanwhile:
    """Somebody adds lines to Pulumi.yaml."""

    def meanwhile(stack: TestStack) -> None:
        (stack.folder / "Pulumi.yaml").write_text(PROJECT + text)

    return meanwhile


def both(*hands: Meanwhile) -> Meanwhile:
    def meanwhile(stack: TestStack) -> None:
        for each in hands:
            each(stack)

    return meanwhile


REFRESHES = project("options:\n  refresh: always\n")

OPTION_SCENARIOS: dict[str, Sequence[Phase]] = {
    "replace_with": [
        up(TOGETHER),
        preview(TOGETHER.replace("x", "y")),
        up(TOGETHER.replace("x", "y")),
        up('Thing("a", kind="y")\nThing("b")\nThing("c")'),
        destroy(),
    ],
    "replace_with, deleted first": [up(FIRST), up(FIRST.replace("x", "y")), destroy()],
    "replace_with, appearing": [
        up('a = Thing("a", kind="x")\nThing("b")'),
        up(TOGETHER.replace("x", "y")),
    ],
    "replacement_trigger": [
        up(TRIGGER.format("1")),
        up(TRIGGER.format("1")),
        preview(TRIGGER.format("2")),
        up(TRIGGER.format("2")),
        up(TRIGGER.format('{"k": [1, "x"]}')),
        up(TRIGGER.format("pulumi.Output.secret(3)")),
        up(TRIGGER.format("3")),
        up('Thing("a")'),
        up(TRIGGER.format("4")),
    ],
    "replacement_trigger of another": [
        up('b = Thing("b", kind="x")\nThing("a", ResourceOptions(replacement_trigger=b.serial))'),
        preview('b = Thing("b", kind="y")\nThing("a", ResourceOptions(replacement_trigger=b.serial))'),
        up('b = Thing("b", kind="y")\nThing("a", ResourceOptions(replacement_trigger=b.serial))'),
    ],
    "hide_diffs": [up(HIDDEN.format(1)), up(HIDDEN.format(2)), up('Thing("a", size=2, o={"k": [1]})')],
    "refresh: always": [
        up('Thing("a", size=1)'),
        Phase("preview", meanwhile=both(REFRESHES, change("a-1", "1", "5"))),
        Phase("up"),
        Phase("destroy", meanwhile=change("a-1", "1", "7")),
    ],
    "required version": [
        Phase(
            "up",
            'pulumi.require_pulumi_version(">=3.0.0")\nThing("a")',
            meanwhile=project('requiredPulumiVersion: ">=3.0.0"\n'),
        )
    ],
}
