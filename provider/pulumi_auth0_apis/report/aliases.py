"""The alias by which Pulumi takes a resource for the one that had another name or parent, ready to paste.

The engine makes a URN of an alias: stack, project, the types of the parents and the resource, and the name
(`collapseAliasToUrn` of Pulumi's `step_generator.go`, 3.260). What an alias leaves out is as it is now.
Programs of the provider plugin may be in any language: they get it as TypeScript and YAML have it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from auth0_api_vocabulary import family_of, type_of
from auth0_api_vocabulary.families import PLUGIN

ROOT = "pulumi.ROOT_STACK_RESOURCE"


def alias(urn: str, old_urn: str, old_parent: str) -> str:
    """Return the option that makes the resource `urn` the same as `old_urn`, a child of `old_parent`.

    For a child of a component it is one of the options that are there already, beside its parent.
    """
    (_, name), (_, old_name) = _types_and_name(urn), _types_and_name(old_urn)
    token, old_token = type_of(urn), type_of(old_urn)
    differs = {"name": old_name} if old_name != name else {}
    differs |= {"type": old_token} if old_token != token else {}
    parents, old_parents = parents_of(urn), parents_of(old_urn)
    if family_of(token) is PLUGIN:
        return _in_any_language(differs, old_urn, old_parents) if old_parents != parents else _said(differs)
    parts = [f"{'type_' if part == 'type' else part}={_text(old)}" for part, old in differs.items()]
    if old_parents != parents:
        parts.append(f"parent={_parent(old_parent) if old_parents else ROOT}")
    option = f"aliases=[pulumi.Alias({', '.join(parts)})]"
    return option if parents else f"opts=pulumi.ResourceOptions({option})"


def _said(parts: Mapping[str, str], *more: str) -> str:
    said = ", ".join([*(f"{part}: {_text(old)}" for part, old in parts.items()), *more])
    return f"aliases: [{{ {said} }}]"


def _in_any_language(parts: Mapping[str, str], old_urn: str, old_parents: str) -> str:
    """Name a parent that was: no language but Python says a component's URN as this module does."""
    return f"aliases: [{_text(old_urn)}]" if old_parents else _said(parts, "noParent: true")


def parents_of(urn: str) -> str:
    """Return the types of the components around a resource: `my:Outer$my:Inner`, or nothing."""
    types, _ = _types_and_name(urn)
    return types.rpartition("$")[0]


def _types_and_name(urn: str) -> tuple[str, str]:
    *_, types, name = urn.split("::", 3)
    return types, name


def _parent(urn: str) -> str:
    """Return a component's URN as an expression that is right on every stack of the program."""
    types, name = _types_and_name(urn)
    literal = _text(f"{types}::{name}").replace("{", "{{").replace("}", "}}")
    return f'f"urn:pulumi:{{pulumi.get_stack()}}::{{pulumi.get_project()}}::{literal[1:]}'


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
