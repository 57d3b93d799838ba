"""Pulumi's own provider, of which programs use one thing: the outputs of another stack.

As in `pkg/resource/deploy/builtins.go` of pulumi/pulumi.
"""

from __future__ import annotations

from collections.abc import Callable

from pulumi_auth0_apis.engine.children.fakes import FakeProvider
from pulumi_auth0_apis.engine.children.providers import Checked, ReadObject
from pulumi_auth0_apis.engine.model import unsupported
from pulumi_auth0_apis.engine.model.problems import EngineError
from pulumi_auth0_apis.engine.model.urns import type_of
from pulumi_auth0_apis.engine.model.values import Properties, Secret, contains, unwrapped

StackOutputs = Callable[[str], Properties]
"""The outputs of a stack of the backend, by its name. Raises `EngineError` where there is none."""


def no_stack(name: str) -> Properties:
    """The answer where no backend is known."""
    raise EngineError(f'unknown stack "{name}"')


class BuiltinProvider(FakeProvider):
    """Reads other stacks of the same backend; manages nothing."""

    def __init__(self, stack_outputs: StackOutputs) -> None:
        super().__init__({})
        self._stack_outputs = stack_outputs

    async def check(self, urn: str, old: Properties, new: Properties) -> Checked:
        """Refuse everything but stack references, which are only read."""
        raise unsupported.BUILTINS.error(f"The resource {type_of(urn)}")

    async def read(self, urn: str, resource_id: str, inputs: Properties, state: Properties) -> ReadObject:
        """The outputs of the stack that the resource names, and which of them are secret."""
        name = str(unwrapped(state.get("name") or inputs.get("name") or resource_id))
        outputs = self._stack_outputs(name)
        secret = sorted(key for key, value in outputs.items() if contains(value, Secret))
        return ReadObject(
            resource_id, {"name": name, "outputs": outputs, "secretOutputNames": secret}, inputs
        )
