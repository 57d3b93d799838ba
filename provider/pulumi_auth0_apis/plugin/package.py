"""The names of the plugin's package, in which programs and states know it. They never change."""

from __future__ import annotations

PACKAGE = "auth0-apis"
MODULE = f"{PACKAGE}:index"


def token(name: str) -> str:
    """The token of a resource, a type or a function of the package."""
    return f"{MODULE}:{name}"
