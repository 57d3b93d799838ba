"""What a provider tells the user beside results and errors; the engine prints it as it comes."""

from __future__ import annotations

import pulumi

from pulumi_auth0_apis.escaping import terminal


def inform(message: str) -> None:
    """Tell what was done, and why."""
    pulumi.log.info(terminal(message))


def warn(message: str) -> None:
    """Tell what the user may not have meant."""
    pulumi.log.warn(terminal(message))
