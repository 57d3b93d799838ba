"""The state that a deployment leaves: the resources of a stack and the operations that were not finished."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

from pulumi_auth0_apis.engine.model.state import (
    Decrypt,
    Encrypt,
    IntegrityError,
    PendingOperation,
    ResourceState,
    timestamp,
)
from pulumi_auth0_apis.engine.model.urns import STACK_TYPE
from pulumi_auth0_apis.engine.model.values import Properties


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

    @property
    def stack_outputs(self) -> Properties:
        """The outputs of the stack; none before it has any."""
        return next((state.outputs for state in self.resources if state.type == STACK_TYPE), {})

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
    for urn in resource.replace_with:
        yield "replace-with resource", urn


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
