"""Whatever goes wrong with a write, the next run leads to what the program says."""

from __future__ import annotations

from collections import Counter

import pytest

from .kinds import KINDS
from .playing import WRITES, Ending, Operation, play

SAMPLE = [
    pytest.param(operation, kind, 1 + number % WRITES[operation], id=f"{operation}, {kind}")
    for number, kind in enumerate(KINDS)
    for operation in [list(WRITES)[number % len(WRITES)]]
]


@pytest.mark.parametrize(("operation", "kind", "at"), SAMPLE)
def test_a_fault(operation: Operation, kind: str, at: int) -> None:
    """One of the writes for each kind of fault; `make reliability` plays all of them."""
    assert isinstance(play(operation, KINDS[kind], at), Ending)


@pytest.mark.parametrize("operation", WRITES)
def test_the_number_of_writes(operation: Operation) -> None:
    """No write is left out: the last one can go wrong, and there is none after it."""
    fault = KINDS["an error 400"]
    played = Counter(play(operation, fault, WRITES[operation] + more) is None for more in (0, 1))
    assert played == {False: 1, True: 1}
