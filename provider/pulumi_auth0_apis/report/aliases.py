"""The alias by which Pulumi takes a resource for the one that had another name or parent, ready to paste.

The engine makes a URN of an alias: stack, project, the types of the parents and the resource, and the name
(`collapseAliasToUrn` of Pulumi's `step_generator.go`, 3.260). What an alias leaves out is as it is now.
"""

from __future__ import annotations

import json

ROOT = "pulumi.ROOT_STACK_RESOURCE"


def alias(urn: str, old_urn: str, old_parent: str) -> str:
    """Return the option that makes the resource `urn` the same as `old_urn`, a child of `old_parent`.

    For a child of a component it is one of the options that are there already, beside its parent.
    """
    (_, name), (_, old_name) = _types_and_name(urn), _types_and_name(old_urn)
    parents, old_parents = parents_of(urn), parents_of(old_urn)
    parts = [f"name={_text(old_name)}"] if old_name != name else []
    if old_parents != parents:
        parts.append(f"parent={_parent(old_parent) if old_parents else ROOT}")
    option = f"aliases=[pulumi.Alias({', '.join(parts)})]"
    return option if parents else f"opts=pulumi.ResourceOptions({option})"


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
