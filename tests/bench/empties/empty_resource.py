"""The least that a dynamic resource can be which another one refers to; pickled by reference."""

from __future__ import annotations

import pulumi
from pulumi.dynamic import Resource, ResourceProvider


class EmptyProvider(ResourceProvider):
    """Does nothing and holds nothing."""

    serialize_as_secret_always = False


class Empty(Resource, module="bench", name="Empty"):
    """Takes what it belongs to."""

    of: pulumi.Output[str]

    def __init__(self, name: str, of: pulumi.Input[str]) -> None:
        super().__init__(EmptyProvider(), name, {"of": of})
