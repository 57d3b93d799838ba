"""The same phases on both engines, and what must be the same afterwards."""

from __future__ import annotations

from collections.abc import Sequence

from .scenarios import Phase
from .sides import Local, Pulumi, Run, Side, differences, write_pack

DELETIONS = {"delete", "delete-replaced", "discard", "discard-replaced"}


def play(side: Side, phase: Phase) -> Run:
    """Do one phase on one side."""
    folder = side.stack.folder
    if phase.program is not None:
        side.stack.program(phase.program)
    if phase.config is not None:
        settings = folder / "Pulumi.dev.yaml"
        salt = settings.read_text() if settings.exists() else ""
        settings.write_text(phase.config + salt)
    if phase.meanwhile is not None:
        phase.meanwhile(side.stack)
    side.packs = ()
    if phase.policies is not None:
        side.packs = write_pack(folder, phase.policies, phase.policy_config)
    return side.run(phase.command, *phase.options)


def assert_alike(phases: Sequence[Phase], local: Local, pulumi: Pulumi) -> None:
    """Play on both sides: each phase does, says and leaves the same, and either goes on from the other."""
    for number, phase in enumerate(phases):
        ours, theirs = play(local, phase), play(pulumi, phase)
        found = differences(ours, theirs)
        assert not found, "\n".join([f"phase {number}, {phase.command}:", *found])
        if phase.command == "up" and "--refresh" not in phase.options:  # a refresh goes in any order
            assert_in_order(ours)
            assert_in_order(theirs)
    if phases[-1].command == "up" and ours.exit_code == 0:
        is_limited = any(option.startswith("--target") for option in phases[-1].options)
        assert_handed_over(local, pulumi, is_limited=is_limited)


def assert_in_order(run: Run) -> None:
    """Creations come after what they depend on, in the state that they have left."""
    at = {urn: position for position, urn in reversed(list(enumerate(run.order)))}
    for urn, states in run.state.items():
        if urn not in at or DELETIONS & set(run.steps[urn]):
            continue
        for dependency in states[0].get("dependencies", ()):
            assert at.get(dependency, -1) < at[urn], f"{urn} before {dependency}"


def assert_handed_over(local: Local, pulumi: Pulumi, *, is_limited: bool = False) -> None:
    """Each engine goes on where the other has stopped: nothing is left to do but what a limited run left."""
    ours, theirs = local.run("preview", on=pulumi.stack), pulumi.run("preview", on=local.stack)
    assert ours.summary == theirs.summary
    assert is_limited or set(ours.summary) <= {"same"}, ours.summary
    assert ours.errors == theirs.errors == set()
