"""From what was found to what will be declared: named, without defaults and what the stack has already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from auth0_api_vocabulary import OUR_KINDS, kinds
from pulumi_auth0_apis._inputs import canonical, shape_failures
from pulumi_auth0_apis._lifecycle import ObjectProvider, declared
from pulumi_auth0_apis.importing.existing import Existing
from pulumi_auth0_apis.importing.found_objects import FoundApi, FoundObject, FoundObjects, FoundScope
from pulumi_auth0_apis.importing.naming import UniqueNames, api_names, slug
from pulumi_auth0_apis.importing.plan import (
    ImportPlan,
    PlannedApi,
    PlannedApplication,
    PlannedObject,
    PlannedPermission,
    SecretSetting,
)
from pulumi_auth0_apis.stacks.lifecycles import LIFECYCLES

_NOT_READ_BACK = "Auth0 does not give the key back; add it here, with its PEM, to manage it"


def make_plan(
    finding: FoundObjects, existing: Existing | None = None, *, inline_scopes: bool = False
) -> ImportPlan:
    """Plan the resources for everything in `finding` that is not in `existing`.

    With `inline_scopes`, the permissions of an API become its `scopes` setting rather than a resource each.
    """
    return _Planner(finding, existing or Existing(), inline_scopes).plan()


class _Planner:
    def __init__(self, finding: FoundObjects, existing: Existing, inline_scopes: bool) -> None:
        self._finding = finding
        self._existing = existing
        self._inline_scopes = inline_scopes
        self._left_out = list(finding.left_out)
        self._applications: dict[str, PlannedApplication] = {}
        self._keys = UniqueNames(existing.applications)
        self._known_keys = {client_id: key for key, client_id in existing.applications.items()}
        self._names = {kind: UniqueNames(existing.names.get(kind, ())) for kind in OUR_KINDS}

    def plan(self) -> ImportPlan:
        objects = defaultdict(list)
        for each in self._finding.objects:
            if each.settings["id"] not in self._existing.ids.get(each.kind, ()):
                objects[each.settings[each.kind.api]].append(each)
        apis = {api.identifier: api for api in self._finding.apis}
        found = [apis.get(each) or FoundApi(each, None) for each in dict.fromkeys([*apis, *objects])]
        names = self._api_names(found)
        planned = [self._api(api, names[api.identifier], objects[api.identifier]) for api in found]
        return ImportPlan(
            domain=self._finding.domain,
            apis=tuple(
                sorted(
                    (api for api in planned if api.kinds),
                    key=lambda api: (api.inputs is None, api.name),
                )
            ),
            applications=tuple(sorted(self._applications.values(), key=lambda each: each.key)),
            left_out=tuple(self._left_out),
        )

    def _api_names(self, apis: Iterable[FoundApi]) -> dict[str, str]:
        """A resource name for each API: the stack's, the source's, or one made of the identifier."""
        apis = list(apis)
        derived = api_names(api.identifier for api in apis)
        named = {}
        for api in apis:
            known = self._existing.apis.get(api.identifier)
            named[api.identifier] = known or self._names[kinds.API].take(api.name or derived[api.identifier])
        return named

    def _api(self, api: FoundApi, name: str, objects: Iterable[FoundObject]) -> PlannedApi:
        inline = api.inline or self._inline_scopes
        inputs: dict[str, Any] | None = None
        remarks: list[str] = []
        if api.settings is not None and api.identifier not in self._existing.apis:
            inputs, remarks = self._api_inputs(api, inline)
        owned_inline = api.identifier in self._existing.inline or (inline and inputs is not None)
        return PlannedApi(
            name=name,
            title=api.title or api.identifier,
            identifier=api.identifier,
            inputs=inputs and _with_secrets(LIFECYCLES[kinds.API], inputs, name),
            found=api.settings or {},
            permissions=() if owned_inline else tuple(self._permissions(api, name)),
            objects=tuple(sorted(self._objects(name, objects), key=lambda each: each.name)),
            remarks=tuple(remarks),
        )

    def _api_inputs(self, api: FoundApi, inline: bool) -> tuple[dict[str, Any] | None, list[str]]:
        assert api.settings is not None
        chosen = declared(LIFECYCLES[kinds.API], api.settings, api.chosen)
        chosen.pop("scopes", None)
        if inline:
            chosen["scopes"] = [_scope(each) for each in api.scopes]
        inputs, remarks = _acceptable(LIFECYCLES[kinds.API], chosen)
        if inputs is None:
            self._left_out.append(f"The API {api.identifier}: {'; '.join(remarks)}.")
        return inputs, remarks

    def _permissions(self, api: FoundApi, name: str) -> Iterator[PlannedPermission]:
        for scope in api.scopes:
            if (api.identifier, scope.value) in self._existing.permissions:
                continue
            described = {} if scope.description is None else {"description": scope.description}
            inputs = {"resource_server_identifier": api.identifier, "scope": scope.value, **described}
            accepted, remarks = _acceptable(LIFECYCLES[kinds.PERMISSION], inputs)
            if accepted is None:
                self._left_out.append(
                    f"The permission {scope.value!r} of {api.identifier}: {'; '.join(remarks)}."
                )
            else:
                wanted = scope.name or f"{name}/{scope.value}"
                yield PlannedPermission(
                    self._names[kinds.PERMISSION].take(wanted), scope.value, accepted.get("description")
                )

    def _objects(self, api: str, objects: Iterable[FoundObject]) -> Iterator[PlannedObject]:
        for each in objects:
            provider = LIFECYCLES[each.kind]
            inputs, remarks = _acceptable(provider, declared(provider, each.settings, each.chosen))
            if inputs is None:
                self._left_out.append(f"The {each.kind.noun} {each.settings['id']}: {'; '.join(remarks)}.")
                continue
            derived = f"{api}/{self._own_name(each)}"  # which notes its application, too
            name = self._names[each.kind].take(each.name or derived)
            yield PlannedObject(each.kind, name, inputs, each.settings, tuple(remarks))

    def _own_name(self, found: FoundObject) -> str:
        """What tells an object from others of its API: who holds it, and in whose name."""
        kind = found.kind
        given = {name: found.settings[name] for name in kind.key if found.settings.get(name) is not None}
        return "-".join(
            self._application(value).key if name == "client_id" else slug(value)
            for name, value in given.items()
            if name != kind.api and value != kind.key_defaults.get(name)
        )

    def _application(self, client_id: str) -> PlannedApplication:
        if client_id not in self._applications:
            name = self._finding.applications.get(client_id, "")
            key = self._known_keys.get(client_id) or self._keys.take(
                _key(name) or f"application-{slug(client_id)[:8]}"
            )
            self._applications[client_id] = PlannedApplication(key, client_id, name)
        return self._applications[client_id]


def _key(name: str) -> str:
    """An application's word in the configuration; it starts with a letter, so that YAML takes it for text."""
    word = slug(name)
    return f"application-{word}" if word[:1].isdigit() else word


def _scope(scope: FoundScope) -> dict[str, str]:
    return {"value": scope.value} | ({} if scope.description is None else {"description": scope.description})


def _acceptable(
    provider: ObjectProvider, inputs: Mapping[str, Any]
) -> tuple[dict[str, Any] | None, list[str]]:
    """`inputs` without the settings that `check` would refuse, and a remark for each of those.

    None, with the reasons, where what is refused is required.
    """
    accepted, remarks = canonical(provider.settings, inputs), []
    while failures := shape_failures(provider.settings, accepted) or list(provider.check(accepted)):
        refused = {path.partition(".")[0].partition("[")[0]: reason for path, reason in failures}
        fixed = {*provider.key, *(setting.name for setting in provider.settings if setting.required)}
        if refused.keys() & fixed or not refused.keys() & accepted.keys():
            return None, [f"{name} {reason}".strip() for name, reason in refused.items()]
        for name, reason in refused.items():
            accepted.pop(name, None)
            remarks.append(_remark(name, reason))
    return accepted, remarks


def _remark(name: str, reason: str) -> str:
    cause = _NOT_READ_BACK if name == "token_encryption" else reason
    return f"{name} stays as the tenant has it: {cause}."


def _with_secrets(provider: ObjectProvider, inputs: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Refer secret settings to the configuration: `signing_secret` of orders is ordersSigningSecret there."""
    secret = {setting.name for setting in provider.settings if setting.secret}
    return {
        key: SecretSetting(_camel(f"{name} {key}"), value) if key in secret else value
        for key, value in inputs.items()
    }


def _camel(text: str) -> str:
    head, *tail = slug(text).split("-")
    return head + "".join(word.title() for word in tail)
