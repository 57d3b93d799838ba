"""A provider plugin in a process of its own: what it is asked beyond a dynamic provider.

The questions, and what follows from their answers, are as in `pkg/resource/plugin/provider_plugin.go` of
pulumi/pulumi.
"""

from __future__ import annotations

from typing import Any

from google.protobuf.struct_pb2 import Struct
from pulumi.runtime.proto import provider_pb2

from pulumi_auth0_apis.engine.children.provider_process import (
    NoAnswerError,
    ProviderProcess,
    failures,
    found_difference,
)
from pulumi_auth0_apis.engine.children.providers import Checked, ProviderError, with_secrets
from pulumi_auth0_apis.engine.model.differences import Difference
from pulumi_auth0_apis.engine.model.values import Properties, Secret, contains
from pulumi_auth0_apis.engine.model.wire import from_struct, to_struct


class PluginProcess(ProviderProcess):
    """A provider that looks at its configuration, has functions, and may take part in previews."""

    async def check_configuration(self, urn: str, old: Properties, new: Properties) -> Checked:
        """Validate and complete what it is to be configured with."""
        try:
            response = await self._ask("Check", urn, by="CheckConfig", olds=_clear(old), news=_clear(new))
        except NoAnswerError:
            return await super().check_configuration(urn, old, new)
        return Checked(with_secrets(from_struct(response.inputs), new), failures(response))

    async def diff_configuration(
        self, urn: str, old_inputs: Properties, old_outputs: Properties, new: Properties
    ) -> Difference:
        """The difference that a new configuration makes; where it leaves that open, any is an update."""
        values = {"olds": _clear(old_outputs), "old_inputs": _clear(old_inputs), "news": _clear(new)}
        try:
            response = await self._ask("Diff", urn, by="DiffConfig", **values)
        except NoAnswerError:
            return await super().diff_configuration(urn, old_inputs, old_outputs, new)
        if response.changes == provider_pb2.DiffResponse.DIFF_UNKNOWN:
            return await super().diff_configuration(urn, old_inputs, old_outputs, new)
        return found_difference(response)

    async def invoke(self, token: str, arguments: Properties) -> Properties:
        """Answer for a function: nothing where the configuration, or an argument, is not known yet."""
        if not self.configured:
            return {}
        sent = to_struct(
            arguments,
            keep_secrets=self._takes.acceptSecrets,
            keep_unknowns=False,
            keep_resources=self._takes.acceptResources,
        )
        request = provider_pb2.InvokeRequest(tok=token, args=sent)
        response = await self._call("Invoke", request, token)
        if response.failures:
            raise ProviderError(f"{token}: {'; '.join(_told(each) for each in response.failures)}")
        answer = from_struct(getattr(response, "return"))
        if self._takes.acceptSecrets or not contains(arguments, Secret):
            return answer
        return {key: value if isinstance(value, Secret) else Secret(value) for key, value in answer.items()}


def _told(failure: Any) -> str:
    return ": ".join(filter(None, (failure.property, failure.reason)))


def _clear(configuration: Properties) -> Struct:
    """A configuration before anybody knows what the provider takes."""
    return to_struct(configuration, keep_secrets=False, keep_resources=False)
