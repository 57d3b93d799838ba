"""Who plays the resources of a package: a process of its own, a fake, or the engine itself.

A process plays dynamic resources, and those of a plugin that is a module of the program's Python. The engine
plays Pulumi's own, which read other stacks. All others have fakes, where there are any.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pulumi_auth0_apis.engine.children.builtin import BuiltinProvider, StackOutputs, no_stack
from pulumi_auth0_apis.engine.children.fakes import FakeProvider, Fakes, answer
from pulumi_auth0_apis.engine.children.providers import Provider
from pulumi_auth0_apis.engine.model import unsupported
from pulumi_auth0_apis.engine.model.urns import (
    BUILTIN_PACKAGE,
    DYNAMIC_PACKAGE,
    DYNAMIC_PROVIDER_TYPE,
    PROVIDER_TYPE_PREFIX,
    package_of,
)
from pulumi_auth0_apis.engine.model.values import Properties, Unknown, contains

Plugins = Mapping[str, str]
"""Provider plugins by package: the module that serves one, by `python -m <module> <engine's address>`."""


@dataclass(frozen=True, kw_only=True)
class Players:
    """Who plays what in one operation."""

    plugins: Plugins = field(default_factory=dict)

    fakes: Fakes | None = None
    """None where other providers are refused; no entry is needed for their resources to be played."""
    stack_outputs: StackOutputs = no_stack

    def is_other(self, resource_type: str) -> bool:
        """Whether a type is of a provider that is not here, so that a fake has to play it."""
        package = package_of(resource_type.removeprefix(PROVIDER_TYPE_PREFIX))
        return package not in (DYNAMIC_PACKAGE, BUILTIN_PACKAGE, *self.plugins)

    def is_process(self, provider_type: str) -> bool:
        """Whether a provider of a type runs in a process of its own."""
        return provider_type == DYNAMIC_PROVIDER_TYPE or self.is_plugin(provider_type)

    def is_plugin(self, provider_type: str) -> bool:
        """Whether a provider of a type is a plugin that is here."""
        return provider_type.removeprefix(PROVIDER_TYPE_PREFIX) in self.plugins

    def provider(self, provider_type: str) -> Provider:
        """A provider that needs no process. Raises `UnsupportedError` where no fake may play it."""
        if not self.is_other(provider_type):
            return BuiltinProvider(self.stack_outputs)
        return FakeProvider(self._fakes(f"The provider {provider_type}"))

    def require(self, resource_type: str) -> None:
        """Raise `UnsupportedError` where nobody here plays a resource of a type."""
        if self.is_other(resource_type):
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
