"""Lifetimes as people read them."""

from __future__ import annotations


def duration(seconds: int) -> str:
    """Return a lifetime in seconds and, where it comes out even, in the largest unit: `3600 s (1 h)`."""
    for length, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds and seconds % length == 0:
            return f"{seconds} s ({seconds // length} {unit})"
    return f"{seconds} s"
