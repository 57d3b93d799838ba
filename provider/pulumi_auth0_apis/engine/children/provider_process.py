"""A provider in a process of its own, one for each configuration of it: the dynamic one, or a plugin.

What a provider takes, `Configure` answers. One that takes no secrets, as dynamic providers do not, gets its
inputs in clear, and the secrets are marked again in what comes back.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any, cast

import grpc
from google.protobuf import empty_pb2
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
from pulumi_auth0_apis.engine.model.differences import Difference, DifferenceKind, compare
from pulumi_auth0_apis.engine.model.urns import name_of, type_of
from pulumi_auth0_apis.engine.model.values import Properties, Unknown, contains, unwrapped
from pulumi_auth0_apis.engine.model.wire import from_struct, to_struct


class NoAnswerError(ProviderError):
    """A provider leaves a question out, as it may some."""


class ProviderProcess(Provider):
    """One configured provider process, and the calls Pulumi makes to it."""

    _takes = provider_pb2.ConfigureResponse()
    """What it takes, as it has answered; nothing before that."""

    def __init__(self, child: Child, port: int) -> None:
        self._child = child
        self._channel = connect(port)
        self._stub = provider_pb2_grpc.ResourceProviderStub(self._channel)
        self.configured = True

    async def configure(self, urn: str, inputs: Properties) -> None:
        """Hand over the configuration. In a preview it may still be unknown; then nothing is asked of it."""
        self.configured = not contains(inputs, Unknown)
        if self.configured:
            self._takes = await self._ask(
                "Configure",
                urn,
                acceptSecrets=True,
                acceptResources=True,
                sends_old_inputs=True,
                sends_old_inputs_to_delete=True,
                args=self._sent(inputs),
            )
            self.foresees = self._takes.supportsPreview

    async def check(self, urn: str, old: Properties, new: Properties) -> Checked:
        """Validate and complete inputs. Old ones are the checked inputs of the last run."""
        if not self.configured:
            return Checked(new)
        response = await self._ask("Check", urn, olds=self._sent(old), news=self._sent(new))
        return Checked(self._received(response.inputs, new), failures(response))

    async def diff(
        self, urn: str, resource_id: str, old_inputs: Properties, old_outputs: Properties, new: Properties
    ) -> Difference:
        """The difference that new inputs make; old and new are compared where the provider leaves it open."""
        response = await self._ask(
            "Diff",
            urn,
            id=resource_id,
            olds=self._sent(old_outputs),
            old_inputs=self._sent(old_inputs),
            news=self._sent(new),
        )
        found = found_difference(response)
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

    async def create(
        self, urn: str, inputs: Properties, timeout: float = 0, *, preview: bool = False
    ) -> tuple[str, Properties]:
        """Create the resource; returns its id and outputs."""
        response = await self._ask(
            "Create", urn, properties=self._sent(inputs), timeout=timeout, preview=preview
        )
        if not (response.id or preview):
            raise ProviderError(f"plugin returned empty resource.ID from create '{urn}'")
        return response.id, self._received(response.properties, inputs)

    async def read(self, urn: str, resource_id: str, inputs: Properties, state: Properties) -> ReadObject:
        """Read the resource as it is now."""
        if not self.configured:
            return ReadObject(resource_id, {}, {})
        response = await self._ask(
            "Read", urn, id=resource_id, properties=self._sent(state), inputs=self._sent(inputs)
        )
        found_inputs = self._received(response.inputs, inputs) if response.HasField("inputs") else None
        return ReadObject(response.id, self._received(response.properties, state), found_inputs)

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
        response = await self._ask(
            "Update",
            urn,
            id=resource_id,
            olds=self._sent(old_outputs),
            old_inputs=self._sent(old_inputs),
            news=self._sent(inputs),
            timeout=timeout,
            preview=preview,
        )
        return self._received(response.properties, inputs)

    async def delete(
        self, urn: str, resource_id: str, inputs: Properties, outputs: Properties, timeout: float = 0
    ) -> None:
        """Delete the resource."""
        await self._ask(
            "Delete",
            urn,
            id=resource_id,
            properties=self._sent(outputs),
            old_inputs=self._sent(inputs),
            timeout=timeout,
        )

    async def cancel(self) -> None:
        """Let calls that run come to their end, and take no further changes on."""
        with contextlib.suppress(grpc.aio.AioRpcError):  # it has ended, or knows nothing of this
            stub: Any = self._stub
            await stub.Cancel(empty_pb2.Empty())

    async def close(self) -> None:
        await self._channel.close()
        await self._child.stop()

    async def _ask(self, method: str, urn: str, *, by: str = "", **fields: Any) -> Any:
        """Make a call about a resource, which every request names alike; `by` shares its request."""
        request = getattr(provider_pb2, f"{method}Request")(
            urn=urn, name=name_of(urn), type=type_of(urn), **fields
        )
        return await self._call(by or method, request, urn)

    async def _call(self, method: str, request: Any, urn: str) -> Any:
        try:
            return await getattr(self._stub, method)(request)
        except grpc.aio.AioRpcError as error:
            if error.code() == grpc.StatusCode.UNIMPLEMENTED:
                raise NoAnswerError(f"the provider does not answer {method}") from None
            if error.code() != grpc.StatusCode.UNAVAILABLE:
                raise ProviderError(error.details() or f"{method} failed without a reason.") from None
            raise ProviderError(await self._death(method, urn)) from None

    async def _death(self, method: str, urn: str) -> str:
        return (
            f"the provider process {await self._child.fate()} during {method.lower()} of {urn}. Whether the "
            "call took effect is not known: run `refresh`, then try again."
        )

    def _sent(self, properties: Properties) -> Struct:
        return to_struct(
            properties,
            keep_secrets=self._takes.acceptSecrets,
            keep_resources=self._takes.acceptResources,
        )

    def _received(self, struct: Struct, sent: Properties) -> Properties:
        """What it answers; it cannot know what was secret in what it was sent, unless it takes secrets."""
        received = from_struct(struct)
        return received if self._takes.acceptSecrets else with_secrets(received, sent)


def failures(response: provider_pb2.CheckResponse) -> tuple[CheckFailure, ...]:
    """What a provider objects to."""
    return tuple(CheckFailure(each.property, each.reason) for each in response.failures)


def found_difference(response: provider_pb2.DiffResponse) -> Difference:
    """The difference as a provider tells it."""
    return Difference(
        changes=response.changes == provider_pb2.DiffResponse.DIFF_SOME,
        replace_keys=tuple(response.replaces),
        changed_keys=tuple(response.diffs),
        detail=_detail(response),
        delete_before_replace=response.deleteBeforeReplace,
    )


def _detail(response: provider_pb2.DiffResponse) -> Mapping[str, DifferenceKind] | None:
    """The kinds of difference by path, where the provider tells them."""
    if not response.hasDetailedDiff:
        return None
    kinds = provider_pb2.PropertyDiff.Kind
    return {
        path: cast(DifferenceKind, kinds.Name(each.kind).lower().replace("_", "-"))
        for path, each in response.detailedDiff.items()
    }
