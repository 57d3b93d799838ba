"""The lines of a program in its state, written alike by both engines."""

from __future__ import annotations

from ..engine.test_source_positions import TWO
from .playing import play
from .scenarios import up
from .sides import Local, Pulumi


def test_both_engines_point_at_the_same_lines(local: Local, pulumi: Pulumi) -> None:
    """For a resource that has a line, of the program or of a module beside it."""
    program = f'{TWO}Thing("t")\n'
    lines = []
    for side in (local, pulumi):
        assert play(side, up(program)).exit_code == 0
        lines.append({name: each.get("sourcePosition") for name, each in side.stack.state().items()})
    assert lines[0] == lines[1]
    assert lines[0]["b"] == "project:///__main__.py#11"
