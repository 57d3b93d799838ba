"""The part of docs/reliability.md that says what comes of faults."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from .kinds import KINDS
from .playing import WRITES, Ending, Operation, play

HEAD = """## Faults

Twelve resources on the sandbox; one of the writes goes wrong, and then the program is run again. All is as it
says, state and tenant:
"""
FOOT = """
The step is `AUTH0_ADOPT=equal`, for what was made without anybody hearing of it. Every kind of fault at every
write: an error of the API, once or from then on; a proxy that answers in its place, before the write or after
it; a redirect; half an answer; a connection that breaks before or after.
"""


def faults() -> Iterator[str]:
    """The lines of that part. Plays everything."""
    yield HEAD
    yield f"| | {' | '.join(Ending)} | not |"
    yield "|---" * (len(Ending) + 2) + "|"
    for operation in WRITES:
        ended = _played(operation)
        told = " | ".join(str(ended[ending]) for ending in Ending)
        yield f"| {operation}, {ended.total()} faults | {told} | {ended[None]} |"
    yield FOOT


def _played(operation: Operation) -> Counter[Ending | None]:
    ended: Counter[Ending | None] = Counter()
    for name, fault in KINDS.items():
        for at in range(1, WRITES[operation] + 1):
            try:
                ended[play(operation, fault, at)] += 1
            except AssertionError as error:
                print(f"{operation}, {name} at write {at}: {error}", flush=True)
                ended[None] += 1
    print(f"faults: {operation}", flush=True)
    return ended
