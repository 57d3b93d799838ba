"""What pages say of a resource's settings, from the tables and from the texts in the classes."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin, is_typeddict

import pulumi_auth0_apis
from auth0_api_vocabulary import snake_case
from pulumi_auth0_apis import _api_objects
from pulumi_auth0_apis._api_settings import SETTINGS, SYSTEM_SETTINGS
from pulumi_auth0_apis._inputs import Setting, model
from pulumi_auth0_apis._lifecycle import ObjectProvider
from pulumi_auth0_apis._resource import Auth0Resource
from pulumi_auth0_apis.plugin.schema.texts import of_attributes
from pulumi_auth0_apis.stacks.lifecycles import LIFECYCLES

REMOVAL = {"default": "the default", "null": "cleared", "keep": "left as it is"}
TYPES = {bool: "true or false", str: "text", int: "whole number"}
KINDS = {"boolean": "true or false", "string": "text", "array": "list", "object": "object"}

Schema = dict[str, Any]


@dataclass(frozen=True)
class Documented:
    """A resource class, and the lifecycle of its objects, which holds its table of settings."""

    cls: type[Auth0Resource]
    provider: ObjectProvider


RESOURCES = {
    kind.cls: Documented(getattr(pulumi_auth0_apis, kind.cls), provider)
    for kind, provider in LIFECYCLES.items()
}


def table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    lines = [list(header), *map(list, rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def short_tables() -> str:
    """What each resource takes, at a glance."""
    header = ("input", "value, limit", "unset means", "on change", "when removed")
    return "\n\n".join(
        f"### [{name}](docs/resources/{snake_case(name)}.md)\n\n"
        f"{table(header, map(_row, each.provider.settings))}"
        for name, each in RESOURCES.items()
    )


def _row(setting: Setting) -> tuple[str, ...]:
    change = "**replace**" if setting.on_change == "replace" else "update"
    removed = "-" if setting.required else REMOVAL[setting.on_removal]
    return f"`{setting.name}`", _value(setting), _unset(setting), change, removed


def _value(setting: Setting) -> str:
    """What may stand in a setting: `required; at least 1 character`."""
    required = "required" if setting.required else ""
    bare = setting.type not in (int, str) and get_origin(setting.type) is not Literal
    kind = _kind(setting.type) if bare or not setting.limit else ""
    return "; ".join(filter(None, [required, kind, setting.limit]))


def _unset(setting: Setting) -> str:
    if setting.required:
        return "-"
    if setting.default is None or setting.default == ():
        return "Auth0 decides" if setting.on_removal == "keep" or setting.type is int else "off"
    return f"`{json.dumps(setting.default)}`"


def _kind(kind: Any) -> str:
    """What a type admits: its name, or the keys of a nested one."""
    if kind in TYPES:
        return TYPES[kind]
    if get_origin(kind) is Sequence:
        return f"list of {_kind(get_args(kind)[0])}"
    if get_origin(kind) is Mapping:
        return "object"
    if is_typeddict(kind):
        return f"`{{{', '.join(kind.__annotations__)}}}`"
    return ", ".join(TYPES[part] for part in get_args(kind) if part in TYPES)


def inputs(name: str) -> str:
    """Each input of a resource: what it does, what may stand in it, what leaving it out means."""
    return "\n".join(map(_item, RESOURCES[name].provider.settings))


def _item(setting: Setting) -> str:
    replaces = setting.on_change == "replace"
    parts = [
        setting.description,
        "A change **replaces**." if replaces else "",
        "" if setting.required else f"Unset: {_unset(setting)}.",
        "" if setting.required or replaces else f"Removed: {REMOVAL[setting.on_removal]}.",
        f"[Source]({setting.source})",
    ]
    return f"- `{setting.name}` ({_value(setting)}). {' '.join(filter(None, parts))}"


def system() -> str:
    """The settings that Auth0 lets change on its own APIs."""
    changeable = (each.name for each in SETTINGS if each.name in SYSTEM_SETTINGS and not each.required)
    return "\n".join(f"- `{name}`" for name in changeable)


def options(name: str) -> str:
    """The inputs of a resource that steer this package and never reach the tenant."""
    return "\n".join(f"- `{each.name}`. {each.description}" for each in RESOURCES[name].provider.options)


def objects(name: str) -> str:
    """The keys of the nested objects among a resource's inputs, by path."""
    schema = model(RESOURCES[name].provider.settings).json_schema()
    found = (
        nested for path, each in schema["properties"].items() for nested in nested_objects(path, each, schema)
    )
    return "\n\n".join(f"`{path}` {_object(each)}" for path, each in found)


def nested_objects(path: str, schema: Schema, whole: Schema) -> Iterator[tuple[str, Schema]]:
    """The schemas of objects in `schema`, by path: `scopes[]`, `token_encryption.encryption_key`."""
    if "$ref" in schema:
        schema = whole["$defs"][schema["$ref"].rpartition("/")[2]]
    if "items" in schema:
        yield from nested_objects(f"{path}[]", schema["items"], whole)
    if "properties" in schema:
        yield path, schema
        for name, below in schema["properties"].items():
            yield from nested_objects(f"{path}.{name}", below, whole)


def _object(schema: Schema) -> str:
    """A nested object: what its class says of it, and its keys."""
    declared = getattr(_api_objects, schema["title"])
    said = of_attributes(declared)
    keys = "\n".join(
        f"- `{key}` ({_of_key(each, required=key in schema.get('required', ()))}). {said[key]}"
        for key, each in schema["properties"].items()
    )
    return f"(`{schema['title']}`): {inspect.getdoc(declared)}\n\n{keys}"


def _of_key(schema: Schema, *, required: bool) -> str:
    choices = schema.get("enum", [schema["const"]] if "const" in schema else [])
    kind = ", ".join(f"`{choice}`" for choice in choices) or KINDS[schema.get("type", "object")]
    return f"required; {kind}" if required else kind


def outputs(name: str) -> str:
    """The outputs of a resource that are no inputs."""
    said = of_attributes(RESOURCES[name].cls)
    return "\n".join(f"- `{output}`. {text}" for output, text in said.items())
