"""The state of a plan, as `pulumi up` would have left it: what makes the first preview show no changes."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from auth0_api_vocabulary import ResourceKind, kinds
from pulumi_auth0_apis._dynamic import PROVIDER_KEY
from pulumi_auth0_apis._holdings import new_holder
from pulumi_auth0_apis._lifecycle import outputs_of
from pulumi_auth0_apis._provider import reference
from pulumi_auth0_apis.engine.model.snapshot import Snapshot
from pulumi_auth0_apis.engine.model.state import ResourceState, timestamp
from pulumi_auth0_apis.engine.model.urns import (
    DYNAMIC_PROVIDER_TYPE,
    STACK_TYPE,
    make_urn,
    provider_reference,
)
from pulumi_auth0_apis.engine.model.values import Secret
from pulumi_auth0_apis.importing.plan import (
    ImportPlan,
    PlannedApi,
    PlannedObject,
    PlannedPermission,
    SecretSetting,
)
from pulumi_auth0_apis.stacks.lifecycles import LIFECYCLES


def add_to_snapshot(
    snapshot: Snapshot, plan: ImportPlan, stack: str, project: str, config: Mapping[str, Any]
) -> Snapshot:
    """`snapshot` with the resources of `plan`.

    `config` is the stack's whole configuration by full key, secrets as `Secret`: the engine records it as the
    inputs of the provider, and refresh and destroy use what it recorded.
    """
    return _Checkpoint(snapshot, stack, project, plan.domain).with_plan(plan, config)


class _Checkpoint:
    def __init__(self, snapshot: Snapshot, stack: str, project: str, domain: str) -> None:
        self._snapshot = snapshot
        self._stack = stack
        self._project = project
        self._domain = domain
        self._now = timestamp()
        self._provider = ""

    def with_plan(self, plan: ImportPlan, config: Mapping[str, Any]) -> Snapshot:
        resources = list(self._snapshot.resources)
        if not any(each.type == STACK_TYPE for each in resources):
            name = f"{self._project}-{self._stack}"
            resources.insert(
                0, self._stamped(ResourceState(urn=self._urn(STACK_TYPE, name), type=STACK_TYPE))
            )
        default = next((each for each in resources if each.urn == self._default_provider), None)
        if default is None:
            default = self._new_provider(config)
            resources.append(default)
        self._provider = provider_reference(default.urn, default.id)
        for api in plan.apis:
            resources += self._api(api)
        return replace(self._snapshot, resources=resources)

    @property
    def _default_provider(self) -> str:
        return self._urn(DYNAMIC_PROVIDER_TYPE, "default")

    def _new_provider(self, config: Mapping[str, Any]) -> ResourceState:
        return self._stamped(
            ResourceState(
                urn=self._default_provider,
                custom=True,
                id=str(uuid.uuid4()),
                type=DYNAMIC_PROVIDER_TYPE,
                inputs=dict(config),
                outputs=dict(config),
            )
        )

    def _api(self, api: PlannedApi) -> Iterator[ResourceState]:
        owner: list[str] = []
        if api.inputs is not None:
            yield (state := self._resource(kinds.API, api.name, api.found["id"], api.inputs, api.found))
            owner = [state.urn]
        permissions: dict[str, str] = {}
        for permission in api.permissions:
            yield (state := self._permission(api.identifier, permission, owner))
            permissions[permission.scope] = state.urn
        for each in api.objects:
            yield self._object(each, owner, permissions)

    def _permission(
        self, identifier: str, permission: PlannedPermission, owner: Sequence[str]
    ) -> ResourceState:
        inputs = {"resource_server_identifier": identifier, **permission.inputs}
        id_, uses = f"{identifier}::{permission.scope}", {"resource_server_identifier": owner}
        state = self._resource(kinds.PERMISSION, permission.name, id_, inputs, inputs, uses)
        return replace(state, deleted_with="".join(owner[:1]))

    def _object(
        self, planned: PlannedObject, owner: Sequence[str], permissions: Mapping[str, str]
    ) -> ResourceState:
        kind, found = planned.kind, planned.found
        granted = [permissions[scope] for scope in planned.inputs.get("scopes", ()) if scope in permissions]
        uses = {kind.api: owner, "scopes": granted}
        return self._resource(kind, planned.name, found["id"], planned.inputs, found, uses)

    def _resource(
        self,
        kind: ResourceKind,
        name: str,
        id_: str,
        inputs: Mapping[str, Any],
        found: Mapping[str, Any],
        uses: Mapping[str, Iterable[str]] | None = None,
    ) -> ResourceState:
        """One resource; `uses` are the URNs that each of its inputs refers to."""
        provider = LIFECYCLES[kind]
        plain = {name: _in_clear(value) for name, value in inputs.items()}
        kept = outputs_of(provider, dict(found), plain)
        outputs = {**kept, "managed": sorted(inputs), "domain": self._domain, "holder": new_holder()}
        blob = {PROVIDER_KEY: reference(kind.module)}
        secret = [setting.name for setting in provider.settings if setting.secret]
        depends = {name: tuple((uses or {}).get(name, ())) for name in (PROVIDER_KEY, *inputs)}
        return self._stamped(
            ResourceState(
                urn=self._urn(kind.token, name),
                custom=True,
                id=id_,
                type=kind.token,
                inputs={**_guarded(plain, secret), **blob},
                outputs={**_guarded(outputs, secret), **blob},
                parent=self._urn(STACK_TYPE, f"{self._project}-{self._stack}"),
                provider=self._provider,
                dependencies=tuple(sorted({urn for urns in depends.values() for urn in urns})),
                property_dependencies=depends,
                additional_secret_outputs=tuple(secret),
            )
        )

    def _stamped(self, state: ResourceState) -> ResourceState:
        return replace(state, created=self._now, modified=self._now)

    def _urn(self, token: str, name: str) -> str:
        return make_urn(self._stack, self._project, "", token, name)


def _in_clear(value: Any) -> Any:
    return value.value if isinstance(value, SecretSetting) else value


def _guarded(properties: Mapping[str, Any], secret: Sequence[str]) -> dict[str, Any]:
    return {name: Secret(value) if name in secret else value for name, value in properties.items()}
