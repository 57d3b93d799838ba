from __future__ import annotations

from auth0_api_policies import permission_naming
from pulumi_auth0_apis.testing.policies import UNKNOWN, Resource, permission, resource_server, violations

from .declared import Declared


def test_action_and_object_pass(declared: Declared) -> None:
    """`read:orders` is the form of Auth0's own documentation."""
    assert violations(permission_naming, declared(permission(scope="read:orders"))) == []
    assert violations(permission_naming, resource_server(scopes=[{"value": "read:orders"}])) == []


def test_each_permission_of_another_form_is_named(declared: Declared) -> None:
    """Inline scopes are permissions too."""
    (violation,) = violations(permission_naming, declared(permission(scope="ReadOrders")))
    assert "The permission is ReadOrders" in violation.message
    api = declared(resource_server(scopes=[{"value": "a:b"}, {"value": "all"}, {"value": "Write"}]))
    assert len(violations(permission_naming, api)) == 2


def test_pulumi_auth0s_list_of_scopes_is_read() -> None:
    """Its items have a `name` where the Management API has a `value`."""
    scopes = Resource(
        "auth0:index/resourceServerScopes:ResourceServerScopes", "all", {"scopes": [{"name": "everything"}]}
    )
    assert "The permission is everything" in violations(permission_naming, scopes)[0].message


def test_an_unknown_value_breaks_the_rule(declared: Declared) -> None:
    """What is not known in preview does not pass."""
    (violation,) = violations(permission_naming, declared(permission(scope=UNKNOWN)))
    assert declared.told("`scope` is not known during preview") in violation.message
