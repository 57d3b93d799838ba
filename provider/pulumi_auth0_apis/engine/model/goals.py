"""The goals of a program: resources as it wants them, with their options."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from google.protobuf.struct_pb2 import Struct

from pulumi_auth0_apis.engine.model import unsupported
from pulumi_auth0_apis.engine.model.aliases import Alias
from pulumi_auth0_apis.engine.model.problems import EngineError, UnsupportedError
from pulumi_auth0_apis.engine.model.state import ResourceState
from pulumi_auth0_apis.engine.model.urns import DYNAMIC_PACKAGE, package_of, provider_urn, type_of
from pulumi_auth0_apis.engine.model.values import Properties
from pulumi_auth0_apis.engine.model.wire import from_struct

_SECONDS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 1e-3, "us": 1e-6, "µs": 1e-6, "ns": 1e-9}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|us|µs|ns|h|m|s)")


@dataclass(frozen=True, kw_only=True)
class Goal:
    """A registration of a resource; what the program left open is None."""

    type: str
    name: str
    custom: bool = True
    properties: Properties = field(default_factory=dict)
    parent: str = ""
    provider: str = ""
    providers: Mapping[str, str] = field(default_factory=dict)
    dependencies: tuple[str, ...] = ()
    property_dependencies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    protect: bool | None = None
    retain_on_delete: bool | None = None
    delete_before_replace: bool | None = None
    deleted_with: str = ""
    replace_with: tuple[str, ...] = ()
    import_id: str = ""
    """The id by which the program wants to manage what somebody else has made."""
    replacement_trigger: Any = None
    ignore_changes: tuple[str, ...] = ()
    hide_diffs: tuple[str, ...] = ()
    replace_on_changes: tuple[str, ...] = ()
    additional_secret_outputs: tuple[str, ...] = ()
    aliases: tuple[Alias, ...] = ()
    custom_timeouts: Mapping[str, float] = field(default_factory=dict)
    hooks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    source_position: str = ""

    @classmethod
    def from_request(cls, request: Any, source_position: str = "") -> Goal:
        """Read a `RegisterResourceRequest`. Raises `UnsupportedError` for an option we have not."""
        for refusal in _refused(request):
            raise refusal
        properties = from_struct(request.object, keep_assets=package_of(request.type) != DYNAMIC_PACKAGE)
        dependencies = tuple(sorted(request.dependencies))
        by_property = {key: tuple(sorted(each.urns)) for key, each in request.propertyDependencies.items()}
        defined = request.deleteBeforeReplaceDefined or request.deleteBeforeReplace
        return cls(
            type=request.type,
            name=request.name,
            custom=request.custom,
            properties=properties,
            parent=request.parent,
            provider=request.provider,
            providers=dict(request.providers),
            dependencies=dependencies,
            property_dependencies=by_property or dict.fromkeys(properties, dependencies),
            protect=request.protect if request.HasField("protect") else None,
            retain_on_delete=request.retainOnDelete if request.HasField("retainOnDelete") else None,
            delete_before_replace=request.deleteBeforeReplace if defined else None,
            deleted_with=request.deletedWith,
            replace_with=tuple(getattr(request, "replace_with", ())),
            import_id=request.importId,
            replacement_trigger=_trigger(request),
            ignore_changes=tuple(request.ignoreChanges),
            hide_diffs=tuple(getattr(request, "hideDiffs", ())),
            replace_on_changes=tuple(request.replaceOnChanges),
            additional_secret_outputs=tuple(request.additionalSecretOutputs),
            aliases=_aliases(request),
            custom_timeouts=_timeouts(request.customTimeouts),
            hooks=_hooks(request),
            source_position=source_position,
        )

    def inheriting(self, parent: Goal) -> Goal:
        """Take over what a child has from its parent where it says nothing itself."""
        return replace(
            self,
            protect=self.protect if self.protect is not None else parent.protect,
            retain_on_delete=(
                self.retain_on_delete if self.retain_on_delete is not None else parent.retain_on_delete
            ),
            deleted_with=self.deleted_with or parent.deleted_with,
            provider=self.provider or self._provider_of(parent),
            providers=self.providers if self.custom else {**parent.providers, **self.providers},
        )

    def needs(self) -> Iterator[str]:
        """The URNs that the resource cannot be without."""
        yield from (self.parent, provider_urn(self.provider), self.deleted_with)
        yield from self.replace_with
        yield from self.dependencies
        for urns in self.property_dependencies.values():
            yield from urns

    def _provider_of(self, parent: Goal) -> str:
        package = package_of(self.type)
        if not self.custom:
            return parent.provider
        if package in self.providers:
            return self.providers[package]
        if package in parent.providers and not parent.custom:
            return parent.providers[package]
        of_parent = provider_urn(parent.provider)
        return parent.provider if of_parent and type_of(of_parent).endswith(f":{package}") else ""


def _refused(request: Any) -> Iterator[UnsupportedError]:
    """Why a registration is refused, for each option that is."""
    given = {each.name for each, _ in request.ListFields()}
    of_a_plugin = unsupported.OPTIONS_OF_A_PLUGIN if package_of(request.type) == DYNAMIC_PACKAGE else {}
    for option, (name, kind) in {**unsupported.OPTIONS, **of_a_plugin}.items():
        if name in given:
            yield kind.error(f"The resource option `{option}` (on {request.name!r}, {request.type})")


def _hooks(request: Any) -> dict[str, tuple[str, ...]]:
    """The names of hooks by moment, as a state has them; an older SDK's request has no field for them."""
    binding = getattr(request, "hooks", None)
    given = binding.ListFields() if binding is not None else ()
    return {"".join(map(str.title, each.name.split("_"))): tuple(names) for each, names in given}


def _trigger(request: Any) -> Any:
    """The value whose change replaces a resource; an older SDK's request has no field for it."""
    if "replacement_trigger" not in {field.name for field, _ in request.ListFields()}:
        return None
    return from_struct(Struct(fields={"trigger": request.replacement_trigger}))["trigger"]


def _aliases(request: Any) -> tuple[Alias, ...]:
    """Former names, as URNs from SDKs that resolve them themselves, else as the program has written them."""
    urns = [Alias(urn=urn) for urn in request.aliasURNs]
    return (*urns, *(Alias.from_request(alias) for alias in request.aliases))


def _timeouts(request: Any) -> dict[str, float]:
    """The timeouts that are given. An older SDK's request has no field for some of them."""
    return {each.name: seconds(text) for each, text in request.ListFields()}


def seconds(duration: str) -> float:
    """Read a duration like `1h30m` or `5s`. Raises `EngineError` when it is none."""
    parts = _DURATION.findall(duration)
    if not parts or "".join(amount + unit for amount, unit in parts) != duration:
        raise EngineError(f"The custom timeout {duration!r} is no duration.", "Write it like 5m or 1h30m.")
    return sum(float(amount) * _SECONDS[unit] for amount, unit in parts)


def wanted(urn: str, goal: Goal, old: ResourceState | None) -> ResourceState:
    """The state of a resource as the program wants it, before its provider has seen it."""
    return ResourceState(
        urn=urn,
        custom=goal.custom,
        type=goal.type,
        inputs=goal.properties,
        parent=goal.parent,
        protect=bool(goal.protect),
        dependencies=goal.dependencies,
        provider=goal.provider,
        property_dependencies=goal.property_dependencies,
        additional_secret_outputs=goal.additional_secret_outputs,
        aliases=(old.urn,) if old and old.urn != urn else (),
        custom_timeouts=goal.custom_timeouts,
        import_id=goal.import_id,
        retain_on_delete=bool(goal.retain_on_delete),
        deleted_with=goal.deleted_with,
        replace_with=goal.replace_with,
        replacement_trigger=goal.replacement_trigger,
        resource_hooks=goal.hooks,
        source_position=goal.source_position,
        ignore_changes=goal.ignore_changes,
        hide_diff=goal.hide_diffs,
        replace_on_changes=goal.replace_on_changes,
        created=old.created if old else "",
        modified=old.modified if old else "",
    )
