"""The least that a dynamic resource can be: the measure for ours.

In a file of its own, so that Pulumi pickles the provider by reference. One of `__main__` is pickled by value,
with a recursion that deepens from resource to resource and ends the program after about 950 (pulumi 3.272).
"""

from __future__ import annotations

from pulumi.dynamic import Resource, ResourceProvider


class EmptyProvider(ResourceProvider):
    """Does nothing and holds nothing."""


class Empty(Resource, module="bench", name="Empty"):
    """Takes no input."""

    def __init__(self, name: str) -> None:
        super().__init__(EmptyProvider(), name, {})
