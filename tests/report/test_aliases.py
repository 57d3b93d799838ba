"""The printed aliases, evaluated and put together as the engine does it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_auth0_apis.report.aliases import alias

TYPE = "pulumi-python:dynamic/auth0:Permission"
STACK = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev"
NAMES = st.text(min_size=1).filter(lambda name: not name.startswith(":") and not name.endswith(":"))
CHAINS = st.lists(st.sampled_from(["my:shop:Shop", "my:shop:Inner", "pkg:Odd{}"]), max_size=2).map("$".join)


def urn_of(chain: str, name: str, token: str = TYPE) -> str:
    """The URN of a resource below components of these types."""
    return f"urn:pulumi:dev::shop::{chain and f'{chain}$'}{token}::{name}"


def parent_of(chain: str, name: str) -> str:
    """The URN of the innermost component, the stack's where there is none."""
    outer, _, inner = chain.rpartition("$")
    return urn_of(outer, name, inner) if chain else STACK


def pasted(code: str, urn: str) -> str:
    """The URN that an alias of the resource `urn` stands for: `collapseAliasToUrn` in Pulumi's engine."""
    pulumi = SimpleNamespace(
        ResourceOptions=lambda aliases: aliases,
        Alias=lambda **parts: parts,
        ROOT_STACK_RESOURCE=None,
        get_stack=lambda: "dev",
        get_project=lambda: "shop",
    )
    _, _, expression = code.partition("=")
    evaluated: list[dict[str, Any]] = eval(expression, {"pulumi": pulumi})
    (parts,) = evaluated
    _, _, types, name = urn.split("::", 3)
    chain = types.rpartition("$")[0]
    if "parent" in parts:
        chain = parts["parent"].split("::", 3)[2] if parts["parent"] else ""
    return urn_of(chain, parts.get("name", name))


@settings(deadline=None)
@given(old=st.tuples(CHAINS, NAMES), new=st.tuples(CHAINS, NAMES), component=NAMES)
def test_what_is_printed_stands_for_the_old_urn(
    old: tuple[str, str], new: tuple[str, str], component: str
) -> None:
    """Whatever the names and the components, the pasted line names the old resource and fits on a line."""
    if old != new:
        code = alias(urn_of(*new), urn_of(*old), parent_of(old[0], component))
        assert pasted(code, urn_of(*new)) == urn_of(*old)
        assert len(code.split("\n")) == 1


@pytest.mark.parametrize(
    ("new", "old", "parent", "code"),
    [
        (
            urn_of("", "b"),
            urn_of("", "a"),
            STACK,
            'opts=pulumi.ResourceOptions(aliases=[pulumi.Alias(name="a")])',
        ),
        (
            urn_of("my:shop:Shop", "a"),
            urn_of("", "a"),
            STACK,
            "aliases=[pulumi.Alias(parent=pulumi.ROOT_STACK_RESOURCE)]",
        ),
        (
            urn_of("my:shop:Shop", "shop-b"),
            urn_of("my:shop:Shop", "shop-a"),
            parent_of("my:shop:Shop", "shop"),
            'aliases=[pulumi.Alias(name="shop-a")]',
        ),
    ],
    ids=["renamed", "moved in", "renamed inside"],
)
def test_an_alias_says_what_differs_and_nothing_else(new: str, old: str, parent: str, code: str) -> None:
    """The name, the parent, or both; what a component's child has beside its parent is one option more."""
    assert alias(new, old, parent) == code


PLUGIN = "auth0-apis:index:Permission"


@pytest.mark.parametrize(
    ("new", "old", "parent", "code"),
    [
        (urn_of("", "b", PLUGIN), urn_of("", "a", PLUGIN), STACK, 'aliases: [{ name: "a" }]'),
        (urn_of("", "a", PLUGIN), urn_of("", "a"), STACK, f'aliases: [{{ type: "{TYPE}" }}]'),
        (
            urn_of("my:shop:Shop", "b", PLUGIN),
            urn_of("", "a", PLUGIN),
            STACK,
            'aliases: [{ name: "a", noParent: true }]',
        ),
        (
            urn_of("", "a", PLUGIN),
            urn_of("my:shop:Shop", "a", PLUGIN),
            parent_of("my:shop:Shop", "shop"),
            f'aliases: ["{urn_of("my:shop:Shop", "a", PLUGIN)}"]',
        ),
        (
            urn_of("", "a"),
            urn_of("", "a", PLUGIN),
            STACK,
            f'opts=pulumi.ResourceOptions(aliases=[pulumi.Alias(type_="{PLUGIN}")])',
        ),
    ],
    ids=["renamed", "from a class", "moved in", "moved out", "back to a class"],
)
def test_a_program_of_the_plugin_gets_its_alias_in_any_language(
    new: str, old: str, parent: str, code: str
) -> None:
    """What was of the other family has its type in the alias, on the way there and back."""
    assert alias(new, old, parent) == code
