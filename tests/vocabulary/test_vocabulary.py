from __future__ import annotations

import pytest
from pulumi.runtime import rpc

import pulumi_auth0_apis
from auth0_api_vocabulary import BY_TOKEN, OURS, camel_case, duration, marks, name_of, snake_case


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


def test_our_type_tokens_are_the_resources_own() -> None:
    """A rule for a token that no resource has would pass everything."""
    own = {f"{kind.module}.{kind.cls}": getattr(pulumi_auth0_apis, kind.cls) for kind in OURS.values()}
    assert [each._token for each in own.values()] == [*OURS]
    assert [f"{each.__module__}.{each.__name__}" for each in own.values()] == [
        f"pulumi_auth0_apis.resources.{name}" for name in own
    ]
    assert len(BY_TOKEN) == 7


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
