from __future__ import annotations

from typing import Any

from pulumi_auth0_apis.report import Report

API = "https://orders.example.com"


def test_settings_are_told_before_and_after(warned: Report) -> None:
    """Each changed setting of each API, in Auth0's words; permissions are one of them."""
    assert [(change.api, change.label, change.old, change.new) for change in warned.settings] == [
        ("Orders", "Maximum Access Token Lifetime", "3600 s (1 h)", "3456000 s (40 d)"),
        ("Orders", "JSON Web Token (JWT) Signing Algorithm", "RS256", "HS256"),
        ("Orders", "Permissions", "", "removed: write:orders"),
    ]


def test_a_setting_that_the_program_drops_goes_back_to_auth0s_default(log: Any) -> None:
    """The report says what that default is."""
    log.step("update", "ResourceServer::orders", {"token_lifetime": 60}, {})
    (change,) = log.report().settings
    assert (change.old, change.new) == ("60 s (1 min)", "86400 s (1 d), Auth0's default")


def test_inline_scopes_are_told_as_permissions(log: Any) -> None:
    """It makes no difference to a reviewer how permissions are declared."""
    old, new = ({"identifier": API, "scopes": [{"value": scope}]} for scope in ("read:a", "read:b"))
    (change,) = log.step("update", "ResourceServer::orders", old, new).report().settings
    assert (change.label, change.old, change.new) == ("Permissions", "", "removed: read:a; added: read:b")


def test_pulumi_auth0s_resources_read_the_same(log: Any) -> None:
    """camelCase properties and its own type tokens lead to the same words."""
    old, new = ({"identifier": API, "tokenLifetime": seconds} for seconds in (60, 120))
    (change,) = (
        log.step("update", "auth0:index/resourceServer:ResourceServer::orders", old, new).report().settings
    )
    assert change.label == "Maximum Access Token Lifetime"


def test_a_replacements_consequences_are_spelled_out(warned: Report) -> None:
    """How tokens are signed from then on, and what is created again."""
    (consequence,) = warned.consequences
    assert consequence.reason == "JSON Web Token (JWT) Signing Algorithm: RS256 → HS256"
    assert "Tokens are signed by HS256, with a secret that Auth0 and the API share" in consequence.effects[0]
    assert consequence.effects[1] == "Created again with it: 1 permission, 1 grant."


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


def test_a_permission_is_told_though_its_api_stays(log: Any) -> None:
    """Permissions may be resources of their own, of an API of this stack or of another."""
    api = {"identifier": API, "name": "Orders"}
    log.step("same", "ResourceServer::orders", api, api)
    scope = {"resource_server_identifier": API, "scope": "write:orders"}
    log.step("delete", "Permission::write-orders", scope)
    log.step("create", "Permission::elsewhere", None, {**scope, "resource_server_identifier": "https://b"})
    assert [(change.api, change.new) for change in log.report().settings] == [
        ("Orders", "removed: write:orders"),
        ("https://b", "added: write:orders"),
    ]


def test_an_api_without_dependants_counts_none(log: Any) -> None:
    """Nothing is created again but the API."""
    old, new = {"identifier": API}, {"identifier": API, "signing_alg": "HS256"}
    log.step("replace", "ResourceServer::orders", old, new, keys=["signing_alg"])
    (consequence,) = log.report().consequences
    assert not any("Created again" in effect for effect in consequence.effects)
