"""Client grants: lifecycle, the natural key, what check refuses, and what exists already."""

from __future__ import annotations

from typing import Any

import pulumi
import pytest

from pulumi_auth0_apis._grant_settings import SETTINGS
from pulumi_auth0_apis.errors import AlreadyThereError, NotFoundError
from pulumi_auth0_apis.management import Session
from pulumi_auth0_apis.testing.tenant import TenantUnderTest

from ..played_page import API, PlayedPage
from .conftest import BOTH, Kind, Props

FACES = BOTH
ORDERS = "https://orders.example.com"
BILLING = "billingServiceSandbox00000000001"
KEY = {"client_id": BILLING, "audience": ORDERS}


def made_by_hand(tenant: TenantUnderTest) -> None:
    with tenant.sandbox.tenant.store.transaction():
        grant = {"client_id": BILLING, "audience": ORDERS, "scope": []}
        tenant.sandbox.tenant.client_grants.create(grant)


CLIENT = f'"{BILLING}"'
PAGE = PlayedPage(
    {
        "create": f'ClientGrant("g", client_id={CLIENT}, audience=orders.identifier, scopes=[])',
        "update": f'ClientGrant("g", client_id={CLIENT}, audience=orders.identifier, scopes=["a"])',
        "refresh": "",
        "delete": "",
        "adopt": f'ClientGrant("g", client_id={CLIENT}, audience=orders.identifier, scopes=["b"], '
        "adopt=True)",
    },
    before=API,
    by_hand=made_by_hand,
    prepare=lambda _: {"orders:billingClientId": BILLING},
)


@pytest.fixture(autouse=True)
def orders(session: Session) -> Props:
    return session.resource_servers.create({"identifier": ORDERS})


def test_lifecycle(grants: Kind, session: Session) -> None:
    """A grant is created, read, updated in place, found gone after a foreign delete, and deleted twice."""
    id_, outputs = grants.create(**KEY, scopes=["b", "a"])
    assert (outputs["scopes"], outputs["subject_type"]) == (["a", "b"], "client")
    assert grants.read(id_, outputs) == (id_, outputs, {**KEY, "scopes": ["a", "b"]})
    outputs = grants.update(id_, outputs, **KEY, scopes=["c"])
    assert session.client_grants.get(id_)["scope"] == ["c"]
    session.client_grants.delete(id_)
    assert grants.read(id_, outputs) == (None, {}, {})
    grants.delete(id_, outputs)


def test_every_setting_survives_the_round_trip(grants: Kind) -> None:
    """What a program may set is what the tenant keeps, and a refresh sees no difference in any of it."""
    common: Props = {"audience": ORDERS, "scopes": ["a"]}
    of_client = {
        **common,
        "client_id": BILLING,
        "subject_type": "client",
        "organization_usage": "allow",
        "allow_any_organization": True,
    }
    of_user = {
        **common,
        "client_id": BILLING,
        "subject_type": "user",
        "authorization_details_types": ["payment"],
    }
    of_nobody = {**common, "client_id": BILLING, "subject_type": "anonymous_user"}
    by_default = {**common, "default_for": "third_party_clients"}
    everything = {
        "audience": ORDERS,
        "client_id": "reportsServiceSandbox00000000002",
        "allow_all_scopes": True,
    }
    assert {*of_client, *of_user, *by_default, *everything} == {setting.name for setting in SETTINGS}
    for wanted in (of_client, of_user, of_nobody, by_default, everything):
        id_, outputs = grants.create(**wanted)
        _, fresh, inputs = grants.read(id_, outputs)
        assert (inputs, fresh, grants.replaces(fresh, **wanted)) == (wanted, outputs, [])


def test_the_order_of_scopes_is_no_difference(grants: Kind, session: Session) -> None:
    """Scopes in another order are the same grant, in the program and in the tenant."""
    id_, outputs = grants.create(**KEY, scopes=["a", "b"])
    session.client_grants.update(id_, {"scope": ["b", "a"]})
    assert grants.read(id_, outputs)[1] == outputs
    assert grants.check(**KEY, scopes=["b", "a"]) == grants.check(**KEY, scopes=["a", "b"])


@pytest.mark.parametrize(
    ("setting", "value", "afterwards"),
    [("organization_usage", "allow", None), ("allow_any_organization", True, False)],
)
def test_a_removed_setting_goes_back_to_the_default(
    grants: Kind, session: Session, setting: str, value: Any, afterwards: Any
) -> None:
    """Taking a setting out of the program gives what a grant without it has."""
    id_, outputs = grants.create(**{**KEY, "scopes": ["a"], setting: value})
    grants.update(id_, outputs, **KEY, scopes=["a"])
    assert session.client_grants.get(id_).get(setting) == afterwards


def test_from_all_scopes_to_some_and_back(grants: Kind, session: Session) -> None:
    """A grant of everything can be narrowed to named permissions, and widened again."""
    id_, outputs = grants.create(**KEY, allow_all_scopes=True)
    outputs = grants.update(id_, outputs, **KEY, scopes=["a"])
    assert session.client_grants.get(id_)["scope"] == ["a"]
    grants.update(id_, outputs, **KEY, allow_all_scopes=True)
    assert "scope" not in session.client_grants.get(id_)


@pytest.mark.parametrize(
    ("changed", "replaced"),
    [
        ({"client_id": "other"}, ["client_id"]),
        ({"audience": "urn:other"}, ["audience"]),
        ({"audience": pulumi.output.Unknown()}, ["audience"]),  # type: ignore[no-untyped-call]
        ({"subject_type": "user"}, ["subject_type"]),
        ({"subject_type": "client"}, []),
        ({"scopes": ["other"]}, []),
    ],
)
def test_replacement(grants: Kind, changed: Props, replaced: list[str]) -> None:
    """What identifies a grant needs another one; the default subject type is no change of it."""
    outputs = {
        **KEY,
        "scopes": ["a"],
        "subject_type": "client",
        "managed": ["audience", "client_id", "scopes"],
    }
    assert grants.replaces(outputs, **{**KEY, "scopes": ["a"], **changed}) == replaced


def test_a_class_of_applications_instead_of_one_replaces(grants: Kind) -> None:
    """A grant for one application cannot become one for all third parties in place."""
    outputs = {**KEY, "scopes": ["a"], "managed": ["audience", "client_id", "scopes"]}
    wanted = {"default_for": "third_party_clients", "audience": ORDERS, "scopes": ["a"]}
    assert grants.replaces(outputs, **wanted) == ["client_id", "default_for"]


@pytest.mark.parametrize(
    ("inputs", "failure"),
    [
        ({"default_for": "third_party_clients"}, "client_id: give this or default_for, and not both"),
        ({"client_id": None}, "client_id: give this or default_for, and not both"),
        ({"allow_all_scopes": True}, "scopes: give this or allow_all_scopes=True, and not both"),
        ({"scopes": None}, "scopes: give this or allow_all_scopes=True, and not both"),
        ({"scopes": ["a", "a"]}, "scopes[1]: a is listed twice"),
        ({"scopes": ["a b"]}, "scopes[0]: should be at least one character, and no white space"),
        ({"scopes": "read:orders"}, "scopes: should be a valid list"),
        ({"subject_type": "users"}, "subject_type: should be 'client', 'user' or 'anonymous_user'"),
        ({"organization_usage": "never"}, "organization_usage: should be 'deny', 'allow' or 'require'"),
    ],
)
def test_check_refuses(grants: Kind, inputs: Props, failure: str) -> None:
    """A value outside its type or rule is refused, with its path and the reason."""
    reasons = grants.failures(**{**KEY, "scopes": ["a"], **inputs})
    assert [reason for reason in reasons if reason.startswith(failure)], reasons


def test_check_passes_over_unknowns(grants: Kind) -> None:
    """What a preview cannot know is no failure, alone or in a list."""
    unknown = pulumi.output.Unknown()  # type: ignore[no-untyped-call]
    grants.check(client_id=unknown, audience=unknown, scopes=[unknown, "a", unknown])
    grants.check(client_id=unknown, audience=unknown, scopes=unknown, allow_all_scopes=unknown)


def test_existing_grant(grants: Kind, session: Session) -> None:
    """A grant that is there is refused, equal or not; adopted, it is given what was asked."""
    made = session.client_grants.create({**KEY, "scope": ["b", "a"]})
    with pytest.raises(AlreadyThereError, match="equals what is asked for"):
        grants.create(**KEY, scopes=["a", "b"])
    grants.next_run()
    with pytest.raises(AlreadyThereError, match=r'scopes is \["a", "b"\], asked for \["c"\]') as refused:
        grants.create(**KEY, scopes=["c"])
    command = f"`auth0-apis import . --identifier {ORDERS} --application {BILLING}`"
    assert command in str(refused.value)
    grants.next_run()
    assert grants.create(**KEY, scopes=["c"], adopt=True)[0] == made["id"]
    assert session.client_grants.get(made["id"])["scope"] == ["c"]


def test_the_subject_type_tells_grants_apart(grants: Kind, session: Session) -> None:
    """A grant in a user's name is another one than the application's own, and none is taken for the other."""
    session.client_grants.create({**KEY, "scope": ["a"]})
    id_, _ = grants.create(**KEY, scopes=["b"], subject_type="user")
    assert session.client_grants.get(id_)["subject_type"] == "user"
    assert len(session.client_grants.list(audience=ORDERS)) == 2


def test_an_application_that_is_not_there(grants: Kind) -> None:
    """The error for a grant to a missing application says to check its id, not to refresh."""
    with pytest.raises(NotFoundError, match=r"answered 404.*Check its identifier or id") as told:
        grants.create(client_id="nobody", audience=ORDERS, scopes=[])
    assert "refresh" not in str(told.value)


def test_look_up_by_id(grants: Kind, session: Session) -> None:
    """Without recorded outputs everything is read, and a grant that is not there is an error."""
    made = session.client_grants.create({**KEY, "scope": ["a"]})
    assert grants.read(made["id"], {})[1]["scopes"] == ["a"]
    with pytest.raises(NotFoundError):
        grants.read("cgr_0000000000000000", {})
