"""A model's program as Python source, for engines that run programs in processes."""

from __future__ import annotations

from typing import Any

from .declarations import CLASSES, COMPONENT_TYPE, Component, Declaration, Program, Was, parent_urn
from .in_process_program import IDENTIFIER, OWN, PACKAGE_OPTIONS

HEAD = """\
import pulumi
from pulumi import Alias, ResourceOptions
from pulumi_auth0_apis import ClientGrant, Permission, ResourceServer
"""


def source(program: Program, stack: str) -> str:
    """The whole program: one statement for each resource."""
    components = {each.name: f"component{n}" for n, each in enumerate(program.components)}
    lines = [_component(each, components[each.name], stack) for each in program.components]
    names = {each: f"resource{n}" for n, each in enumerate(program)}
    lines += [_resource(program, each, names, components, stack) for each in program]
    return HEAD + "\n".join(lines) + "\n"


def _component(component: Component, name: str, stack: str) -> str:
    options = _options({}, component.aliases, stack)
    return f"{name} = pulumi.ComponentResource({COMPONENT_TYPE!r}, {component.name!r}, {{}}, {options})"


def _resource(
    program: Program,
    declaration: Declaration,
    names: dict[Declaration, str],
    components: dict[str, str],
    stack: str,
) -> str:
    api = program.referred(declaration)
    identifier = repr(declaration.api) if api is None else f"{names[api]}.identifier"
    arguments = {IDENTIFIER[declaration.kind]: identifier}
    if declaration.own:
        arguments[OWN[declaration.kind]] = repr(declaration.own)
    for name, value in declaration.settings.items():
        arguments[name] = repr(value)
    if "scopes" in declaration.settings:
        arguments["scopes"] = _scopes(program, declaration, names)
    own = {name: value for name, value in declaration.options.items() if name in PACKAGE_OPTIONS}
    arguments |= {name: repr(value) for name, value in own.items()}
    given = {name: repr(value) for name, value in declaration.options.items() if name not in own}
    if declaration.component:
        given["parent"] = components[declaration.component]
    options = _options(given, declaration.aliases, stack)
    written = ", ".join(f"{name}={value}" for name, value in arguments.items())
    made = f"{CLASSES[declaration.kind]}({declaration.logical_name!r}, {options}, {written})"
    return f"{names[declaration]} = {made}"


def _scopes(program: Program, declaration: Declaration, names: dict[Declaration, str]) -> str:
    scopes: list[str] = []
    for scope in declaration.settings["scopes"]:
        if declaration.kind == "api":
            scopes.append(repr({"value": scope}))
        else:
            found = program.permission(declaration, scope)
            scopes.append(repr(scope) if found is None else f"{names[found]}.scope")
    return f"[{', '.join(scopes)}]"


def _options(given: dict[str, Any], aliases: tuple[Was, ...], stack: str) -> str:
    arguments = [f"{name}={value}" for name, value in given.items()]
    if aliases:
        arguments.append(f"aliases=[{', '.join(_alias(each, stack) for each in aliases)}]")
    return f"ResourceOptions({', '.join(arguments)})"


def _alias(was: Was, stack: str) -> str:
    arguments = [] if was.name is None else [f"name={was.name!r}"]
    if was.component is not None:
        parent = None if was.component == "" else parent_urn(stack, was.component)
        arguments.append(f"parent={parent!r}")
    return f"Alias({', '.join(arguments)})"
