"""The dynamic provider, `python -m pulumi.dynamic`: one process for each configuration of it.

Dynamic providers take no secrets, no preview calls and no output values (`Configure` answers so), so inputs
are sent in clear and the secrets are marked again in what comes back.
"""

from __future__ import annotations

from typing import Any

import grpc
from google.protobuf.struct_pb2 import Struct
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc

from pulumi_auth0_apis.engine.children.connections import connect
from pulumi_auth0_apis.engine.children.processes import Child
from pulumi_auth0_apis.engine.children.providers import (
    Checked,
    CheckFailure,
    Provider,
    ProviderError,
    ReadObject,
    with_secrets,
)
from pulumi_auth0_apis.engine.model.differences import Difference, compare
from pulumi_auth0_apis.engine.model.urns import name_of, type_of
from pulumi_auth0_apis.engine.model.values import Properties, Unknown, contains, unwrapped
from pulumi_auth0_apis.engine.model.wire import from_struct, to_struct


class ProviderProcess(Provider):
    """One configured provider process, and the calls Pulumi makes to it."""

    def __init__(self, child: Child, port: int) -> None:
        self._child = child
        self._channel = connect(port)
        self._stub = provider_pb2_grpc.ResourceProviderStub(self._channel)
        self.configured = True

    async def configure(self, urn: str, inputs: Properties) -> None:
        """Hand over the configuration. In a preview it may still be unknown; then nothing is asked of it."""
        self.configured = not contains(inputs, Unknown)
        if self.configured:
            await self._ask("Configure", urn, acceptSecrets=True, args=_sent(inputs))

    async def check(self, urn: str, old: Properties, new: Properties) -> Checked:
        """Validate and complete inputs. Old ones are the checked inputs of the last run."""
        if not self.configured:
            return Checked(new)
        response = await self._ask("Check", urn, olds=_sent(old), news=_sent(new))
        inputs = with_secrets(from_struct(response.inputs), new)
        return Checked(inputs, tuple(CheckFailure(each.property, each.reason) for each in response.failures))

    async def diff(
        self, urn: str, resource_id: str, old_inputs: Properties, old_outputs: Properties, new: Properties
    ) -> Difference:
        """The difference that new inputs make; old and new are compared where the provider leaves it open."""
        response = await self._ask(
            "Diff",
            urn,
            id=resource_id,
            olds=_sent(old_outputs),
            old_inputs=_sent(old_inputs),
            news=_sent(new),
        )
        found = Difference(
            changes=response.changes == provider_pb2.DiffResponse.DIFF_SOME,
            replace_keys=tuple(response.replaces),
            changed_keys=tuple(response.diffs),
            delete_before_replace=response.deleteBeforeReplace,
        )
        if response.changes != provider_pb2.DiffResponse.DIFF_UNKNOWN:
            return found
        compared = compare(unwrapped(old_inputs), unwrapped(new))
        return Difference(
            changes=compared.changes,
            replace_keys=found.replace_keys,
            changed_keys=compared.changed_keys,
            detail=compared.detail,
            delete_before_replace=found.delete_before_replace,
        )

    async def create(self, urn: str, inputs: Properties, timeout: float = 0) -> tuple[str, Properties]:
        """Create the resource; returns its id and outputs."""
        response = await self._ask("Create", urn, properties=_sent(inputs), timeout=timeout)
        if not response.id:
            raise ProviderError(f"plugin returned empty resource.ID from create '{urn}'")
        return response.id, with_secrets(from_struct(response.properties), inputs)

    async def read(self, urn: str, resource_id: str, inputs: Properties, state: Properties) -> ReadObject:
        """Read the resource as it is now."""
        if not self.configured:
            return ReadObject(resource_id, {}, {})
        response = await self._ask("Read", urn, id=resource_id, properties=_sent(state), inputs=_sent(inputs))
        found_inputs = (
            with_secrets(from_struct(response.inputs), inputs) if response.HasField("inputs") else None
        )
        return ReadObject(response.id, with_secrets(from_struct(response.properties), state), found_inputs)

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
        response = await self._ask(
            "Update",
            urn,
            id=resource_id,
            olds=_sent(old_outputs),
            old_inputs=_sent(old_inputs),
            news=_sent(inputs),
            timeout=timeout,
        )
        return with_secrets(from_struct(response.properties), inputs)

    async def delete(
        self, urn: str, resource_id: str, inputs: Properties, outputs: Properties, timeout: float = 0
    ) -> None:
        """Delete the resource."""
        await self._ask(
            "Delete",
            urn,
            id=resource_id,
            properties=_sent(outputs),
            old_inputs=_sent(inputs),
            timeout=timeout,
        )

    async def close(self) -> None:
        await self._channel.close()
        await self._child.stop()

    async def _ask(self, method: str, urn: str, **fields: Any) -> Any:
        """Make a call about a resource, which every request names alike."""
        request = getattr(provider_pb2, f"{method}Request")(
            urn=urn, name=name_of(urn), type=type_of(urn), **fields
        )
        return await self._call(method, request, urn)

    async def _call(self, method: str, request: Any, urn: str) -> Any:
        try:
            return await getattr(self._stub, method)(request)
        except grpc.aio.AioRpcError as error:
            if error.code() != grpc.StatusCode.UNAVAILABLE:
                raise ProviderError(error.details() or f"{method} failed without a reason.") from None
            raise ProviderError(await self._death(method, urn)) from None

    async def _death(self, method: str, urn: str) -> str:
        return (
            f"the provider process {await self._child.fate()} during {method.lower()} of {urn}. Whether the "
            "call took effect is not known: run `refresh`, then try again."
        )


def _sent(properties: Properties) -> Struct:
    return to_struct(properties, keep_secrets=False, keep_resources=False)
