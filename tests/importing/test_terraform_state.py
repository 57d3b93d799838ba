"""A state of Auth0's Terraform provider."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_auth0_apis.errors import ConfigurationError
from pulumi_auth0_apis.importing.planning import make_plan
from pulumi_auth0_apis.importing.terraform_state import read_terraform_state

from .bench import DOMAIN, declared_by, preview

OFF = {
    "access_token": [],
    "allow_offline_access": False,
    "allow_online_access": False,
    "authorization_details": [{"disable": True, "type": ""}],
    "authorization_policy": [],
    "client_id": "",
    "consent_policy": "null",
    "enforce_policies": False,
    "is_system": False,
    "proof_of_possession": [{"disable": True, "mechanism": "", "required": False, "required_for": ""}],
    "signing_alg": "RS256",
    "signing_secret": "",
    "subject_type_authorization": [
        {"client": [{"policy": "require_client_grant"}], "user": [{"policy": "allow_all"}]}
    ],
    "token_dialect": "",
    "token_encryption": [{"disable": True, "encryption_key": [], "format": ""}],
    "token_lifetime": 86_400,
    "token_lifetime_for_anonymous_access_tokens": 0,
    "token_lifetime_for_web": 7_200,
    "verification_location": "",
}
"""An API with Auth0's defaults, as the provider's flatten.go writes it."""


def state(*resources: tuple[str, str, Any, dict[str, Any]]) -> dict[str, Any]:
    """A state of these resources: type, name, index key, attributes."""
    return {
        "version": 4,
        "resources": [
            {
                "mode": "managed",
                "type": kind,
                "name": name,
                "instances": [{"attributes": attributes} | ({} if key is None else {"index_key": key})],
            }
            for kind, name, key, attributes in resources
        ],
    }


def api(identifier: str, **changes: Any) -> dict[str, Any]:
    return {"id": "64f000000000000000000001", "identifier": identifier, "name": "API", **OFF, **changes}


def grant(audience: str, **changes: Any) -> dict[str, Any]:
    return {"id": "cgr_0123456789abcdef", "audience": audience, "scopes": [], "client_id": "cid", **changes}


def scope(identifier: str, value: str, description: str = "") -> dict[str, Any]:
    return {"resource_server_identifier": identifier, "scope": value, "description": description}


def test_defaults_are_left_out() -> None:
    """An API of which nothing was set is its identifier and its name."""
    plan = make_plan(
        read_terraform_state(state(("auth0_resource_server", "orders", None, api("urn:o"))), DOMAIN)
    )
    assert preview(plan) == []
    assert declared_by(plan) == {("ResourceServer", "orders"): {"identifier": "urn:o", "name": "API"}}
    assert [api.remarks for api in plan.apis] == [()]


def test_anonymous_sessions() -> None:
    """What the provider has of anonymous sessions is read, its blocks as the objects that they are."""
    claim = {"name": "country", "expression": "anonymous_session.metadata.country"}
    settings = {
        "token_lifetime_for_anonymous_access_tokens": 172_800,
        "access_token": [{"claims_mapping": [{"custom_claims": [claim]}]}],
        "subject_type_authorization": [
            {"user": [], "client": [], "anonymous_user": [{"policy": "require_client_grant"}]}
        ],
        "verification_location": "https://orders.example.com/keys.json",
    }
    written = state(
        ("auth0_resource_server", "o", None, api("urn:o", **settings)),
        ("auth0_client_grant", "g", None, grant("urn:o", subject_type="anonymous_user")),
    )
    plan = make_plan(read_terraform_state(written, DOMAIN))
    assert preview(plan) == []
    declared = declared_by(plan)
    assert declared["ResourceServer", "o"] == {
        "identifier": "urn:o",
        "name": "API",
        **settings,
        "access_token": {"claims_mapping": {"custom_claims": [claim]}},
        "subject_type_authorization": {"anonymous_user": {"policy": "require_client_grant"}},
    }
    assert declared["ClientGrant", "g"]["subject_type"] == "anonymous_user"


def test_blocks_become_dicts() -> None:
    """A block that Terraform keeps as a list of one is read as the object that it is."""
    popped = [{"disable": False, "mechanism": "dpop", "required": True, "required_for": ""}]
    written = state(("auth0_resource_server", "o", None, api("urn:o", proof_of_possession=popped)))
    plan = make_plan(read_terraform_state(written, DOMAIN))
    assert preview(plan) == []
    inputs = declared_by(plan)["ResourceServer", "o"]
    assert inputs["proof_of_possession"] == {"mechanism": "dpop", "required": True}


def test_scopes_in_one_resource_become_the_apis_own() -> None:
    """`auth0_resource_server_scopes` is the API's `scopes`; single ones are a Permission each."""
    listed = {
        "resource_server_identifier": "urn:a",
        "scopes": [{"name": "x", "description": "X"}, {"name": "y"}],
    }
    plan = make_plan(
        read_terraform_state(
            state(
                ("auth0_resource_server", "a", None, api("urn:a")),
                ("auth0_resource_server_scopes", "a", None, listed),
                ("auth0_resource_server_scope", "b", "read:b", scope("urn:b", "read:b")),
            ),
            DOMAIN,
        )
    )
    assert preview(plan) == []
    declared = declared_by(plan)
    assert declared["ResourceServer", "a"]["scopes"] == [{"value": "x", "description": "X"}, {"value": "y"}]
    assert declared["Permission", "b-read-b"]["resource_server_identifier"] == "urn:b"


def test_instances_are_told_apart_by_their_keys() -> None:
    """`count` and `for_each` give each instance a name of its own, and equal names are numbered."""
    written = state(
        *(
            ("auth0_resource_server_scope", "all", key, scope("urn:b", f"s{key}"))
            for key in (0, 1, "a:b", "a.b")
        )
    )
    declared = declared_by(make_plan(read_terraform_state(written, DOMAIN)))
    assert sorted(name for _, name in declared) == ["all-0", "all-1", "all-a-b", "all-a-b-2"]


def realistic() -> dict[str, Any]:
    """A state of several provider versions: modules, data sources, other resources, a deposed object."""
    key = {"provider": 'provider["registry.terraform.io/auth0/auth0"]', "mode": "managed"}
    old: dict[str, Any] = {
        "id": "64f000000000000000000002",
        "identifier": "urn:old",
        "name": "Old",
        "options": {},
    }
    old["scopes"] = [{"value": "read", "description": "Read"}, {"value": "write", "description": ""}]
    gone = {"attributes": api("urn:gone"), "deposed": "00000001", "schema_version": 0}
    there = {
        "attributes": api("urn:a"),
        "schema_version": 1,
        "private": "bnVsbA==",
        "sensitive_attributes": [],
    }
    return {
        "version": 4,
        "terraform_version": "1.9.5",
        "serial": 12,
        "lineage": "5f0a",
        "outputs": {"audience": {"value": "urn:a", "type": "string"}},
        "resources": [
            {**key, "type": "auth0_resource_server", "name": "api", "instances": [there, gone]},
            {
                **key,
                "module": 'module.region["eu"].module.apis',
                "type": "auth0_resource_server",
                "name": "api",
                "instances": [{"attributes": api("urn:b"), "status": "tainted"}],
            },
            {**key, "type": "auth0_resource_server", "name": "old", "instances": [{"attributes": old}]},
            {
                **key,
                "type": "auth0_client_grant",
                "name": "old",
                "instances": [
                    {
                        "attributes": {
                            "id": "cgr_1",
                            "audience": "urn:old",
                            "client_id": "cid",
                            "scope": ["read"],
                        }
                    }
                ],
            },
            {
                **key,
                "mode": "data",
                "type": "auth0_resource_server",
                "name": "management",
                "instances": [{"attributes": api("https://t/api/v2/", is_system=True)}],
            },
            {**key, "type": "auth0_role", "name": "admin", "instances": [{"attributes": {"id": "rol_1"}}]},
            {**key, "type": "auth0_client", "name": "spa", "instances": []},
        ],
        "check_results": None,
    }


def test_a_state_of_many_kinds() -> None:
    """Old versions' words, modules and tainted objects come over; deposed ones, data and others do not."""
    plan = make_plan(read_terraform_state(realistic(), DOMAIN))
    assert preview(plan) == []
    declared = declared_by(plan)
    assert {name for kind, name in declared if kind == "ResourceServer"} == {
        "api",
        "region-eu-apis-api",
        "old",
    }
    scopes = [{"value": "read", "description": "Read"}, {"value": "write"}]
    assert declared["ResourceServer", "old"]["scopes"] == scopes
    assert declared["ClientGrant", "old"]["scopes"] == ["read"]
    assert len(declared) == 4


def test_an_object_that_was_never_written_anew_is_told() -> None:
    """Attributes of Terraform 0.11 are not read as none at all."""
    document = state(("auth0_resource_server", "o", None, api("urn:o")))
    instance = document["resources"][0]["instances"][0]
    instance["attributes_flat"] = instance.pop("attributes")
    with pytest.raises(ConfigurationError, match=r"auth0_resource_server\.o.*-refresh-only"):
        read_terraform_state(document, DOMAIN)


def test_a_grant_of_all_scopes_says_no_scopes() -> None:
    """`allow_all_scopes` and `default_for` are kept, and empty attributes say nothing."""
    everything = grant("urn:o", allow_all_scopes=True, client_id="", default_for="third_party_clients")
    plan = make_plan(read_terraform_state(state(("auth0_client_grant", "g", None, everything)), DOMAIN))
    assert preview(plan) == []
    inputs = declared_by(plan)["ClientGrant", "g"]
    assert inputs == {"audience": "urn:o", "allow_all_scopes": True, "default_for": "third_party_clients"}


def test_auth0s_own_apis_are_left_out_with_a_line() -> None:
    """A system API that Terraform held stays where it is, and its grants come over."""
    own = api("https://t/api/v2/", is_system=True, name="Auth0 Management API")
    plan = make_plan(
        read_terraform_state(
            state(
                ("auth0_resource_server", "management", None, own),
                ("auth0_client_grant", "g", None, grant("https://t/api/v2/", scopes=["read:users"])),
            ),
            DOMAIN,
        )
    )
    assert [kind for kind, _ in declared_by(plan)] == ["ClientGrant"]
    assert "Auth0's own API" in plan.left_out[0]


@pytest.mark.parametrize("document", [[], {}, {"version": 3, "resources": []}, {"version": 4}])
def test_another_document_is_refused(document: Any) -> None:
    """What is no state of version 4 is named as that."""
    with pytest.raises(ConfigurationError, match="version 4"):
        read_terraform_state(document, DOMAIN)
