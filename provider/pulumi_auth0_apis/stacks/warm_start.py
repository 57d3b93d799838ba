"""A Python that has imported what programs and providers need, begun before anybody asks for one."""

from __future__ import annotations

from pulumi_auth0_apis.engine import warm_up

PRELOAD = ("pulumi_auth0_apis.stacks.preloaded",)
"""What the local engine's children come to."""


def begin() -> None:
    """Begin to import it in a process of its own, while this one imports the engine; returns at once."""
    warm_up(preload=PRELOAD)
