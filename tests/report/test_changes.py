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


def test_additional_settings_are_told_one_by_one(log: Any) -> None:
    """Each that no table knows is a setting, by Auth0's name of it; those of a grant are told too."""
    old = {"identifier": API, "additional_settings": {"color": "red", "size": 3}}
    new = {"identifier": API, "additional_settings": {"color": "blue", "size": 3, "newMode": True}}
    log.step("update", "ResourceServer::orders", old, new)
    grant = {"audience": API, "client_id": "c", "scopes": ["a"]}
    log.step("update", "ClientGrant::billing", grant, {**grant, "additional_settings": {"reason": "tests"}})
    assert [(change.api, change.label, change.old, change.new) for change in log.report().settings] == [
        ("billing", "additional_settings.reason", "not set", "tests"),
        ("orders", "additional_settings.color", "red", "blue"),
        ("orders", "additional_settings.newMode", "not set", "on"),
    ]


def test_only_a_secret_that_changes_is_told_to_change(log: Any) -> None:
    """Of two that are marked secret the report names the one that the engine found to differ."""
    mark = "4dabf18193072939515e22adb298388d"
    secret = {mark: "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "x"}
    api = {"identifier": API, "additional_settings": {"color": secret, "size": secret}}
    detail = {"additional_settings.size": {"kind": "update"}}
    log.step("update", "ResourceServer::orders", api, api, diffs=["additional_settings"], detail=detail)
    (change,) = log.report().settings
    assert (change.label, change.new) == ("additional_settings.size", "[secret] (changed)")


def test_additional_settings_that_are_secret_as_a_whole_are_one(log: Any) -> None:
    """Nobody can tell their names from the mark that stands in their place."""
    mark = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "x"}
    api = {"identifier": API, "additional_settings": mark}
    detail = {"additional_settings.size": {"kind": "update"}}
    log.step("update", "ResourceServer::orders", api, api, detail=detail)
    (change,) = log.report().settings
    assert (change.label, change.new) == ("additional_settings", "[secret] (changed)")
