from __future__ import annotations

import pytest
from pulumi.runtime import rpc

from auth0_api_vocabulary import BY_TOKEN, KINDS, camel_case, duration, kinds, marks, name_of, snake_case


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


def test_every_type_token_is_of_one_kind() -> None:
    """No token stands for two kinds, in either family or across both."""
    tokens = [token for kind in KINDS for token in (kind.token if kind.cls else "", kind.bridged) if token]
    assert len(tokens) == len(set(tokens)) == len(BY_TOKEN)


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


def test_the_marks_are_the_engines() -> None:
    """A report and the local engine read a secret and an unknown by the marks of Pulumi's SDK."""
    assert (rpc._special_sig_key, rpc._special_secret_sig) == (marks.SIGNATURE, marks.SECRET)
    assert marks.UNKNOWN == rpc.UNKNOWN
