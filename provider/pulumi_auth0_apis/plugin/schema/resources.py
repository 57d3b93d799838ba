"""The resources in the schema, each from its table of settings."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Any

from auth0_api_vocabulary import ResourceKind, camel_case
from pulumi_auth0_apis._inputs import Setting
from pulumi_auth0_apis._lifecycle import ObjectProvider
from pulumi_auth0_apis.plugin.package import token
from pulumi_auth0_apis.plugin.schema.texts import in_camel_case, of_attributes, of_class, of_setting
from pulumi_auth0_apis.plugin.schema.types import Spec, Types, choices, pascal_case

IDS = {
    "ResourceServer": "its id, or its identifier",
    "Permission": "`<identifier of its API>::<scope>`",
    "ClientGrant": "its id, or `<clientId>::<audience>[::<subjectType>]`",
}
"""What `pulumi import` takes for an object of a class, as `ObjectProvider.read` does."""


def resource(kind: ResourceKind, provider: ObjectProvider, types: Types) -> Spec:
    """One resource. State holds more than its properties: what this package notes for itself is nobody's."""
    cls = getattr(import_module(f"pulumi_auth0_apis.resources.{kind.module}"), kind.cls)
    return {
        "description": f"{in_camel_case(of_class(cls))}\n\n{_import(kind)}",
        "properties": {**properties(provider.settings, types), **_computed(provider, cls)},
        "required": always_told(provider.settings),
        "inputProperties": properties((*provider.settings, *provider.options), types),
        "requiredInputs": [camel_case(each.name) for each in provider.settings if each.required],
        # A stack of the dynamic resources becomes one of these in place.
        "aliases": [{"type": kind.token}],
    }


def properties(settings: Iterable[Setting], types: Types) -> dict[str, Spec]:
    """The settings of a table as properties."""
    return {camel_case(setting.name): _property(setting, types) for setting in settings}


def always_told(settings: Iterable[Setting]) -> list[str]:
    """The properties that a tenant tells of every object."""
    return [camel_case(each.name) for each in settings if each.required or each.answered]


def _property(setting: Setting, types: Types) -> Spec:
    spec = types.of(setting.type, pascal_case(setting.name))
    spec["description"] = of_setting(setting, choices(setting.type))
    if setting.secret:
        spec["secret"] = True
    if setting.on_change == "replace":
        spec["willReplaceOnChanges"] = True
    return spec


def _computed(provider: ObjectProvider, cls: type) -> dict[str, Any]:
    """The outputs that no program gives, with the types and texts of the class's attributes."""
    inputs = {setting.name for setting in provider.settings}
    said = of_attributes(cls)
    return {
        camel_case(name): {"type": _COMPUTED[name], "description": in_camel_case(said[name])}
        for name in provider.computed
        if name not in inputs
    }


_COMPUTED = {"is_system": "boolean", "client_id": "string"}


def _import(kind: ResourceKind) -> str:
    return f"To import one, give {IDS[kind.cls]}: `pulumi import {token(kind.cls)} <name> <id>`."
