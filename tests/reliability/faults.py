"""What comes of every fault at every write, played in one process."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..faults.kinds import KINDS
from ..faults.playing import WRITES, Ending, Operation, play
from .figures import Asked, Figures, Part

NOT = "not"
HEAD = """## Faults

Twelve resources on the sandbox; one of the writes goes wrong, and then the program is run again. All is as it
says, state and tenant:
"""
FOOT = """
The step is `AUTH0_ADOPT=equal`, for what was made without anybody hearing of it. Every kind of fault at every
write: an error of the API, once or from then on; a proxy that answers in its place, before the write or after
it; a redirect; half an answer; a connection that breaks before or after.
"""


def measure(asked: Asked, before: Figures) -> Figures:
    """Play everything, which takes one engine."""
    del asked, before
    return {operation: _ended(operation) for operation in WRITES}


def _ended(operation: Operation) -> Counter[str]:
    ended: Counter[str] = Counter()
    for name, fault in KINDS.items():
        for at in range(1, WRITES[operation] + 1):
            try:
                ended[play(operation, fault, at) or NOT] += 1
            except AssertionError as error:
                print(f"{operation}, {name} at write {at}: {error}", flush=True)
                ended[NOT] += 1
    print(f"faults: {operation}", flush=True)
    return ended


def lines(figures: Figures) -> Iterator[str]:
    """A row for each operation."""
    yield HEAD
    yield f"| | {' | '.join(Ending)} | {NOT} |"
    yield "|---" * (len(Ending) + 2) + "|"
    for operation, ended in figures.items():
        told = " | ".join(str(ended.get(ending, 0)) for ending in [*Ending, NOT])
        yield f"| {operation}, {sum(ended.values())} faults | {told} |"
    yield FOOT


PART = Part(measure, lines)
