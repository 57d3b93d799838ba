from __future__ import annotations

from auth0_api_policies import grant_scopes_declared
from pulumi_auth0_apis.testing.policies import (
    UNKNOWN,
    client_grant,
    permission,
    resource_server,
    violations,
)

from .declared import Declared

API = "https://orders.example.com"


def test_declared_scopes_pass(declared: Declared) -> None:
    """A scope may be declared inline or by a permission."""
    stack = [
        resource_server(identifier=API, scopes=[{"value": "read:orders"}]),
        permission(resource_server_identifier=API, scope="write:orders"),
        client_grant(audience=API, scopes=["read:orders", "write:orders"]),
    ]
    assert violations(grant_scopes_declared, *map(declared, stack)) == []


def test_a_scope_that_the_api_does_not_have_is_named(declared: Declared) -> None:
    """The violation is on the grant and names the scope and the API."""
    grant = declared(client_grant(audience=API, scopes=["read:orders", "drop:orders"]))
    api = declared(resource_server(identifier=API, scopes=[{"value": "read:orders"}]))
    (violation,) = violations(grant_scopes_declared, api, grant)
    assert (
        declared.told("`scopes` has drop:orders, which https://orders.example.com does not declare.")
        in violation.message
    )
    assert violation.urn == grant.urn


def test_apis_of_other_stacks_are_not_judged(declared: Declared) -> None:
    """What another stack declares is not to be seen."""
    assert violations(grant_scopes_declared, declared(client_grant(audience=API, scopes=["x"]))) == []


def test_scopes_that_the_program_does_not_manage_are_not_its_own() -> None:
    """After an update the outputs hold what the tenant keeps; `managed` tells what the program set."""
    api = resource_server(identifier=API, scopes=[{"value": "a:b"}], managed=["identifier"])
    assert violations(grant_scopes_declared, api, client_grant(audience=API, scopes=["a:b"]))


def test_an_unknown_value_breaks_the_rule_on_its_resource(declared: Declared) -> None:
    """The violation is on the resource whose value is not known."""
    grant = declared(client_grant(audience=API, scopes=[UNKNOWN]))
    (violation,) = violations(grant_scopes_declared, declared(resource_server(identifier=API)), grant)
    assert declared.told("`scopes` is not known during preview") in violation.message
    assert violation.urn == grant.urn
