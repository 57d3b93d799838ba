"""The calls of Pulumi's provider protocol about one kind of resource, on `Operations`."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from pulumi.runtime.proto import provider_pb2 as proto

from auth0_api_vocabulary import camel_case
from auth0_api_vocabulary.families import FREE, PLUGIN
from pulumi_auth0_apis._inputs import Failure, canonical
from pulumi_auth0_apis._lifecycle import ManagedObject, ObjectProvider
from pulumi_auth0_apis._operations import Operations
from pulumi_auth0_apis.plugin.differences import detailed
from pulumi_auth0_apis.plugin.properties import UNKNOWN, received, sent
from pulumi_auth0_apis.plugin.words import in_their_words

if TYPE_CHECKING:
    from google.protobuf.struct_pb2 import Struct

    from pulumi_auth0_apis._holdings import Holdings
    from pulumi_auth0_apis.management import Session
    from pulumi_auth0_apis.plugin.claims import Claims


class PluginResource:
    """One kind of resource. The engine may ask from any thread; a preview makes no call to the tenant."""

    def __init__(
        self, provider: ObjectProvider, holdings: Holdings, claims: Claims, connect: Callable[[], Session]
    ) -> None:
        self.operations = Operations(provider, holdings, connect)
        self._provider = provider
        self.words = (*provider.settings, *provider.options)
        self._defaults = canonical(self.words, {setting.name: setting.default for setting in self.words})
        self._claims = claims
        self._imported: set[str] = set()
        self._lock = threading.Lock()

    def check(self, request: proto.CheckRequest) -> proto.CheckResponse:
        """The inputs as they are compared and sent, and what is wrong with them, a failure a property."""
        given = self._received(request.news)
        inputs, failures = self.operations.check(self._received(request.olds), given)
        if not failures:
            failures += self._claims.failures(self._provider, request.urn, inputs)
        told = [(self._path(path), in_their_words(reason)) for path, reason in failures]
        told += misspelled(request.news, self.words)
        # The engine prints the value of a property that a failure names, secrets included: so none is named.
        reasons = [": ".join(filter(None, failure)) for failure in told]
        return proto.CheckResponse(
            inputs=self._sent(inputs), failures=[proto.CheckFailure(reason=reason) for reason in reasons]
        )

    def _path(self, path: str) -> str:
        own, dot, rest = path.partition(".")
        if own.partition("[")[0] in FREE:
            return f"{camel_case(own)}{dot}{rest}"
        return camel_case(path)

    def diff(self, request: proto.DiffRequest) -> proto.DiffResponse:
        """What changes, property by property, and which changes need another object."""
        outputs, inputs = self._recorded(request.olds, request.old_inputs), self._received(request.news)
        found = self.operations.diff(request.id, outputs, inputs)
        is_imported = self._is_imported(request.urn)
        before = self._received(request.old_inputs)
        if is_imported:  # the engine asks whether the program says what there is
            before = {name: outputs.get(name, self._defaults.get(name)) for name in inputs} | before
        changes = detailed(PLUGIN.spelled(before), PLUGIN.spelled(inputs))
        replaces = [camel_case(name) for name in found.replaces]
        is_respelled = not is_imported and request.old_inputs != request.news
        return proto.DiffResponse(
            changes=proto.DiffResponse.DIFF_SOME if changes or is_respelled else proto.DiffResponse.DIFF_NONE,
            diffs=list(dict.fromkeys(change.key for change in changes)),
            replaces=replaces,
            deleteBeforeReplace=found.delete_before_replace,
            detailedDiff={change.path: change.kind(replaces) for change in changes},
            hasDetailedDiff=bool(changes),
        )

    def create(self, request: proto.CreateRequest) -> proto.CreateResponse:
        """Make the object; of a preview, what is known of it by now."""
        inputs = self._received(request.properties)
        if request.preview:
            return proto.CreateResponse(properties=self._sent(self._expected(inputs)))
        id_, outputs = self.operations.create(inputs)
        return proto.CreateResponse(id=id_, properties=self._sent(outputs))

    def read(self, request: proto.ReadRequest) -> proto.ReadResponse:
        """The object as the tenant has it: of a state, of a look-up (`get`), or to be imported."""
        if not request.HasField("properties"):
            found = self.operations.import_(request.id)
            with self._lock:
                self._imported.add(request.urn)
        else:
            outputs = self._recorded(request.properties, request.inputs)
            refreshed = self.operations.read(request.id, outputs)
            if refreshed is None:
                return proto.ReadResponse()
            found = refreshed
        return proto.ReadResponse(
            id=found.id, properties=self._sent(found.outputs), inputs=self._sent(found.inputs)
        )

    def update(self, request: proto.UpdateRequest) -> proto.UpdateResponse:
        """Send what has changed; of a preview, what is known of the object by now."""
        outputs, inputs = self._recorded(request.olds, request.old_inputs), self._received(request.news)
        if request.preview:
            kept = {name: value for name, value in outputs.items() if name not in outputs.get("managed", ())}
            return proto.UpdateResponse(properties=self._sent({**kept, **self._expected(inputs, kept)}))
        return proto.UpdateResponse(
            properties=self._sent(self.operations.update(request.id, outputs, inputs))
        )

    def delete(self, request: proto.DeleteRequest) -> None:
        """Remove the object, unless the program still needs it."""
        self.operations.delete(request.id, self._recorded(request.properties, request.old_inputs))

    def _is_imported(self, urn: str) -> bool:
        with self._lock:
            return urn in self._imported

    def _expected(self, inputs: Mapping[str, Any], kept: Mapping[str, Any] = {}) -> ManagedObject:
        """The outputs of a preview. What the tenant will say is not known, its defaults neither.

        `managed` tells a policy which of the unknown ones the program sets.
        """
        told = (*(setting.name for setting in self._provider.settings), *self._provider.computed)
        unknown = {name: UNKNOWN for name in told if name not in kept}
        return {**unknown, **inputs, "managed": self._managed(inputs)}

    def _managed(self, inputs: Mapping[str, Any]) -> list[str]:
        options = {option.name for option in self._provider.options}
        return sorted(name for name in inputs if name not in options)

    def _recorded(self, outputs: Struct, inputs: Struct) -> ManagedObject:
        """Outputs of a state, and what the program manages of them: what its last inputs were.

        A resource that is only read has no record of that, and gets none.
        """
        recorded = self._received(outputs)
        if "managed" not in recorded or not inputs.fields:
            return recorded
        return {**recorded, "managed": self._managed(self._received(inputs))}

    def _received(self, struct: Struct) -> ManagedObject:
        return received(struct)

    def _sent(self, props: Mapping[str, Any]) -> Struct:
        return sent(self.words, props)


def misspelled(news: Struct, settings: tuple[Any, ...]) -> list[Failure]:
    """The inputs that are written as Python's are. Beside the right spelling, one of them would be lost."""
    names = {setting.name for setting in settings}
    return [(name, f"is spelled {camel_case(name)}") for name in news.fields if name in names and "_" in name]
