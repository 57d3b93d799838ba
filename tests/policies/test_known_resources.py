from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from auth0_api_policies import known_resources
from auth0_api_vocabulary import kinds
from pulumi_auth0_apis import ResourceServer
from pulumi_auth0_apis.testing.plugin import MakeProgram
from pulumi_auth0_apis.testing.policies import Resource, violations
from pulumi_auth0_apis.testing.tenant import TenantUnderTest

PACK = Path(__file__).parents[2] / "policies"
API = {"identifier": "https://b.example.com", "signing_alg": "HS256"}


@pytest.mark.parametrize(
    ("token", "props", "kind"),
    [
        ("pulumi-python:dynamic/shop:Api", API, "api"),
        ("pulumi-python:dynamic:Resource", API, "api"),
        ("pulumi-python:dynamic/auth0:ResourceServerV2", API, "api"),
        ("auth0:index/resourceServerV2:ResourceServerV2", API, "api"),
        ("auth0:index/x:X", {"resourceServerIdentifier": "https://b", "scope": "read:b"}, "permission"),
        ("pulumi-python:dynamic/shop:Grant", {"audience": "https://b", "client_id": "c"}, "grant"),
    ],
)
def test_what_looks_like_an_api_and_is_none_to_the_rules_is_named(
    token: str, props: dict[str, Any], kind: str
) -> None:
    """Its type token is unknown, its properties are not."""
    (violation,) = violations(known_resources, Resource(token, "b", props))
    assert f"It looks like an Auth0 {kind}" in violation.message


@pytest.mark.parametrize(
    ("token", "props"),
    [
        (kinds.API.token, API),
        ("aws:s3/bucket:Bucket", API),
        ("auth0:index/client:Client", {"name": "Clerk", "clientId": "c"}),
        ("pulumi-python:dynamic/auth0:Application", {"name": "Test", "client_id": "c"}),
    ],
)
def test_what_is_known_or_something_else_is_not(token: str, props: dict[str, Any]) -> None:
    """Neither what the rules judge nor what has nothing to do with APIs is named."""
    assert violations(known_resources, Resource(token, "b", props)) == []


def test_it_can_be_exempt() -> None:
    """Like every finding, for a reason and until a day."""
    own = Resource("pulumi-python:dynamic/shop:Api", "b", API)
    exempt = {"urn": "*::b", "reason": "ours", "expires": "9999-12-31"}
    assert violations(known_resources, own, exemptions=[exempt]) == []


def evading() -> None:
    """A program whose APIs and grants have type tokens of its own."""

    class Own(ResourceServer):
        _token = "pulumi-python:dynamic/shop:Api"

    Own("b", identifier="https://b.example.com", signing_alg="HS256")


def test_a_subclass_with_a_type_of_its_own_does_not_pass_unseen(
    auth0_tenant: TenantUnderTest, pulumi_program: MakeProgram
) -> None:
    """An API under another token is judged by one rule alone, which names it, at the end of a preview."""
    run = pulumi_program(evading, policies=[PACK]).preview(fails=True)
    assert run.violations == {("known-resources", "b")}
    assert auth0_tenant.apis == {}
