"""What rules take for a setting's values, limits and default, and what the provider's tables say of them.

The policy pack stands without the provider, and judges programs of pulumi-auth0 as well.
"""

from __future__ import annotations

from typing import Any

import pytest

from auth0_api_policies import RULES
from auth0_api_policies.frame import PROFILES
from auth0_api_policies.frame.setting import Setting
from auth0_api_policies.frame.view import ClientGrant, Permission, ResourceServer, View
from pulumi_auth0_apis import _api_settings, _grant_settings
from pulumi_auth0_apis._inputs import Settings, model
from pulumi_auth0_apis.resources import permission

URN = "urn:pulumi:dev::shop::pulumi-python:dynamic/auth0:ResourceServer::orders"


def table(settings: Settings) -> dict[str, Any]:
    """The JSON Schema of each setting, with those of nested objects in place."""
    schema = model(settings).json_schema()
    return {name: _whole(each, schema.get("$defs", {})) for name, each in schema["properties"].items()}


def _whole(schema: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        schema = definitions[schema["$ref"].rpartition("/")[2]]
    below = {name: _whole(each, definitions) for name, each in schema.get("properties", {}).items()}
    return {**schema, **below} if below else schema


API = table(_api_settings.SETTINGS)


def option(rule: str, name: str) -> dict[str, Any]:
    """The JSON Schema of an option of a rule."""
    schema = next(each.config_schema for each in RULES if each.name == rule)
    assert schema is not None
    properties: dict[str, Any] = schema.properties
    return dict(properties[name])


@pytest.mark.parametrize(
    ("rule", "name", "setting"),
    [
        ("signing-algorithm", "allowed", API["signing_alg"]),
        ("token-profile", "allowed", API["token_dialect"]),
        ("sender-constrained-tokens", "mechanisms", API["proof_of_possession"]["mechanism"]),
        ("user-subject-policy", "allowed", API["subject_type_authorization"]["user"]["policy"]),
    ],
)
def test_a_rule_chooses_among_the_values_of_its_setting(
    rule: str, name: str, setting: dict[str, Any]
) -> None:
    """A configuration may allow each value that the setting can have, and no other."""
    assert set(option(rule, name)["items"]["enum"]) == set(setting["enum"])


@pytest.mark.parametrize(
    ("rule", "setting"),
    [
        ("access-token-lifetime", "token_lifetime"),
        ("browser-token-lifetime", "token_lifetime_for_web"),
        ("anonymous-token-lifetime", "token_lifetime_for_anonymous_access_tokens"),
    ],
)
def test_a_limit_of_lifetimes_is_a_lifetime(rule: str, setting: str) -> None:
    """A configuration may set each limit that the setting may reach."""
    limit, lifetime = option(rule, "maxSeconds"), API[setting]
    assert (limit["minimum"], limit["maximum"]) == (lifetime["minimum"], lifetime["maximum"])


def test_a_secret_may_be_as_short_as_auth0_takes_it() -> None:
    """The least length that a configuration may ask for is the least that the setting has."""
    assert option("signing-secret-strength", "minCharacters")["minimum"] == API["signing_secret"]["minLength"]


@pytest.mark.parametrize("setting", ["signing_alg", "token_dialect"])
def test_rules_read_every_choice(setting: str) -> None:
    """A value that the table admits is none that a rule cannot judge."""
    for value in API[setting]["enum"]:
        assert getattr(ResourceServer({setting: value}, URN), setting) == value


def test_rules_know_the_profiles() -> None:
    """The profiles that a rule names are the setting's choices, in its order."""
    assert list(PROFILES) == API["token_dialect"]["enum"]


VIEWS = [
    pytest.param(ResourceServer, _api_settings.SETTINGS, id="ResourceServer"),
    pytest.param(Permission, permission.SETTINGS, id="Permission"),
    pytest.param(ClientGrant, _grant_settings.SETTINGS, id="ClientGrant"),
]


def settings_of(view: type[View]) -> set[str]:
    return {name for name, each in vars(view).items() if isinstance(each, Setting)}


@pytest.mark.parametrize(("view", "settings"), VIEWS)
def test_rules_read_settings_that_there_are(view: type[View], settings: Settings) -> None:
    """A rule reads no setting that the resource does not have."""
    assert settings_of(view) <= {each.name for each in settings}


@pytest.mark.parametrize(("view", "settings"), VIEWS)
def test_what_is_left_out_is_judged_by_its_default(view: type[View], settings: Settings) -> None:
    """A rule judges a setting that a program leaves out by the value that the tenant then uses."""
    defaults = {each.name: each.default for each in settings if each.default not in (None, ())}
    judged = {name: getattr(view({}, URN), name) for name in defaults.keys() & settings_of(view)}
    if view is ResourceServer:  # rules see the parts for users and for those who have not logged in
        users = defaults["subject_type_authorization"]["user"]["policy"]
        defaults["subject_type_authorization"] = (users, "deny_all")
    assert judged == {name: defaults[name] for name in judged}
