"""Messages of a provider to the user beside results and errors; the engine prints it as it comes."""

from __future__ import annotations

import threading

import pulumi

from pulumi_auth0_apis.escaping import terminal

_one_line_at_a_time = threading.Lock()
"""The SDK writes a line and its end apart, and a provider has four threads."""


def inform(message: str) -> None:
    """Tell what was done, and why."""
    with _one_line_at_a_time:
        pulumi.log.info(terminal(message))


def warn(message: str) -> None:
    """Tell what the user may not have meant."""
    with _one_line_at_a_time:
        pulumi.log.warn(terminal(message))
