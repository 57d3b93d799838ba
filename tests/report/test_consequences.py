from __future__ import annotations

from typing import Any

import pytest

from pulumi_auth0_apis.report import Report

API = "https://orders.example.com"
BRIDGED = "auth0:index/resourceServer:ResourceServer"


def test_a_replacements_consequences_are_spelled_out(warned: Report) -> None:
    """How tokens are signed from then on, and what is created again."""
    (consequence,) = warned.consequences
    assert consequence.reason == "JSON Web Token (JWT) Signing Algorithm: RS256 → HS256"
    assert "Tokens are signed by HS256, with a secret that Auth0 and the API share" in consequence.effects[0]
    assert consequence.effects[1] == (
        "Created again with it: 1 permission, the grant of billingServiceSandbox00000000001."
    )


def test_a_new_identifier_is_a_new_audience(log: Any) -> None:
    """Tokens for the old identifier stop working."""
    old, new = {"identifier": API}, {"identifier": API + "/v2"}
    log.step("replace", "ResourceServer::orders", old, new, keys=["identifier"])
    (consequence,) = log.report().consequences
    assert consequence.effects[0] == f"Applications ask for {API}/v2; tokens for {API} are refused."


def test_a_replaced_grant_interrupts_access(log: Any) -> None:
    """A grant that is replaced without its API has a consequence of its own."""
    old, new = {"audience": API, "client_id": "a"}, {"audience": API, "client_id": "b"}
    (consequence,) = (
        log.step("replace", "ClientGrant::billing", old, new, keys=["client_id"]).report().consequences
    )
    assert consequence.resource == "billing"
    assert "in between nobody has access" in consequence.effects[0]


def test_a_deleted_api_ends_its_tokens(log: Any) -> None:
    """Deletions are consequences too."""
    (consequence,) = log.step("delete", "ResourceServer::orders", {"identifier": API}).report().consequences
    assert f"no more tokens for {API}" in consequence.effects[0]


def test_an_api_without_dependants_counts_none(log: Any) -> None:
    """Nothing is created again but the API."""
    old, new = {"identifier": API}, {"identifier": API, "signing_alg": "HS256"}
    log.step("replace", "ResourceServer::orders", old, new, keys=["signing_alg"])
    (consequence,) = log.report().consequences
    assert not any("Created again" in effect for effect in consequence.effects)


def grants(log: Any, op: str, *clients: str) -> None:
    """Add a step on a grant of each application."""
    for client in clients:
        grant = {"audience": API, "client_id": client}
        log.step(op, f"ClientGrant::{client}", grant, None if op == "delete" else grant)


def test_what_goes_with_a_deleted_api_is_named(log: Any) -> None:
    """Permissions are counted, grants named by their applications, those of another API left out."""
    log.step("delete", "ResourceServer::orders", {"identifier": API})
    log.step("delete", "Permission::read", {"resource_server_identifier": API, "scope": "a"})
    log.step("delete", "ClientGrant::other", {"audience": "https://b", "client_id": "c"})
    grants(log, "delete", "b", "a")
    (consequence,) = log.report().consequences
    assert "Deleted with it: 1 permission, the grants of a, b." in consequence.effects


def test_many_grants_are_a_number(log: Any) -> None:
    """A reviewer sees ten names, and how many more there are."""
    log.step("replace", "ResourceServer::orders", {"identifier": API}, {"identifier": API})
    grants(log, "replace", *(f"app-{number:03}" for number in range(200)))
    (consequence,) = log.report().consequences
    assert "Created again with it: the grants of app-000, " in consequence.effects[0]
    assert consequence.effects[0].endswith("app-009 and 190 more.")


@pytest.mark.parametrize("op", ["delete", "replace"])
def test_other_grants_refuse_the_update(log: Any, op: str) -> None:
    """Those of other stacks are in no log; one of this stack that the engine leaves is named."""
    log.step(
        op, "ResourceServer::orders", {"identifier": API}, {"identifier": API} if op == "replace" else None
    )
    grants(log, "same", "reports")
    *_, last = log.report().consequences[0].effects
    assert last == (
        "The update refuses this while there are other grants on it (the grant of reports, whose audience is "
        "a text; those of other stacks and people), unless it says force=True."
    )


def test_force_takes_other_grants_along(log: Any) -> None:
    """Whoever reviews force=True is told what it does."""
    log.step("delete", "ResourceServer::orders", {"identifier": API, "force": True})
    *_, last = log.report().consequences[0].effects
    assert last == "Other grants on it go too (those of other stacks and people): force=True is set."


def test_another_package_asks_nobody(log: Any) -> None:
    """pulumi-auth0 deletes the API with all that others were granted."""
    log.step("delete", f"{BRIDGED}::orders", {"identifier": API})
    *_, last = log.report().consequences[0].effects
    assert last == "Other grants on it go too (those of other stacks and people)."
