from __future__ import annotations

from dataclasses import replace

import pytest

from auth0_api_policies import single_scope_owner
from pulumi_auth0_apis.testing.policies import UNKNOWN, Resource, permission, resource_server, violations

from .declared import Declared

API = "https://orders.example.com"
INLINE = resource_server(identifier=API, scopes=[{"value": "read:orders"}])
READ = permission("read", resource_server_identifier=API, scope="read:orders")
WRITE = permission("write", resource_server_identifier=API, scope="write:orders")
LIST = Resource(
    "auth0:index/resourceServerScopes:ResourceServerScopes",
    "all",
    {"resourceServerIdentifier": API, "scopes": [{"name": "read:orders"}]},
)


@pytest.mark.parametrize("stack", [[INLINE], [resource_server(identifier=API), READ, WRITE], [LIST]])
def test_one_way_to_own_scopes_passes(stack: list[Resource]) -> None:
    """Inline scopes, permissions, or pulumi-auth0's list: each alone is one owner."""
    assert violations(single_scope_owner, *stack) == []


def test_inline_scopes_beside_permissions_are_refused(declared: Declared) -> None:
    """The violation is on the API and names the other owners."""
    (violation,) = violations(single_scope_owner, declared(INLINE), declared(READ), declared(WRITE))
    assert "It owns the scopes of https://orders.example.com, and so do: read, write." in violation.message
    assert violation.urn == declared(INLINE).urn


def test_two_permissions_of_one_scope_are_refused(declared: Declared) -> None:
    """Two owners of one scope fight as well."""
    found = violations(single_scope_owner, declared(READ), declared(replace(READ, name="again")))
    assert [violation.message.splitlines()[1] for violation in found] == [
        "read:orders is declared by 2 permissions."
    ] * 2


def test_an_unknown_value_breaks_the_rule(declared: Declared) -> None:
    """What is not known in preview does not pass."""
    (violation,) = violations(
        single_scope_owner, declared(permission(resource_server_identifier=API, scope=UNKNOWN))
    )
    assert declared.told("`scope` is not known during preview") in violation.message
