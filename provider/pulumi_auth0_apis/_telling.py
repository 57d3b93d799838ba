"""Messages of a provider to the user beside results and errors; the engine prints it as it comes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol

import pulumi

from pulumi_auth0_apis.escaping import terminal

_one_line_at_a_time = threading.Lock()
"""The SDK writes a line and its end apart, and a provider has four threads."""


class Listener(Protocol):
    """Somebody who passes messages on."""

    def __call__(self, message: str, *, is_warning: bool) -> None: ...


def _to_the_sdk(message: str, *, is_warning: bool) -> None:
    with _one_line_at_a_time:
        if is_warning:
            pulumi.log.warn(terminal(message))
        else:
            pulumi.log.info(terminal(message))


_listener: ContextVar[Listener] = ContextVar("listener", default=_to_the_sdk)


@contextmanager
def listener(other: Listener) -> Iterator[None]:
    """Have `other` pass on what this thread tells; else the SDK does."""
    before = _listener.set(other)
    try:
        yield
    finally:
        _listener.reset(before)


def inform(message: str) -> None:
    """Tell what was done, and why."""
    _listener.get()(message, is_warning=False)


def warn(message: str) -> None:
    """Tell what the user may not have meant."""
    _listener.get()(message, is_warning=True)
