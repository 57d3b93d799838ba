"""The export of a stack of `pulumi-auth0`, or of the provider plugin."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from auth0_api_vocabulary import kinds
from auth0_api_vocabulary.families import PLUGIN
from pulumi_auth0_apis.emulator import BILLING_CLIENT_ID, EmulatedTenant
from pulumi_auth0_apis.engine.model.snapshot import Snapshot
from pulumi_auth0_apis.errors import ConfigurationError
from pulumi_auth0_apis.importing.checkpoint import add_to_snapshot
from pulumi_auth0_apis.importing.planning import make_plan
from pulumi_auth0_apis.importing.pulumi_state import read_pulumi_state

from ..plugin_state import in_plugin
from .bench import DOMAIN, declared_by, found_in, preview

EXPORT = Path(__file__).parents[2] / "examples" / "migrate_from_pulumi_auth0" / "state.json"


@pytest.fixture
def exported() -> dict[str, Any]:
    """The export of the migration example."""
    document: dict[str, Any] = json.loads(EXPORT.read_text())
    return document


def properties(exported: dict[str, Any], name: str, kind: str) -> dict[str, Any]:
    """The outputs of one resource, to change."""
    resources = exported["deployment"]["resources"]
    found = next(each for each in resources if each["urn"].endswith(f"{kind}::{name}"))
    outputs: dict[str, Any] = found["outputs"]
    return outputs


def test_names_and_choices_are_kept(exported: dict[str, Any]) -> None:
    """Resources keep their names, and only what the old program set is set."""
    plan = make_plan(read_pulumi_state(exported))
    assert preview(plan) == []
    declared = declared_by(plan)
    assert sorted(declared) == [
        ("ClientGrant", "billing"),
        ("Permission", "read-orders"),
        ("ResourceServer", "orders"),
        ("ResourceServer", "stock"),
    ]
    assert set(declared["ResourceServer", "stock"]) == {"identifier", "name", "scopes"}


def test_a_stack_of_the_plugin_becomes_one_of_classes() -> None:
    """The same resources with the same settings; what Auth0 or a user names keeps its name."""
    tenant = EmulatedTenant(DOMAIN)
    body = {"identifier": "urn:orders", "scopes": [{"value": "read", "description": "R"}]}
    tenant.resource_servers.create({**body, "signing_alg": "RS256"})
    tenant.client_grants.create(
        {"client_id": BILLING_CLIENT_ID, "audience": "urn:orders", "scope": ["read"], "subject_type": "user"}
    )
    before = make_plan(found_in(tenant))
    state = in_plugin(add_to_snapshot(Snapshot(), before, "dev", "shop", {})).to_json(None)
    additional = {"brand_new": {"inner_name": 1, "innerName": 2}}
    for resource in state["resources"]:
        if resource["type"] == PLUGIN.token(kinds.API):
            resource["inputs"]["additionalSettings"] = additional
    plan = make_plan(read_pulumi_state({"deployment": state}, DOMAIN))
    expected, declared = declared_by(before), declared_by(plan)
    assert declared["ResourceServer", "orders"].pop("additional_settings") == additional
    assert declared == expected
    assert preview(plan) == []


def test_the_tenant_is_the_old_providers(exported: dict[str, Any]) -> None:
    """The domain comes from the old stack's provider, and a given one comes first."""
    assert read_pulumi_state(exported).domain == "shop.eu.auth0.com"
    assert read_pulumi_state(exported, "other.eu.auth0.com").domain == "other.eu.auth0.com"


def test_words_of_the_bridge_become_ours(exported: dict[str, Any]) -> None:
    """camelCase, `algorithm` and blocks that say `disable` are read as what they mean."""
    outputs = properties(exported, "orders", "ResourceServer")
    key = {"algorithm": "RSA-OAEP-256", "kid": "", "name": "k", "pem": "-----BEGIN PUBLIC KEY-----"}
    outputs["tokenEncryption"] = {"format": "compact-nested-jwe", "encryptionKey": key}
    api = read_pulumi_state(exported).apis[0]
    assert api.settings is not None
    assert api.settings["token_encryption"]["encryption_key"] == {
        "alg": "RSA-OAEP-256",
        "name": "k",
        "pem": "-----BEGIN PUBLIC KEY-----",
    }
    assert not {"proof_of_possession", "consent_policy", "authorization_details"} & set(api.settings)


def test_anonymous_sessions(exported: dict[str, Any]) -> None:
    """What the bridge will have of anonymous sessions is read as the Management API has it."""
    claim = {"name": "country", "expression": "anonymous_session.metadata.country"}
    settings = {
        "tokenLifetimeForAnonymousAccessTokens": 172_800.0,
        "accessToken": {"claimsMapping": {"customClaims": [claim]}},
        "subjectTypeAuthorization": {"anonymousUser": {"policy": "require_client_grant"}},
    }
    resource = next(r for r in exported["deployment"]["resources"] if r["urn"].endswith("::stock"))
    resource["inputs"] |= settings
    resource["outputs"] |= settings
    plan = make_plan(read_pulumi_state(exported))
    assert preview(plan) == []
    declared = declared_by(plan)["ResourceServer", "stock"]
    assert declared["token_lifetime_for_anonymous_access_tokens"] == 172_800
    assert declared["access_token"] == {"claims_mapping": {"custom_claims": [claim]}}
    assert declared["subject_type_authorization"] == {"anonymous_user": {"policy": "require_client_grant"}}


def test_an_encrypted_value_is_refused_with_the_way_on(exported: dict[str, Any]) -> None:
    """A secret that cannot be read names the resource and the option of the export."""
    outputs = properties(exported, "orders", "ResourceServer")
    outputs["signingSecret"] = {
        "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
        "ciphertext": "v1:x:y",
    }
    with pytest.raises(ConfigurationError, match=r"orders.*--show-secrets"):
        read_pulumi_state(exported)


def test_a_secret_in_clear_goes_to_the_encrypted_configuration(exported: dict[str, Any]) -> None:
    """A signing secret never stands in the program."""
    resource = next(r for r in exported["deployment"]["resources"] if r["urn"].endswith("::stock"))
    resource["inputs"] |= {"signingAlg": "HS256", "signingSecret": "0123456789abcdef"}
    resource["outputs"] |= {"signingAlg": "HS256", "signingSecret": "0123456789abcdef"}
    plan = make_plan(read_pulumi_state(exported))
    assert [secret.config_key for secret in plan.secrets] == ["stockSigningSecret"]
    assert "0123456789abcdef" not in repr(plan)
    assert preview(plan) == []


def test_what_the_old_stack_is_about_to_delete_stays_out(exported: dict[str, Any]) -> None:
    """Resources that are pending deletion are not brought over."""
    for resource in exported["deployment"]["resources"]:
        resource["delete"] = resource["urn"].endswith("Grant::billing")
    assert read_pulumi_state(exported).objects == ()


def test_scopes_of_an_old_version_stay_the_apis_own(exported: dict[str, Any]) -> None:
    """Before version 3 of the bridge an API listed its permissions itself; other types are passed over."""
    resource = next(r for r in exported["deployment"]["resources"] if r["urn"].endswith("::stock"))
    own = [{"value": "read:stock", "description": "Read"}, {"value": "count:stock"}]
    resource["inputs"]["scopes"] = resource["outputs"]["scopes"] = own
    exported["deployment"]["resources"] = [
        each for each in exported["deployment"]["resources"] if "Scope" not in each["type"]
    ]
    exported["deployment"]["resources"].append(
        {
            "urn": "urn:pulumi:p::s::auth0:index/role:Role::admin",
            "type": "auth0:index/role:Role",
            "id": "rol_1",
        }
    )
    plan = make_plan(read_pulumi_state(exported))
    assert preview(plan) == []
    assert declared_by(plan)["ResourceServer", "stock"]["scopes"] == sorted(own, key=lambda s: s["value"])


@pytest.mark.parametrize("document", [[], {}, {"deployment": None}, {"deployment": {}}, "x"])
def test_another_document_is_refused(document: Any) -> None:
    """What is no export is named as that, whatever its shape."""
    with pytest.raises(ConfigurationError, match="pulumi stack export"):
        read_pulumi_state(document)
