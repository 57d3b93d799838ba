"""The table of kinds says of a resource what its class and its table of settings say."""

from __future__ import annotations

import pytest

import pulumi_auth0_apis
from auth0_api_policies.known_resources import known_resources
from auth0_api_vocabulary import OUR_KINDS, ResourceKind
from auth0_api_vocabulary.families import FAMILIES
from pulumi_auth0_apis.stacks.lifecycles import LIFECYCLES
from pulumi_auth0_apis.testing.policies import Resource, violations

EVERY_KIND = pytest.mark.parametrize("kind", OUR_KINDS, ids=lambda kind: kind.cls)


@EVERY_KIND
def test_a_kind_is_a_class_in_a_module_of_its_name(kind: ResourceKind) -> None:
    """The class is exported, registers the kind's token, and is in the module that states name."""
    cls = getattr(pulumi_auth0_apis, kind.cls)
    assert (cls._token, cls.__module__) == (kind.token, f"pulumi_auth0_apis.resources.{kind.module}")
    assert LIFECYCLES[kind] is cls._kind
    assert LIFECYCLES[kind].kind is kind


@EVERY_KIND
def test_a_kind_names_settings(kind: ResourceKind) -> None:
    """What tells objects apart, who holds them and which API they belong to are settings that there are."""
    settings = {setting.name: setting for setting in LIFECYCLES[kind].settings}
    assert {*kind.key, *kind.holders, *kind.telltale, *filter(None, [kind.api])} <= settings.keys()
    assert {*kind.holders, *filter(None, [kind.api])} <= {*kind.key}
    defaults = {name: settings[name].default for name in kind.key if settings[name].default is not None}
    assert kind.key_defaults == defaults


@EVERY_KIND
def test_one_key_is_one_object(kind: ResourceKind) -> None:
    """Whatever is a part of the key cannot be changed in place."""
    replacing = {each.name for each in LIFECYCLES[kind].settings if each.on_change == "replace"}
    assert {*kind.key} <= replacing


@EVERY_KIND
def test_a_kind_of_another_type_is_named_to_the_rules(kind: ResourceKind) -> None:
    """A resource of its properties and an unknown type is named as one; one of its own types is known."""
    properties = dict.fromkeys(kind.telltale or kind.key, "a:b")
    (violation,) = violations(known_resources, Resource("pulumi-python:dynamic/shop:X", "x", properties))
    assert f"It looks like an Auth0 {kind.word}," in violation.message
    for family in FAMILIES:
        known = Resource(family.token(kind), "x", family.spelled(properties))
        assert violations(known_resources, known) == []
