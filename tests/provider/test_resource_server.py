"""APIs: lifecycle, what is compared, what a removal does, and what check refuses."""

from __future__ import annotations

from typing import Any

import pulumi
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from pulumi_auth0_apis._api_settings import SETTINGS
from pulumi_auth0_apis.emulator import Sandbox
from pulumi_auth0_apis.errors import (
    AlreadyThereError,
    NotFoundError,
    SettingsError,
    WrongTenantError,
)
from pulumi_auth0_apis.management import Session
from pulumi_auth0_apis.resources.resource_server import PROVIDER
from pulumi_auth0_apis.testing.tenant import TenantUnderTest

from ..played_page import API, PlayedPage
from .conftest import BOTH, Kind, Props

FACES = BOTH
ORDERS = "https://orders.example.com"
CLAIM = {"name": "country", "expression": "anonymous_session.metadata.country"}
CLAIMS = {"claims_mapping": {"custom_claims": [CLAIM]}}


def made_by_hand(tenant: TenantUnderTest) -> None:
    with tenant.sandbox.tenant.store.transaction():
        tenant.sandbox.tenant.resource_servers.create({"identifier": ORDERS})


PAGE = PlayedPage(
    {
        "create": API,
        "update": API.replace(")", ", token_lifetime=60)"),
        "refresh": "",
        "delete": "",
        "adopt": API.replace(")", ", token_lifetime=90, adopt=True)"),
    },
    by_hand=made_by_hand,
)


def public_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key()
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def encryption(pem: str) -> Props:
    key = {"name": "gateway", "alg": "RSA-OAEP-256", "pem": pem}
    return {"format": "compact-nested-jwe", "encryption_key": key}


def test_lifecycle(apis: Kind, session: Session) -> None:
    """An API is created, read, updated in place, found gone after a foreign delete, and deleted twice."""
    id_, outputs = apis.create(identifier=ORDERS, token_lifetime=9000.0)
    assert (outputs["token_lifetime"], outputs["managed"]) == (9000, ["identifier", "token_lifetime"])
    assert apis.read(id_, outputs) == (id_, outputs, {"identifier": ORDERS, "token_lifetime": 9000})
    outputs = apis.update(id_, outputs, identifier=ORDERS, token_lifetime=7200.0, enforce_policies=True)
    kept = session.resource_servers.get(id_)
    assert (kept["token_lifetime"], kept["enforce_policies"]) == (7200, True)
    session.resource_servers.delete(id_)
    assert apis.read(id_, outputs) == (None, {}, {})
    apis.delete(id_, outputs)


def test_the_state_holds_no_description_of_a_permissions_own(apis: Kind, session: Session) -> None:
    """Only what the API lists itself is described in its outputs: another resource's may be a secret."""
    id_, outputs = apis.create(identifier=ORDERS)
    session.scopes.write(ORDERS, "read", "a secret, perhaps")
    outputs = apis.update(id_, outputs, identifier=ORDERS, enforce_policies=True)
    assert outputs["scopes"] == [{"value": "read"}]
    listed = [{"value": "read", "description": "told by the API"}]
    assert apis.update(id_, outputs, identifier=ORDERS, scopes=listed)["scopes"] == listed


def test_every_setting_survives_the_round_trip(apis: Kind) -> None:
    """What a program may set is what the tenant keeps, and a refresh sees no difference in any of it."""
    wanted = {
        "identifier": ORDERS,
        "name": "Orders",
        "token_lifetime": 3600,
        "token_lifetime_for_web": 600,
        "token_dialect": "rfc9068_profile_authz",
        "signing_alg": "HS256",
        "signing_secret": "s" * 16,
        "token_encryption": encryption(public_key()),
        "enforce_policies": True,
        "skip_consent_for_verifiable_first_party_clients": True,
        "allow_offline_access": True,
        "allow_online_access": True,
        "allow_online_access_with_ephemeral_sessions": False,
        "scopes": [{"value": "a", "description": "z"}, {"value": "b"}],
        "consent_policy": "transactional-authorization-with-mfa",
        "authorization_details": [{"type": "payment", "limits": {"currency": ["EUR"], "most": 100}}],
        "require_consent_non_repudiation": True,
        "token_lifetime_for_anonymous_access_tokens": 172_800,
        "access_token": CLAIMS,
        "verification_location": "https://orders.example.com/keys.json",
        "proof_of_possession": {"mechanism": "dpop", "required": True, "required_for": "public_clients"},
        "subject_type_authorization": {
            "user": {"policy": "deny_all"},
            "anonymous_user": {"policy": "require_client_grant"},
        },
    }
    assert {*wanted, "authorization_policy"} == {setting.name for setting in SETTINGS}
    id_, outputs = apis.create(**wanted)
    _, fresh, inputs = apis.read(id_, outputs)
    assert inputs == wanted
    assert fresh == outputs
    assert apis.replaces(fresh, **wanted) == []


def test_only_what_the_user_set_is_compared(apis: Kind, session: Session) -> None:
    """A foreign change of a setting is drift where the program sets it, and nothing where it does not."""
    id_, outputs = apis.create(identifier=ORDERS, token_lifetime=3600)
    session.resource_servers.update(id_, {"allow_offline_access": True, "name": "Somebody's"})
    assert apis.read(id_, outputs)[1] == outputs
    session.resource_servers.update(id_, {"token_lifetime": 60})
    _, fresh, inputs = apis.read(id_, outputs)
    assert (fresh["token_lifetime"], inputs["token_lifetime"]) == (60, 60)


def test_a_setting_that_vanishes_is_drift(apis: Kind, session: Session) -> None:
    """A setting that somebody cleared leaves inputs and outputs, and the program then sends it again."""
    consent = {"consent_policy": "transactional-authorization-with-mfa"}
    id_, outputs = apis.create(identifier=ORDERS, **consent)
    session.resource_servers.update(id_, {"consent_policy": None})
    _, fresh, inputs = apis.read(id_, outputs)
    assert inputs == {"identifier": ORDERS}
    assert "consent_policy" not in fresh
    assert apis.update(id_, fresh, identifier=ORDERS, **consent)["consent_policy"]


def test_a_setting_never_made_has_its_default(
    apis: Kind, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asking for what an API without the setting does is no conflict and no drift."""
    session.resource_servers.create({"identifier": ORDERS})
    asked = {"identifier": ORDERS, "enforce_policies": False, "token_dialect": "access_token", "scopes": []}
    monkeypatch.setenv("AUTH0_ADOPT", "equal")
    id_, outputs = apis.create(**asked)
    assert apis.read(id_, outputs) == (id_, outputs, asked)


def test_a_setting_newly_in_charge_of_is_sent(apis: Kind, session: Session) -> None:
    """State may be stale about what nobody watched, so the first value that a program gives is sent."""
    id_, outputs = apis.create(identifier=ORDERS)
    session.resource_servers.update(id_, {"token_lifetime": 60})
    apis.update(id_, outputs, identifier=ORDERS, token_lifetime=86_400)
    assert session.resource_servers.get(id_)["token_lifetime"] == 86_400


def test_a_patch_carries_the_changed_keys_only(apis: Kind, session: Session) -> None:
    """An update leaves alone what another hand set meanwhile and the program did not change."""
    id_, outputs = apis.create(identifier=ORDERS, token_lifetime=3600, name="Orders")
    session.resource_servers.update(id_, {"name": "Renamed", "allow_offline_access": True})
    apis.update(id_, outputs, identifier=ORDERS, token_lifetime=60, name="Orders")
    kept = session.resource_servers.get(id_)
    assert (kept["name"], kept["allow_offline_access"], kept["token_lifetime"]) == ("Renamed", True, 60)


@pytest.mark.parametrize(
    ("setting", "value", "afterwards"),
    [
        ("token_lifetime", 60, 86_400),
        ("token_lifetime_for_web", 60, 7_200),
        ("token_dialect", "rfc9068_profile", "access_token"),
        ("enforce_policies", True, False),
        ("skip_consent_for_verifiable_first_party_clients", True, False),
        ("allow_offline_access", True, False),
        ("allow_online_access", True, False),
        ("consent_policy", "transactional-authorization-with-mfa", None),
        ("authorization_details", [{"type": "payment"}], None),
        ("proof_of_possession", {"mechanism": "dpop", "required": True}, None),
        ("token_encryption", encryption(public_key()), None),
        ("token_lifetime_for_anonymous_access_tokens", 172_800, None),
        ("access_token", CLAIMS, None),
        ("require_consent_non_repudiation", True, False),
    ],
)
def test_a_removed_setting_goes_back_to_the_default(
    apis: Kind, session: Session, setting: str, value: Any, afterwards: Any
) -> None:
    """Taking a setting out of the program gives what an API without it has."""
    id_, outputs = apis.create(**{"identifier": ORDERS, setting: value})
    outputs = apis.update(id_, outputs, identifier=ORDERS)
    assert session.resource_servers.get(id_).get(setting) == afterwards
    assert outputs["managed"] == ["identifier"]


def test_the_default_browser_lifetime_never_exceeds_the_other(apis: Kind) -> None:
    """A removed browser lifetime falls back to 7,200 s, or to the token lifetime where that is shorter."""
    id_, outputs = apis.create(identifier=ORDERS, token_lifetime=3600, token_lifetime_for_web=60)
    outputs = apis.update(id_, outputs, identifier=ORDERS, token_lifetime=3600)
    assert outputs["token_lifetime_for_web"] == 3600


def test_a_removal_without_documented_default_says_so(apis: Kind, session: Session, said: list[str]) -> None:
    """A name that the program drops stays in the tenant, and the update tells."""
    id_, outputs = apis.create(identifier=ORDERS, name="Orders")
    apis.update(id_, outputs, identifier=ORDERS)
    assert session.resource_servers.get(id_)["name"] == "Orders"
    assert "name is no longer set by the program" in said[0]


def test_encryption_key_is_compared_by_thumbprint(apis: Kind, session: Session) -> None:
    """The PEM, which Auth0 never says back, is no drift until the tenant holds another key."""
    id_, outputs = apis.create(identifier=ORDERS, token_encryption=encryption(public_key()))
    assert apis.read(id_, outputs)[1] == outputs
    session.resource_servers.update(id_, {"token_encryption": encryption(public_key())})
    _, _, inputs = apis.read(id_, outputs)
    assert "pem" not in inputs["token_encryption"]["encryption_key"]


@pytest.mark.parametrize(
    ("changed", "replaced"),
    [
        ({"identifier": "https://other.example.com"}, ["identifier"]),
        ({"signing_alg": "PS256"}, ["signing_alg"]),
        ({"identifier": pulumi.output.Unknown()}, ["identifier"]),  # type: ignore[no-untyped-call]
        ({"token_lifetime": 60}, []),
        ({"name": "Another"}, []),
        ({"signing_alg": "RS256"}, []),
    ],
)
def test_replacement(apis: Kind, changed: Props, replaced: list[str]) -> None:
    """Identifier and algorithm need another API; a name does not, and neither does the default algorithm."""
    outputs = {"identifier": ORDERS, "signing_alg": "RS256", "managed": ["identifier"]}
    assert apis.replaces(outputs, **{"identifier": ORDERS, **changed}) == replaced


def test_the_same_identifier_is_deleted_before_it_is_created_anew(apis: Kind) -> None:
    """Only one API may bear an identifier, so the old one goes first; another identifier can wait."""
    outputs = {"identifier": ORDERS, "signing_alg": "RS256", "managed": ["identifier"]}
    assert apis.goes_first(outputs, identifier=ORDERS, signing_alg="HS256")
    assert not apis.goes_first(outputs, identifier="https://other.example.com")


@pytest.mark.parametrize(
    ("inputs", "failure"),
    [
        ({"identifier": ""}, "identifier: should have at least 1 character"),
        ({"identifier": None}, "identifier: is required"),
        ({"name": "a<b"}, "name: should not contain < or >"),
        ({"token_lifetime": "3600"}, "token_lifetime: should be a valid integer"),
        ({"token_lifetime": 0}, "token_lifetime: should be greater than or equal to 1 (1 … 2,592,000 s"),
        ({"token_lifetime": 2_592_001}, "token_lifetime: should be less than or equal to 2592000"),
        ({"token_lifetime": 60, "token_lifetime_for_web": 61}, "token_lifetime_for_web: should not be over"),
        (
            {"token_lifetime_for_web": 86_401},
            "token_lifetime_for_web: should not be over token_lifetime (86,400",
        ),
        ({"signing_alg": "ES256"}, "signing_alg: should be 'RS256', 'HS256', 'PS256' or 'RS512'"),
        (
            {"token_lifetime_for_anonymous_access_tokens": 3600},
            "token_lifetime_for_anonymous_access_tokens: should be greater than or equal to 86400 (86,400 …",
        ),
        ({"signing_secret": "s" * 16}, "signing_secret: only HS256 signs with a secret"),
        (
            {"signing_alg": "HS256", "signing_secret": "short"},
            "signing_secret: should have at least 16",
        ),
        ({"scopes": [{"value": "a"}, {"value": "a"}]}, "scopes[1].value: a is listed twice"),
        (
            {"scopes": [{"value": "a b"}]},
            "scopes[0].value: should be at least one character, and no white space",
        ),
        ({"scopes": [{"value": f"{n}"} for n in range(1001)]}, "scopes: should have at most 1000 items"),
        (
            {"token_encryption": encryption("pem")},
            "token_encryption.encryption_key.pem: should be an RSA public key",
        ),
        ({"proof_of_possession": {"mechanism": "dpop"}}, "proof_of_possession.required: is required"),
        (
            {"allow_online_access_with_ephemeral_sessions": True},
            "allow_online_access_with_ephemeral_sessions: is only possible with allow_online_access",
        ),
        ({"token_lifetme": 1}, "token_lifetme: there is no such setting; did you mean token_lifetime?"),
        (
            {"identifier": "https://t.eu.auth0.com/api/v2/", "scopes": []},
            "scopes: Auth0 does not let this be changed",
        ),
    ],
)
def test_check_refuses(apis: Kind, inputs: Props, failure: str) -> None:
    """A value outside its type, limit or rule is refused, with its path and the reason."""
    reasons = apis.failures(**{"identifier": ORDERS, **inputs})
    assert [reason for reason in reasons if reason.startswith(failure)], reasons


def test_check_reports_every_failure_at_once_without_secrets(apis: Kind) -> None:
    """Three mistakes are three failures, and none of them shows the secret."""
    reasons = apis.failures(identifier="", signing_alg="HS512", signing_secret="hunter2")
    assert len(reasons) == 3
    assert "hunter2" not in " ".join(reasons)


def test_check_passes_over_unknowns(apis: Kind) -> None:
    """What a preview cannot know is no failure, at the top and inside nested settings."""
    unknown = pulumi.output.Unknown()  # type: ignore[no-untyped-call]
    apis.check(
        identifier=unknown,
        token_lifetime=unknown,
        token_lifetime_for_web=600,
        signing_alg=unknown,
        signing_secret="s" * 16,
        scopes=[{"value": unknown}, unknown],
        token_encryption={"format": "compact-nested-jwe", "encryption_key": unknown},
    )


def test_check_normalises(apis: Kind) -> None:
    """Numbers become whole, nulls vanish, and the order of scopes means nothing."""
    scopes = [{"value": "b", "description": None}, {"value": "a"}]
    inputs = apis.check(identifier=ORDERS, token_lifetime=9000.0, name=None, scopes=scopes)
    assert inputs == {
        "identifier": ORDERS,
        "token_lifetime": 9000,
        "scopes": [{"value": "a"}, {"value": "b"}],
    }


def test_another_tenant_is_never_called(
    apis: Kind, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read, update and delete stop where the domain differs from the one the API was made in."""
    id_, outputs = apis.create(identifier=ORDERS)
    elsewhere = {**outputs, "domain": "other.eu.auth0.com"}
    for act in (
        lambda: apis.read(id_, elsewhere),
        lambda: apis.update(id_, elsewhere, identifier=ORDERS, name="x"),
        lambda: apis.delete(id_, elsewhere),
    ):
        with pytest.raises(WrongTenantError, match=r"was made in the tenant other\.eu\.auth0\.com"):
            act()
    assert session.resource_servers.get(id_)


def test_a_sandbox_at_another_port_is_told_apart(apis: Kind) -> None:
    """Where both tenants are sandboxes, the way on is that of sandboxes."""
    id_, outputs = apis.create(identifier=ORDERS)
    with pytest.raises(WrongTenantError, match="A sandbox at another port"):
        apis.read(id_, {**outputs, "domain": "127.0.0.1:1"})


def test_system_apis_are_neither_made_nor_deleted(apis: Kind, sandbox: Sandbox, session: Session) -> None:
    """Auth0's own API is taken over for the few settings that may change, and outlives its resource."""
    management = f"{sandbox.domain}/api/v2/"
    id_, outputs = apis.create(identifier=management, token_lifetime=3600, adopt=True)
    apis.delete(id_, outputs)
    assert session.resource_servers.get(id_)["token_lifetime"] == 3600
    with pytest.raises(SettingsError, match="has not activated"):
        apis.create(identifier=f"{sandbox.domain}/my-org/")


def test_a_system_api_cannot_be_renamed(apis: Kind, sandbox: Sandbox) -> None:
    """A name for an API of Auth0's own is refused in the preview: the tenant would not take it."""
    assert apis.failures(identifier=f"{sandbox.domain}/api/v2/", name="Mine") == [
        "name: Auth0 does not let this be changed on its own APIs; leave it out"
    ]


def test_system_apis_keep_what_auth0_guards(apis: Kind, session: Session, said: list[str]) -> None:
    """On an API of Auth0's own, a forbidden change is refused and a removed setting stays as it is."""
    id_, outputs = apis.create(identifier=ORDERS, token_lifetime=9000)
    outputs = {**outputs, "is_system": True}
    with pytest.raises(SettingsError, match="enforce_policies: Auth0 does not let this be changed"):
        apis.update(id_, outputs, identifier=ORDERS, token_lifetime=9000, enforce_policies=True)
    apis.update(id_, outputs, identifier=ORDERS)
    assert session.resource_servers.get(id_)["token_lifetime"] == 9000
    assert "token_lifetime is no longer set" in said[0]


def test_a_secret_that_is_not_shown_is_no_drift() -> None:
    """A tenant that does not say the signing secret back is taken to keep it."""
    kept = PROVIDER.kept({"identifier": ORDERS}, {"identifier": ORDERS, "signing_secret": "s" * 16})
    assert kept["signing_secret"] == "s" * 16


def test_a_conflict_shows_no_secret(apis: Kind, session: Session) -> None:
    """That the secrets differ is said; neither of them is."""
    theirs = {"identifier": ORDERS, "signing_alg": "HS256", "signing_secret": "t" * 16}
    session.resource_servers.create(theirs)
    with pytest.raises(AlreadyThereError, match=r"differs: signing_secret \(secret\)\.") as raised:
        apis.create(identifier=ORDERS, signing_alg="HS256", signing_secret="o" * 16)
    assert "tttt" not in str(raised.value)
    assert "oooo" not in str(raised.value)


def test_look_up_by_id(apis: Kind, session: Session) -> None:
    """Without recorded outputs everything is read, and an API that is not there is an error, not gone."""
    made = session.resource_servers.create({"identifier": ORDERS, "name": "Orders"})
    _, outputs, _ = apis.read(made["id"], {})
    assert (outputs["name"], outputs["managed"]) == ("Orders", [])
    with pytest.raises(NotFoundError):
        apis.read("f" * 24, {})
