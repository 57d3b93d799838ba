"""Transforms: functions of the program that change registrations before the engine sees them.

First those of the resource itself, then those of its ancestors, then those of the stack, as in
`RegisterResource` of `pkg/resource/deploy/source_eval.go` of pulumi/pulumi. A transform gets and returns
messages of the protocol; so it is on the request that they work, and what comes of it is read like any other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final

from google.protobuf.struct_pb2 import Struct
from pulumi.runtime.proto import alias_pb2, resource_pb2

from pulumi_auth0_apis.engine.children.callbacks import Callbacks
from pulumi_auth0_apis.engine.model.values import OutputValue, Secret
from pulumi_auth0_apis.engine.model.wire import from_struct, to_struct

_FIELDS: Final = {
    "additional_secret_outputs": "additionalSecretOutputs",
    "custom_timeouts": "customTimeouts",
    "deleted_with": "deletedWith",
    "depends_on": "dependencies",
    "hide_diff": "hideDiffs",
    "hooks": "hooks",
    "ignore_changes": "ignoreChanges",
    "import": "importId",
    "plugin_download_url": "pluginDownloadURL",
    "protect": "protect",
    "provider": "provider",
    "providers": "providers",
    "replace_on_changes": "replaceOnChanges",
    "replace_with": "replace_with",
    "replacement_trigger": "replacement_trigger",
    "retain_on_delete": "retainOnDelete",
    "version": "version",
}
"""The options that a transform sees, and a registration's fields for them, of which older SDKs lack some."""


class Transforms:
    """The transforms that a program has registered, and whose they are."""

    def __init__(self, callbacks: Callbacks) -> None:
        self._callbacks = callbacks
        self._of_stack: list[Any] = []
        self._of_functions: list[Any] = []
        self._of_resources: dict[str, list[Any]] = defaultdict(list)
        self._parents: dict[str, str] = {}

    def add(self, callback: Any) -> None:
        """Let a function change every registration from now on."""
        self._of_stack.append(callback)

    def add_for_functions(self, callback: Any) -> None:
        """Let a function change the arguments of every function of a provider from now on."""
        self._of_functions.append(callback)

    def note(self, urn: str, request: Any) -> None:
        """Remember what a registered resource has for its children."""
        self._parents[urn] = request.parent
        if own := list(_own(request)):
            self._of_resources[urn] = own

    async def applied(self, request: Any) -> Any:
        """The registration as the transforms make it. Raises `EngineError` where one of them raises."""
        own = list(_own(request))
        transforms = [*own, *self._of_ancestors(request.parent), *self._of_stack]
        if not transforms:
            return request
        properties = _with_dependencies(request) if own else request.object
        options = _options(request)
        for each in transforms:
            asked = resource_pb2.TransformRequest(
                type=request.type,
                name=request.name,
                custom=request.custom,
                parent=request.parent,
                properties=properties,
                options=options,
            )
            answer = resource_pb2.TransformResponse.FromString(await self._callbacks.call(each, asked))
            properties = answer.properties if answer.HasField("properties") else properties
            options = answer.options if answer.HasField("options") else options
        return _changed(request, properties, options, rebuilds=bool(own))

    async def applied_to_arguments(self, token: str, arguments: Struct) -> Struct:
        """The arguments of a function as the transforms make them."""
        for each in self._of_functions:
            asked = resource_pb2.TransformInvokeRequest(token=token, args=arguments)
            answer = resource_pb2.TransformInvokeResponse.FromString(await self._callbacks.call(each, asked))
            arguments = answer.args if answer.HasField("args") else arguments
        return arguments

    def _of_ancestors(self, urn: str) -> Iterator[Any]:
        while urn:
            yield from self._of_resources.get(urn, ())
            urn = self._parents.get(urn, "")


def _own(request: Any) -> Iterator[Any]:
    """The transforms of a registration itself, which an older SDK's request has no field for."""
    yield from getattr(request, "transforms", ())


def _with_dependencies(request: Any) -> Struct:
    """The properties, each with the resources that it depends on."""
    properties = from_struct(request.object, keep_outputs=True)
    named = {key: set(each.urns) for key, each in request.propertyDependencies.items()}
    depending = {
        key: _depending(value, named.get(key, set()) if named else set(request.dependencies))
        for key, value in properties.items()
    }
    return to_struct(depending, keep_outputs=True)


def _depending(value: Any, urns: set[str]) -> Any:
    if urns <= set(_dependencies(value)):
        return value
    output = value if isinstance(value, OutputValue) else OutputValue(value)
    merged = tuple(sorted({*output.dependencies, *urns}))
    return OutputValue(output.value, known=output.known, secret=output.secret, dependencies=merged)


def _dependencies(value: Any) -> Iterator[str]:
    """The resources on which any part of a value depends."""
    if isinstance(value, OutputValue):
        yield from value.dependencies
    if isinstance(value, OutputValue | Secret):
        yield from _dependencies(value.value)
    elif isinstance(value, Mapping | list):
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from _dependencies(item)


def _options(request: Any) -> Any:
    """The options of a registration, as a transform sees them."""
    options = resource_pb2.TransformResourceOptions()
    for name, field in _FIELDS.items():
        _copy(request, field, options, name)
    if request.deleteBeforeReplaceDefined or request.deleteBeforeReplace:
        options.delete_before_replace = request.deleteBeforeReplace
    options.aliases.extend(alias_pb2.Alias(urn=urn) for urn in request.aliasURNs)
    options.aliases.extend(request.aliases)
    return options


def _changed(request: Any, properties: Struct, options: Any, *, rebuilds: bool) -> Any:
    """The registration with other properties and options.

    Where its own transforms ran, they have the say on what it depends on; those of others leave that alone.
    """
    changed = resource_pb2.RegisterResourceRequest()
    changed.CopyFrom(request)
    changed.object.CopyFrom(properties)
    for name, field in _FIELDS.items():
        if rebuilds or field != "dependencies":
            _replace(options, name, changed, field)
    changed.deleteBeforeReplaceDefined = options.HasField("delete_before_replace")
    changed.deleteBeforeReplace = options.delete_before_replace
    changed.ClearField("aliasURNs")
    changed.ClearField("aliases")
    changed.aliases.extend(options.aliases)
    _note_dependencies(changed, from_struct(properties, keep_outputs=True), rebuilds=rebuilds)
    return changed


def _note_dependencies(request: Any, properties: Mapping[str, Any], *, rebuilds: bool) -> None:
    if rebuilds:
        request.ClearField("propertyDependencies")
    elif not request.propertyDependencies:
        for key in properties:
            request.propertyDependencies[key].urns.extend(request.dependencies)
    for key, value in properties.items():
        urns = {*request.propertyDependencies[key].urns, *_dependencies(value)}
        request.propertyDependencies[key].urns[:] = sorted(urns)
        if rebuilds:
            request.dependencies.extend(sorted(urns - set(request.dependencies)))


def _replace(source: Any, field: str, target: Any, name: str) -> None:
    if name in target.DESCRIPTOR.fields_by_name:
        target.ClearField(name)
        _copy(source, field, target, name)


def _copy(source: Any, field: str, target: Any, name: str) -> None:
    """Copy a field to one of another name, where both messages have it."""
    described = source.DESCRIPTOR.fields_by_name.get(field)
    if described is None or name not in target.DESCRIPTOR.fields_by_name:
        return
    value = getattr(source, field)
    if hasattr(value, "items"):
        getattr(target, name).update(value)
    elif hasattr(value, "extend"):
        getattr(target, name).extend(value)
    elif described.has_presence and not source.HasField(field):
        return
    elif described.message_type:
        getattr(target, name).CopyFrom(value)
    else:
        setattr(target, name, value)
