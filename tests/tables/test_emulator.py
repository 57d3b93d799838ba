"""What the provider's tables say of Auth0 and what the emulator's schemas say of it: one and the same.

Neither imports the other, so nothing but these tests holds them together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from pulumi_auth0_apis import _api_check, _api_settings, _grant_settings
from pulumi_auth0_apis._inputs import Settings, model
from pulumi_auth0_apis.emulator.models import client_grants, resource_servers
from pulumi_auth0_apis.emulator.schemas import Schema
from pulumi_auth0_apis.emulator.schemas import client_grant as grant_schema
from pulumi_auth0_apis.emulator.schemas import resource_server as api_schema
from pulumi_auth0_apis.resources import permission

Facts = dict[str, Any]
"""What is said of a setting, by `path: keyword of JSON Schema`."""

KEYWORDS = ("minimum", "maximum", "minLength", "maxLength", "maxItems", "required")

ITS_OWN = "Auth0's reference has the limit, the product document has not: Auth0 alone refuses it"
OPEN = "the reference leaves the items open; RFC 9396 has objects"
PARTLY = "the reference asks for neither mapping nor list; without them there is nothing to say"
OF_NO_USE = "a token that is born expired is refused here already"
PARTS = "the reference asks for no policy; without one there is nothing to say"
CHECKED = "said by `check`, together with what else the text may not be"

API_DIFFERENCES = {
    "identifier: maxLength": ITS_OWN,
    "name: minLength": "said by the emulator's pattern, which wants a character",
    "name: maxLength": ITS_OWN,
    "token_lifetime: minimum": OF_NO_USE,
    "token_lifetime_for_web: minimum": OF_NO_USE,
    "token_encryption.encryption_key.name: maxLength": ITS_OWN,
    "token_encryption.encryption_key.kid: maxLength": ITS_OWN,
    "token_encryption.encryption_key.pem: minLength": CHECKED,
    "scopes: maxItems": "said by the emulator's model, which words the refusal itself (MAX_SCOPES)",
    "scopes[].value: minLength": CHECKED,
    "scopes[].value: maxLength": ITS_OWN,
    "scopes[].description: maxLength": ITS_OWN,
    "authorization_details[]: type": OPEN,
    "subject_type_authorization.user: required": PARTS,
    "subject_type_authorization.client: required": PARTS,
    "subject_type_authorization.anonymous_user: required": PARTS,
    "authorization_policy.policy_id: minLength": ITS_OWN,
    "access_token: required": PARTLY,
    "access_token.claims_mapping: required": PARTLY,
    "access_token.claims_mapping.custom_claims: maxItems": CHECKED,
    "access_token.claims_mapping.custom_claims[].name: minLength": CHECKED,
}
GRANT_DIFFERENCES = {
    "scopes[]: minLength": CHECKED,
    "scopes[]: maxLength": ITS_OWN,
    "authorization_details_types[]: minLength": ITS_OWN,
    "authorization_details_types[]: maxLength": ITS_OWN,
}
PERMISSION_DIFFERENCES = {"scope: maxLength": ITS_OWN, "description: maxLength": ITS_OWN}


def facts(
    schema: Mapping[str, Any], definitions: Mapping[str, Any], path: str = ""
) -> Iterator[tuple[str, Any]]:
    """What `schema` says of every path below `path`, save that null clears: that is a matter of updates."""
    if "$ref" in schema:
        schema = definitions[schema["$ref"].rpartition("/")[2]]
    if kind := _one(schema.get("type")):
        yield f"{path}: type", kind
    choices = {*schema.get("enum", ()), *([schema["const"]] if "const" in schema else [])} - {None}
    if choices:
        yield f"{path}: enum", choices
    for keyword in KEYWORDS:
        if keyword in schema:
            yield f"{path}: {keyword}", _in_order(schema[keyword])
    for name, below in schema.get("properties", {}).items():
        yield from facts(below, definitions, f"{path}.{name}".lstrip("."))
    if "items" in schema:
        yield from facts(schema["items"], definitions, f"{path}[]")


def _one(kind: Any) -> Any:
    return next(each for each in kind if each != "null") if isinstance(kind, list) else kind


def _in_order(value: Any) -> Any:
    return sorted(value) if isinstance(value, list) else value


def of_provider(settings: Settings) -> Facts:
    schema = model(settings).json_schema()
    return dict(facts(schema, schema.get("$defs", {})))


def of_emulator(schema: Schema, **renamed: str) -> Facts:
    properties = {renamed.get(name, name): each for name, each in schema["properties"].items()}
    required = [renamed.get(name, name) for name in schema.get("required", ())]
    said = facts({**schema, "properties": properties, "required": required}, {})
    return dict(said)


@pytest.mark.parametrize(
    ("ours", "theirs", "differences"),
    [
        (of_provider(_api_settings.SETTINGS), of_emulator(api_schema.CREATE), API_DIFFERENCES),
        (
            of_provider(_grant_settings.SETTINGS),
            of_emulator(grant_schema.CREATE, scope="scopes"),
            GRANT_DIFFERENCES,
        ),
        (
            of_provider(permission.SETTINGS[1:]),
            of_emulator(api_schema.SCOPE, value="scope"),
            PERMISSION_DIFFERENCES,
        ),
    ],
    ids=["ResourceServer", "ClientGrant", "Permission"],
)
def test_names_types_choices_and_limits(ours: Facts, theirs: Facts, differences: dict[str, str]) -> None:
    """Both tables say the same of every setting, save where a difference is listed with its reason."""
    differing = {path for path in ours.keys() | theirs.keys() if ours.get(path) != theirs.get(path)}
    assert differing == differences.keys()


def test_an_api_takes_as_many_permissions_and_claims() -> None:
    """The limit of an API's permissions is one number, and so is that of its claims."""
    assert of_provider(_api_settings.SETTINGS)["scopes: maxItems"] == api_schema.MAX_SCOPES
    assert _api_settings.MAX_CLAIMS == api_schema.MAX_CLAIMS


def test_claims_are_reserved_alike() -> None:
    """What `check` refuses as a claim's name or path is what the tenant refuses."""
    assert _api_check.RESERVED_CLAIMS == api_schema.RESERVED_CLAIMS
    pattern = api_schema.CUSTOM_CLAIM["properties"]["expression"]["pattern"]
    assert f"^{_api_check.DOT_PATH.pattern}$" == pattern


def test_auth0s_own_apis_change_alike() -> None:
    """What `check` lets a program change of Auth0's own APIs is what the tenant takes."""
    assert api_schema.UPDATE_SYSTEM["properties"].keys() | {"identifier"} == _api_settings.SYSTEM_SETTINGS


@pytest.mark.parametrize(
    ("settings", "filled_in"),
    [
        (_api_settings.SETTINGS, resource_servers.DEFAULTS),
        (_grant_settings.SETTINGS, client_grants.DEFAULTS),
    ],
    ids=["ResourceServer", "ClientGrant"],
)
def test_defaults(settings: Settings, filled_in: dict[str, Any]) -> None:
    """What the tenant fills in where it was never given is what a removed setting goes back to."""
    assert {setting.name: setting.default for setting in settings if setting.answered} == filled_in


def test_what_replaces_cannot_be_updated() -> None:
    """A grant's settings that replace are those that a PATCH may not carry, and no others."""
    replacing = {each.name for each in _grant_settings.SETTINGS if each.on_change == "replace"}
    assert replacing == set(grant_schema.IMMUTABLE)
