from __future__ import annotations

from typing import Any

from auth0_api_vocabulary import marks
from auth0_api_vocabulary.marks import SIGNATURE, UNKNOWN
from pulumi_auth0_apis.report import Report

API = "https://orders.example.com"
SECRET = {SIGNATURE: marks.SECRET, "ciphertext": marks.MASK}


def test_who_gains_and_who_loses(warned: Report) -> None:
    """A blanket grant gains everything; a permission dropped while granted is lost to its holder."""
    assert [(change.application, change.gained, change.lost) for change in warned.access] == [
        ("billingServiceSandbox00000000001", (), ("write:orders",)),
        ("reportsServiceSandbox00000000002", ("every permission, future ones included",), ()),
    ]


def test_scopes_that_the_api_does_not_declare_are_no_access(log: Any) -> None:
    """Auth0 takes such a grant and issues tokens without the scope."""
    log.step("same", "ResourceServer::orders", {"identifier": API}, {"identifier": API})
    scope = {"resource_server_identifier": API, "scope": "read:orders"}
    log.step("same", "Permission::read", scope, scope)
    log.step(
        "create", "ClientGrant::a", None, {"audience": API, "client_id": "a", "scopes": ["read:orders", "x"]}
    )
    (change,) = log.report().access
    assert change.gained == ("read:orders",)


def test_grants_on_apis_of_other_stacks_count_as_they_are(log: Any) -> None:
    """What another stack's API declares is not known here."""
    log.step("create", "ClientGrant::a", None, {"audience": API, "client_id": "a", "scopes": ["x"]})
    (change,) = log.report().access
    assert change.gained == ("x",)


def test_a_grant_without_permissions_is_access_too(log: Any) -> None:
    """An application with an empty grant gets tokens for the API."""
    log.step(
        "delete", "ClientGrant::a", {"audience": API, "client_id": "a", "subject_type": "user", "scopes": []}
    )
    (change,) = log.report().access
    assert (change.subject, change.lost) == ("user", ("a token without permissions",))


def test_an_unchanged_grant_is_not_told(log: Any) -> None:
    """Only differences are."""
    grant = {"audience": API, "client_id": "a", "scopes": ["x"]}
    assert log.step("same", "ClientGrant::a", grant, grant).report().access == []


def test_a_grant_of_everything_takes_nothing_away(log: Any) -> None:
    """The permissions that were named before are among all."""
    named = {"audience": API, "client_id": "a", "scopes": ["x"]}
    every = {"audience": API, "client_id": "a", "allow_all_scopes": True}
    (change,) = log.step("update", "ClientGrant::a", named, every).report().access
    assert (change.gained, change.lost) == (("every permission, future ones included",), ())


def test_who_has_the_last_permission_loses_it(log: Any) -> None:
    """An API that declares no permission any more has none, while one managed elsewhere keeps its own."""
    grant = {"audience": API, "client_id": "a", "scopes": ["x"]}
    log.step(
        "update",
        "ResourceServer::orders",
        {"identifier": API, "scopes": [{"value": "x"}]},
        {"identifier": API},
    )
    log.step("same", "ClientGrant::a", grant, grant)
    (change,) = log.report().access
    assert (change.gained, change.lost) == ((), ("x",))


def test_applications_that_nobody_may_see_are_told_apart(log: Any) -> None:
    """Two secret client ids, or two that are not known yet, are two applications."""
    for name, client_id in (("a", SECRET), ("b", SECRET), ("c", UNKNOWN)):
        log.step(
            "create", f"ClientGrant::{name}", None, {"audience": API, "client_id": client_id, "scopes": ["x"]}
        )
    applications = [change.application for change in log.report().access]
    assert applications == [f"the application of {name}" for name in "abc"]


def test_scopes_that_are_not_known_yet_are_access_too(log: Any) -> None:
    """They are told as what they are."""
    log.step("create", "ClientGrant::a", None, {"audience": API, "client_id": "a", "scopes": [UNKNOWN]})
    (change,) = log.report().access
    assert change.gained == ("known after the update",)
