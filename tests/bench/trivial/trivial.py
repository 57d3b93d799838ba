"""A resource that does nothing, by a provider that is pickled by reference."""

from __future__ import annotations

from typing import Any

from pulumi.dynamic import CreateResult, ReadResult, Resource, ResourceProvider


class Provider(ResourceProvider):
    """Echoes its inputs."""

    serialize_as_secret_always = False

    def create(self, props: dict[str, Any]) -> CreateResult:
        return CreateResult(str(props["number"]), props)

    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:
        return ReadResult(id_, props, props)


class Trivial(Resource, module="bench", name="Trivial"):
    """Takes a number."""

    def __init__(self, number: int) -> None:
        super().__init__(Provider(), f"trivial-{number}", {"number": number})
