"""The state that a deployment leaves: the resources of a stack and the operations that were not finished.

The written form is version 3 of Pulumi's checkpoint (version 4 is the same with named features), described by
https://github.com/pulumi/pulumi/blob/master/sdk/go/common/apitype/core.go. Fields that this engine has no use
for are kept as they were read and written back untouched.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import Any, Final, Literal, Self

from pulumi_auth0_apis.engine.model.problems import EngineError, UnsupportedError
from pulumi_auth0_apis.engine.model.values import Properties, from_checkpoint, to_checkpoint

Encrypt = Callable[[str], str]
Decrypt = Callable[[str], str]
OperationType = Literal["creating", "updating", "deleting", "reading"]


@dataclass(frozen=True, kw_only=True)
class ResourceState:
    """One resource of a stack, in the words of Pulumi's `apitype.ResourceV3` and in its order.

    It never changes: a step makes a new one with `dataclasses.replace`. Times are RFC 3339 text.
    """

    urn: str
    custom: bool = False
    """Managed by a provider; a component is not."""
    delete: bool = False
    """Replaced already; this one is only still here to be deleted."""
    id: str = ""
    type: str
    inputs: Properties = field(default_factory=dict)
    outputs: Properties = field(default_factory=dict)
    parent: str = ""
    protect: bool = False
    taint: bool = False
    """`pulumi state taint` asked for its replacement."""
    external: bool = False
    """Read, not managed."""
    dependencies: tuple[str, ...] = ()
    init_errors: tuple[str, ...] = ()
    provider: str = ""
    property_dependencies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pending_replacement: bool = False
    """Deleted for a replacement that does not exist yet."""
    additional_secret_outputs: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    custom_timeouts: Mapping[str, float] = field(default_factory=dict)
    """Seconds, by `create`, `update`, `delete`, `read`."""
    import_id: str = ""
    retain_on_delete: bool = False
    deleted_with: str = ""
    replace_with: tuple[str, ...] = ()
    created: str = ""
    modified: str = ""
    source_position: str = ""
    ignore_changes: tuple[str, ...] = ()
    hide_diff: tuple[str, ...] = ()
    replace_on_changes: tuple[str, ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)
    """Fields that this engine does not know, as the file has them."""

    def to_json(self, encrypt: Encrypt | None) -> dict[str, Any]:
        """Write it for a checkpoint; `encrypt` None shows secrets. What is empty is left out."""
        written: dict[str, Any] = {}
        for name, attribute in _WRITTEN_AS.items():
            value = getattr(self, attribute)
            if value or attribute in _ALWAYS:
                written[name] = _write(attribute, value, encrypt)
        return {**written, **self.more}

    @classmethod
    def from_json(cls, written: Mapping[str, Any], decrypt: Decrypt) -> Self:
        """Read it. Raises `EngineError` where a required field is missing or a value is malformed."""
        _require(written)
        known = {
            attribute: _read(attribute, written[name], decrypt)
            for name, attribute in _WRITTEN_AS.items()
            if name in written
        }
        more = {name: value for name, value in written.items() if name not in _WRITTEN_AS}
        return cls(**known, more=more)


def _camel(attribute: str) -> str:
    if attribute == "import_id":
        return "importID"
    head, *tail = attribute.split("_")
    return head + "".join(word.title() for word in tail)


_WRITTEN_AS: Final = {_camel(each.name): each.name for each in fields(ResourceState) if each.name != "more"}
_ALWAYS: Final = ("urn", "custom", "type")
_LISTS: Final = frozenset(each.name for each in fields(ResourceState) if each.default == ())


def _write(attribute: str, value: Any, encrypt: Encrypt | None) -> Any:
    if attribute in ("inputs", "outputs"):
        return to_checkpoint(value, encrypt)
    if attribute == "property_dependencies":
        return {key: list(value[key]) for key in sorted(value)}
    return list(value) if attribute in _LISTS else value


def _read(attribute: str, value: Any, decrypt: Decrypt) -> Any:
    if attribute in ("inputs", "outputs"):
        return from_checkpoint(value, decrypt)
    if attribute == "property_dependencies":
        return {key: tuple(urns or ()) for key, urns in (value or {}).items()}
    return tuple(value or ()) if attribute in _LISTS else value


def _require(written: Mapping[str, Any]) -> None:
    urn = written.get("urn")
    if not isinstance(urn, str) or not urn:
        raise IntegrityError("a resource has no urn")
    if not written.get("type"):
        raise IntegrityError(f"the resource {urn} has no type")
    if not written.get("custom") and written.get("id"):
        raise IntegrityError(f"the resource {urn} is no custom resource and has an id all the same")


@dataclass(frozen=True)
class PendingOperation:
    """An operation that began and whose end no run has recorded."""

    resource: ResourceState
    type: OperationType

    def to_json(self, encrypt: Encrypt | None) -> dict[str, Any]:
        return {"resource": self.resource.to_json(encrypt), "type": self.type}

    @classmethod
    def from_json(cls, written: Mapping[str, Any], decrypt: Decrypt) -> Self:
        return cls(ResourceState.from_json(written["resource"], decrypt), written["type"])


class IntegrityError(EngineError):
    """A state contradicts itself; nothing may be built on it."""


@dataclass(kw_only=True)
class Snapshot:
    """The state of a stack: its resources in the order of their dependencies."""

    resources: list[ResourceState] = field(default_factory=list)
    pending_operations: list[PendingOperation] = field(default_factory=list)
    secrets_provider: Mapping[str, Any] | None = None
    """`{"type": "passphrase", "state": {"salt": …}}`; None as long as nobody has chosen one."""
    manifest: Mapping[str, Any] = field(default_factory=dict)
    metadata: Mapping[str, Any] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)
    """Parts that this engine does not know, as the file has them."""

    def to_json(self, encrypt: Encrypt | None) -> dict[str, Any]:
        """Write it as Pulumi's `apitype.DeploymentV3`."""
        return self.assemble(
            [resource.to_json(encrypt) for resource in self.resources],
            [operation.to_json(encrypt) for operation in self.pending_operations],
        )

    def assemble(self, resources: list[Any], pending_operations: list[Any]) -> dict[str, Any]:
        """Put written resources and operations into the deployment they belong to."""
        written: dict[str, Any] = {"manifest": self.manifest or new_manifest()}
        if self.secrets_provider:
            written["secrets_providers"] = self.secrets_provider
        if resources:
            written["resources"] = resources
        if pending_operations:
            written["pending_operations"] = pending_operations
        return {**written, "metadata": self.metadata, **self.more}

    @classmethod
    def from_json(cls, written: Mapping[str, Any], decrypt: Decrypt) -> Self:
        """Read a deployment. Raises `IntegrityError` for one that is not whole."""
        more = {key: value for key, value in written.items() if key not in _PARTS}
        return cls(
            resources=[ResourceState.from_json(each, decrypt) for each in written.get("resources") or ()],
            pending_operations=[
                PendingOperation.from_json(each, decrypt) for each in written.get("pending_operations") or ()
            ],
            secrets_provider=written.get("secrets_providers"),
            manifest=written.get("manifest") or {},
            metadata=written.get("metadata") or {},
            more=more,
        )

    def verify(self) -> None:
        """Check it by Pulumi's own rules. Raises `IntegrityError` at the first that is broken."""
        _verify_magic(self.manifest)
        all_urns = {resource.urn for resource in self.resources}
        seen: set[str] = set()
        providers: set[str] = set()
        for resource in self.resources:
            _verify_provider(resource, providers)
            for relation, urn in _relations(resource):
                _verify_relation(resource, relation, urn, seen, all_urns)
            seen.add(resource.urn)
        _verify_unique(self.resources)


_PARTS: Final = frozenset(
    {"manifest", "secrets_providers", "resources", "pending_operations", "metadata"},
)


def new_manifest(version: str = "") -> dict[str, str]:
    """When a state was written, and by which engine; `magic` is what Pulumi derives from the version."""
    magic = hashlib.sha256(version.encode()).hexdigest() if version else ""
    return {"time": timestamp(), "magic": magic, "version": version}


def timestamp() -> str:
    """The current time as checkpoints write it."""
    return datetime.now(UTC).isoformat().replace("+00:00", "Z")


def _verify_magic(manifest: Mapping[str, Any]) -> None:
    version = manifest.get("version", "")
    expected = hashlib.sha256(version.encode()).hexdigest() if version else ""
    if manifest.get("magic", "") != expected:
        raise IntegrityError(
            "the manifest's magic number does not fit its version: possible tampering or corruption"
        )


def _verify_provider(resource: ResourceState, providers: set[str]) -> None:
    if resource.type.startswith("pulumi:providers:"):
        providers.add(f"{resource.urn}::{resource.id}")
    if resource.provider and resource.provider not in providers and not resource.pending_replacement:
        raise IntegrityError(
            f"the resource {resource.urn} refers to the unknown provider {resource.provider}"
        )


def _relations(resource: ResourceState) -> Iterable[tuple[str, str]]:
    if resource.parent:
        yield "parent", resource.parent
    for urn in resource.dependencies:
        yield "dependency", urn
    for urns in resource.property_dependencies.values():
        for urn in urns:
            yield "property dependency", urn
    if resource.deleted_with:
        yield "deleted-with resource", resource.deleted_with


def _verify_relation(
    resource: ResourceState, relation: str, urn: str, seen: set[str], all_urns: set[str]
) -> None:
    if urn in seen:
        return
    found = "comes after it" if urn in all_urns else "is missing"
    raise IntegrityError(f"the {relation} {urn} of the resource {resource.urn} {found}")


def _verify_unique(resources: Iterable[ResourceState]) -> None:
    alive: set[str] = set()
    for resource in resources:
        if resource.delete:
            continue
        if resource.urn in alive:
            raise IntegrityError(
                f"the resource {resource.urn} is there twice and neither is marked for deletion"
            )
        alive.add(resource.urn)


# The document around it ---------------------------------------------------------------------------

HONOURED_FEATURES: Final = frozenset({"taint", "replaceWith"})
"""Features of version 4 that this engine acts on; a state with any other is left to the `pulumi` command."""


def to_checkpoint_document(stack: str, deployment: Mapping[str, Any]) -> dict[str, Any]:
    """Wrap a written deployment as the file of `stack` (`organization/<project>/<stack>`)."""
    features = _features(deployment.get("resources", ()))
    document: dict[str, Any] = {"version": 4, "features": features} if features else {"version": 3}
    return {**document, "checkpoint": {"stack": stack, "latest": deployment}}


def deployment_of(document: Any) -> dict[str, Any]:
    """The written deployment in a checkpoint file; empty for a stack that was never deployed.

    Raises `IntegrityError` for another kind of document, `UnsupportedError` for what only `pulumi` can take.
    """
    version = document.get("version") if isinstance(document, dict) else None
    if version not in (3, 4):
        raise UnsupportedError(f"A state file of version {version}")
    unknown = set(document.get("features") or ()) - HONOURED_FEATURES
    if unknown:
        raise UnsupportedError(f"A state file that needs {', '.join(sorted(unknown))}")
    checkpoint = document.get("checkpoint")
    latest = checkpoint.get("latest") if isinstance(checkpoint, dict) else []
    if latest is not None and not isinstance(latest, dict):
        raise IntegrityError("it holds no checkpoint")
    return latest or {}


_FEATURE_FIELDS: Final = {
    "taint": "taint",
    "replaceWith": "replaceWith",
}


def _features(resources: Iterable[Mapping[str, Any]]) -> list[str]:
    used = {feature for each in resources for feature, name in _FEATURE_FIELDS.items() if each.get(name)}
    return sorted(used)
