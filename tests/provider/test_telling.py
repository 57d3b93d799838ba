"""Lines that a provider tells the user come out whole."""

from __future__ import annotations

import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from io import TextIOBase

import pytest

from pulumi_auth0_apis._telling import inform


class Unbuffered(TextIOBase):
    """Standard error as `python -u` has it: every part is written at once."""

    def __init__(self) -> None:
        self.parts: list[str] = []

    def write(self, text: str) -> int:
        self.parts.append(text)
        threading.Event().wait(0)  # as a system call does, it lets other threads go on
        return len(text)


def test_lines_of_many_threads_stay_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """No line ends where another one has begun."""
    monkeypatch.setattr("pulumi.log.get_engine", lambda: None)  # as in a process of a provider
    monkeypatch.setattr(sys, "stderr", told := Unbuffered())
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda n: inform(f"line {n}"), range(200)))
    lines = "".join(told.parts).splitlines()
    assert sorted(lines) == sorted(f"info: line {n}" for n in range(200))
