"""What the engine asks of a provider, whoever plays it: a process, a fake, or the engine itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from pulumi_auth0_apis.engine.model.differences import Difference, same
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


class Examining(Protocol):
    """Who examines the inputs of a resource: a provider, or for a provider itself its `ConfigurationOf`."""

    configured: bool
    """Whether its configuration is known by now; in a preview it may not be."""

    async def check(self, urn: str, old: Properties, new: Properties) -> Checked:
        """Validate and complete inputs. Old ones are the checked inputs of the last run."""
        ...

    async def diff(
        self, urn: str, resource_id: str, old_inputs: Properties, old_outputs: Properties, new: Properties
    ) -> Difference:
        """The difference that new inputs make."""
        ...


class Provider(Examining, Protocol):
    """A provider with one configuration. Every call may raise `ProviderError`."""

    foresees: bool = False
    """It can say in a preview what `create` and `update` would answer, and then changes nothing."""

    async def check_configuration(self, urn: str, old: Properties, new: Properties) -> Checked:
        """Validate and complete what it is to be configured with; one that does not care takes anything."""
        return Checked(new)

    async def diff_configuration(
        self, urn: str, old_inputs: Properties, old_outputs: Properties, new: Properties
    ) -> Difference:
        """The difference that a new configuration makes; one that replaces needs other resources as well."""
        return Difference(changes=not same(old_outputs, new))

    async def configure(self, urn: str, inputs: Properties) -> None:
        """Hand over the configuration."""

    async def create(
        self, urn: str, inputs: Properties, timeout: float = 0, *, preview: bool = False
    ) -> tuple[str, Properties]:
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
        *,
        preview: bool = False,
    ) -> Properties:
        """Update the resource in place; returns its outputs."""
        ...

    async def delete(
        self, urn: str, resource_id: str, inputs: Properties, outputs: Properties, timeout: float = 0
    ) -> None:
        """Delete the resource."""

    async def invoke(self, token: str, arguments: Properties) -> Properties:
        """Answer for a function."""
        raise ProviderError(f"there is no function {token}")

    async def cancel(self) -> None:
        """Let what runs come to its end, and begin nothing more."""

    async def close(self) -> None:
        """End it."""


class ConfigurationOf(Examining):
    """A provider as a resource, whose inputs are the configuration that the provider itself examines."""

    configured = True

    def __init__(self, provider: Provider) -> None:
        self._provider = provider

    async def check(self, urn: str, old: Properties, new: Properties) -> Checked:
        """Validate and complete the configuration."""
        return await self._provider.check_configuration(urn, old, new)

    async def diff(
        self, urn: str, resource_id: str, old_inputs: Properties, old_outputs: Properties, new: Properties
    ) -> Difference:
        """The difference that a new configuration makes."""
        return await self._provider.diff_configuration(urn, old_inputs, old_outputs, new)


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
