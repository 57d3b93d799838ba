"""The providers that the engine plays itself: fakes, and Pulumi's own, which reads other stacks."""

from __future__ import annotations

from dataclasses import dataclass

from pulumi_auth0_apis.engine.children.builtin import BuiltinProvider, StackOutputs, no_stack
from pulumi_auth0_apis.engine.children.fakes import FakeProvider, Fakes, answer
from pulumi_auth0_apis.engine.children.providers import Provider
from pulumi_auth0_apis.engine.model import unsupported
from pulumi_auth0_apis.engine.model.urns import is_other_provider
from pulumi_auth0_apis.engine.model.values import Properties, Unknown, contains


@dataclass(frozen=True, kw_only=True)
class Players:
    """What one operation may play in the engine's own process."""

    fakes: Fakes | None = None
    """None where other providers are refused; no entry is needed for their resources to be played."""
    stack_outputs: StackOutputs = no_stack

    def provider(self, provider_type: str) -> Provider:
        """A provider of a type. Raises `UnsupportedError` where it is another's and there are no fakes."""
        if not is_other_provider(provider_type):
            return BuiltinProvider(self.stack_outputs)
        return FakeProvider(self._fakes(f"The provider {provider_type}"))

    def require(self, resource_type: str) -> None:
        """Raise `UnsupportedError` where nobody here plays a resource of a type."""
        if is_other_provider(resource_type):
            self._fakes(f"The provider of {resource_type}")

    def invoke(self, token: str, arguments: Properties) -> Properties:
        """What a function answers. Raises `UnsupportedError` for one that has no fake."""
        fake = self._fakes(f"The function {token}").get(token)
        if fake is None:
            raise unsupported.FUNCTIONS.error(
                f"The function {token} without a fake",
                f'Tell what it answers: {{"{token}": lambda arguments: {{…}}}}.',
            )
        if contains(arguments, Unknown):
            return {}  # what it would answer is not known in a preview, and no fake is asked
        return answer(token, fake, arguments)

    def _fakes(self, what: str) -> Fakes:
        if self.fakes is None:
            raise unsupported.OTHER_PROVIDERS.error(what)
        return self.fakes
