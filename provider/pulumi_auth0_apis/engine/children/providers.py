"""What the engine asks of a provider, whoever plays it: a process, a fake, or the engine itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from pulumi_auth0_apis.engine.model.differences import Difference
from pulumi_auth0_apis.engine.model.problems import EngineError
from pulumi_auth0_apis.engine.model.values import Properties, Secret, contains


@dataclass(frozen=True)
class CheckFailure:
    property: str
    reason: str


@dataclass(frozen=True)
class Checked:
    inputs: Properties
    failures: tuple[CheckFailure, ...] = ()


@dataclass(frozen=True)
class ReadObject:
    """The object that a read found. No id: the object is gone. No inputs: the provider does not tell them."""

    id: str
    outputs: Properties
    inputs: Properties | None


class ProviderError(EngineError):
    """A provider refused or failed; the message is the provider's own."""


class Provider(Protocol):
    """A provider with one configuration. Every call may raise `ProviderError`."""

    configured: bool
    """Whether its configuration is known by now; in a preview it may not be."""

    async def configure(self, urn: str, inputs: Properties) -> None:
        """Hand over the configuration."""

    async def check(self, urn: str, old: Properties, new: Properties) -> Checked:
        """Validate and complete inputs. Old ones are the checked inputs of the last run."""
        ...

    async def diff(
        self, urn: str, resource_id: str, old_inputs: Properties, old_outputs: Properties, new: Properties
    ) -> Difference:
        """The difference that new inputs make."""
        ...

    async def create(self, urn: str, inputs: Properties, timeout: float = 0) -> tuple[str, Properties]:
        """Create the resource; returns its id and outputs."""
        ...

    async def read(self, urn: str, resource_id: str, inputs: Properties, state: Properties) -> ReadObject:
        """Read the resource as it is now."""
        ...

    async def update(
        self,
        urn: str,
        resource_id: str,
        old_inputs: Properties,
        old_outputs: Properties,
        inputs: Properties,
        timeout: float = 0,
    ) -> Properties:
        """Update the resource in place; returns its outputs."""
        ...

    async def delete(
        self, urn: str, resource_id: str, inputs: Properties, outputs: Properties, timeout: float = 0
    ) -> None:
        """Delete the resource."""

    async def close(self) -> None:
        """End it."""


def with_secrets(outputs: Properties, inputs: Mapping[str, Any]) -> Properties:
    """Mark what was secret in the inputs as secret in the outputs of the same name."""
    marked = dict(outputs)
    for key, given in inputs.items():
        if key not in marked or isinstance(marked[key], Secret):
            continue
        if isinstance(marked[key], dict) and isinstance(given, dict):
            marked[key] = with_secrets(marked[key], given)
        elif contains(given, Secret):
            marked[key] = Secret(marked[key])
    return marked
