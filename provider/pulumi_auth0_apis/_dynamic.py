"""The dynamic protocol of Pulumi's SDK, on `Operations`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pulumi.dynamic import (
    CheckFailure,
    CheckResult,
    ConfigureRequest,
    CreateResult,
    DiffResult,
    ReadResult,
    ResourceProvider,
    UpdateResult,
)

from auth0_api_vocabulary.families import in_our_words
from pulumi_auth0_apis._guard import hide_stacks, one_paragraph
from pulumi_auth0_apis._operations import Operations

if TYPE_CHECKING:
    from pulumi_auth0_apis._holdings import Holdings
    from pulumi_auth0_apis._lifecycle import ManagedObject, ObjectProvider
    from pulumi_auth0_apis.management import Session

PROVIDER_KEY = "__provider"
"""The property in which the SDK keeps the provider itself, in every state."""


class DynamicProvider(ResourceProvider):
    """The provider of one kind of resource, as the SDK calls it."""

    serialize_as_secret_always = False

    def __init__(self, provider: ObjectProvider, holdings: Holdings) -> None:
        super().__init__()
        self.operations = Operations(provider, holdings, lambda: self.session)
        self.config: Mapping[str, str] = {}

    def configure(self, req: ConfigureRequest) -> None:
        """Keep the configuration. Nothing is resolved before the first call: preview needs no credentials."""
        from pulumi_auth0_apis.management.settings import KEYS, domain_of

        hide_stacks()
        values = {key: req.config.get(key) for key in KEYS}
        self.config = {key: value for key, value in values.items() if value is not None}
        self.operations.holdings.domain = domain_of(self.config)

    @property
    def session(self) -> Session:
        """The connection to the tenant. Its settings are resolved here; its first call fetches the token."""
        from pulumi_auth0_apis.management import session_for

        return session_for(self.config)

    def is_news(self, text: str) -> bool:
        """Whether this process has not told it yet."""
        return self.operations.holdings.is_news(text)

    @one_paragraph
    def check(self, _olds: dict[str, Any], news: dict[str, Any]) -> CheckResult:
        inputs, failures = self.operations.check(self._own(_olds), self._own(news))
        # The engine prints the value of a property that a failure names, secrets included: so none is named.
        return CheckResult(
            inputs, [CheckFailure("", ": ".join(filter(None, failure))) for failure in failures]
        )

    @one_paragraph
    def diff(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> DiffResult:
        found = self.operations.diff(_id, self._own(_olds), self._own(_news))
        return DiffResult(
            changes=None,  # the engine finds the changes themselves, by comparing inputs
            replaces=list(found.replaces),
            delete_before_replace=found.delete_before_replace,
        )

    @one_paragraph
    def create(self, props: dict[str, Any]) -> CreateResult:
        id_, outputs = self.operations.create(self._own(props))
        return CreateResult(id_, outputs)

    @one_paragraph
    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:
        found = self.operations.read(id_, self._own(props))
        return ReadResult(None, {}) if found is None else ReadResult(found.id, found.outputs, found.inputs)

    @one_paragraph
    def update(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> UpdateResult:
        return UpdateResult(self.operations.update(_id, self._own(_olds), self._own(_news)))

    @one_paragraph
    def delete(self, _id: str, _props: dict[str, Any]) -> None:
        self.operations.delete(_id, self._own(_props))

    def _own(self, props: Mapping[str, Any]) -> ManagedObject:
        """What is not the SDK's. What a stack holds that was moved here from the plugin is in camelCase."""
        own = {name: value for name, value in props.items() if name != PROVIDER_KEY}
        return own if all(map(str.islower, own)) else in_our_words(own)
