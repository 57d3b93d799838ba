from __future__ import annotations

from typing import Any

import pytest
from pulumi.runtime import rpc

from auth0_api_vocabulary import (
    BY_TOKEN,
    OUR_KINDS,
    ResourceKind,
    camel_case,
    duration,
    family_of,
    in_our_words,
    kinds,
    marks,
    name_of,
    snake_case,
    type_of,
)
from auth0_api_vocabulary.families import BRIDGED, DYNAMIC, FAMILIES, FREE, PLUGIN
from pulumi_auth0_apis.plugin.names import free_settings
from pulumi_auth0_apis.stacks.lifecycles import LIFECYCLES


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (59, "59 s"),
        (3600, "3600 s (1 h)"),
        (5400, "5400 s (1 h 30 min)"),
        (90_061, "90061 s (1 d 1 h 1 min 1 s)"),
        (3_456_000, "3456000 s (40 d)"),
        (0, "0 s"),
    ],
)
def test_lifetimes_are_told_in_seconds_and_in_hours(seconds: int, text: str) -> None:
    """Auth0's unit comes first, then the one that people think in."""
    assert duration(seconds) == text


def test_every_type_token_is_of_one_kind_and_family() -> None:
    """No token stands for two kinds, and a token says its family; any other is of none."""
    tokens = [token for family in FAMILIES for token in family.tokens]
    assert len(tokens) == len(set(tokens)) == len(BY_TOKEN)
    for family in FAMILIES:
        for token, kind in family.tokens.items():
            assert (family_of(token), family.token(kind)) == (family, token)
    assert family_of("aws:s3/bucket:Bucket") is None


PROPS: dict[str, Any] = {
    "token_lifetime": 60,
    "scopes": [{"value": "read:a"}],
    "subject_type_authorization": {"anonymous_user": {"policy": "deny_all"}},
    "additional_settings": {"some_name": {"inner_name": 1}},
    "authorization_details": [{"type": "x", "my_word": 1, "myWord": 2}],
}
CAMEL_CASE = {
    "tokenLifetime": 60,
    "scopes": [{"value": "read:a"}],
    "subjectTypeAuthorization": {"anonymousUser": {"policy": "deny_all"}},
    "additionalSettings": {"some_name": {"inner_name": 1}},
    "authorizationDetails": [{"type": "x", "my_word": 1, "myWord": 2}],
}


def test_properties_go_to_each_familys_spelling_and_back() -> None:
    """What Auth0 or a user names freely keeps its name."""
    assert DYNAMIC.spelled(PROPS) == PROPS
    assert PLUGIN.spelled(PROPS) == BRIDGED.spelled(PROPS) == CAMEL_CASE
    assert in_our_words(CAMEL_CASE) == in_our_words(PROPS) == PROPS


@pytest.mark.parametrize("kind", OUR_KINDS, ids=lambda kind: kind.cls)
def test_what_is_spelled_by_nobody_here_follows_from_the_tables(kind: ResourceKind) -> None:
    """Settings that are any object are kept as they are, and all others are spelled through."""
    words = (*LIFECYCLES[kind].settings, *LIFECYCLES[kind].options)
    assert free_settings(words) == {word.name for word in words} & set(FREE)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("`token_lifetime` is 60", "tokenLifetime is 60"),
        ("`token_dialect` is access_token", "tokenDialect is access_token"),
        ("`subject_type_authorization.user.policy` is", "subjectTypeAuthorization.user.policy is"),
        ("run `pulumi up`, or `my_own_word`", "run `pulumi up`, or `my_own_word`"),
    ],
)
def test_a_text_names_properties_as_the_program_spells_them(text: str, told: str) -> None:
    """Those in backticks alone: `access_token` is a value too, and other words are anybody's."""
    assert PLUGIN.told(text) == told
    assert DYNAMIC.told("`token_lifetime` is 60") == "token_lifetime is 60"


def test_terraform_names_a_kind_as_its_bridge_does() -> None:
    """The type in Terraform follows from the token of the package that bridges its provider."""
    assert kinds.PERMISSION.terraform == "auth0_resource_server_scope"


@pytest.mark.parametrize("name", ["token_lifetime_for_web", "identifier", "scopes"])
def test_names_go_to_camel_case_and_back(name: str) -> None:
    """pulumi-auth0 has the Management API's names in camelCase."""
    assert snake_case(camel_case(name)) == name


def test_a_resource_is_named_as_in_the_program() -> None:
    """The name is what follows the type, whatever the resource's parents are."""
    assert name_of("urn:pulumi:dev::shop::my:Component$auth0:Api::orders/api") == "orders/api"
    assert name_of("urn:pulumi:dev::shop::auth0:Api::orders/read::all") == "orders/read::all"
    assert name_of("") == ""


def test_a_urn_says_the_type_of_its_resource() -> None:
    """The last of the types; a text that is no URN has none."""
    assert type_of("urn:pulumi:dev::shop::my:Component$auth0-apis:index:Permission::a::b") == (
        "auth0-apis:index:Permission"
    )
    assert type_of("") == type_of("urn::orders") == ""


def test_the_marks_are_the_engines() -> None:
    """A report and the local engine read a secret and an unknown by the marks of Pulumi's SDK."""
    assert (rpc._special_sig_key, rpc._special_secret_sig) == (marks.SIGNATURE, marks.SECRET)
    assert marks.UNKNOWN == rpc.UNKNOWN
