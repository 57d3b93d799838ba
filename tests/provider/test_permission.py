"""Permissions: lifecycle, one scope among others, and the grants that hold it."""

from __future__ import annotations

import pulumi
import pytest

from pulumi_auth0_apis.errors import AlreadyThereError, NotFoundError, SettingsError, StillNeededError
from pulumi_auth0_apis.management import Session

from ..played_page import API, PlayedPage
from .conftest import BOTH, Kind, Props

FACES = BOTH
ORDERS = "https://orders.example.com"
BILLING = "billingServiceSandbox00000000001"
READ = {"resource_server_identifier": ORDERS, "scope": "read:orders"}

PAGE = PlayedPage(
    {
        "create": 'Permission("p", resource_server_identifier=orders.identifier, scope="read:orders")',
        "update": 'Permission("p", resource_server_identifier=orders.identifier, scope="read:orders", '
        'description="See")',
        "refresh": "",
        "delete": "",
    },
    before=API,
)


@pytest.fixture(autouse=True)
def orders(session: Session) -> Props:
    return session.resource_servers.create({"identifier": ORDERS, "scopes": [{"value": "theirs"}]})


def test_lifecycle(permissions: Kind, session: Session) -> None:
    """A permission is added, read, described, found gone, and deleted twice; others stay as they are."""
    id_, outputs = permissions.create(**READ, description="Read")
    assert id_ == f"{ORDERS}::read:orders"
    assert permissions.read(id_, outputs) == (id_, outputs, {**READ, "description": "Read"})
    outputs = permissions.update(id_, outputs, **READ, description="Read orders")
    assert session.scopes.read(ORDERS)[-1] == {"value": "read:orders", "description": "Read orders"}
    permissions.delete(id_, outputs)
    permissions.delete(id_, outputs)
    assert permissions.read(id_, outputs) == (None, {}, {})
    assert session.scopes.read(ORDERS) == [{"value": "theirs"}]


def test_gone_with_its_api(permissions: Kind, session: Session, orders: Props) -> None:
    """When the whole API is gone so is the permission, on refresh and on delete."""
    id_, outputs = permissions.create(**READ)
    session.resource_servers.delete(orders["id"])
    assert permissions.read(id_, outputs) == (None, {}, {})
    permissions.delete(id_, outputs)


def test_a_removed_description_is_removed(permissions: Kind, session: Session) -> None:
    """A permission whose description leaves the program has none in the tenant."""
    id_, outputs = permissions.create(**READ, description="Read")
    permissions.update(id_, outputs, **READ)
    assert {"value": "read:orders"} in session.scopes.read(ORDERS)


def test_foreign_description_is_no_drift_unless_managed(permissions: Kind, session: Session) -> None:
    """A description that somebody else wrote is drift only where the program writes one."""
    id_, outputs = permissions.create(**READ)
    session.scopes.write(ORDERS, "read:orders", "Somebody's")
    assert permissions.read(id_, outputs)[1] == outputs


@pytest.mark.parametrize(
    ("changed", "replaced"),
    [
        ({"scope": "write:orders"}, ["scope"]),
        ({"resource_server_identifier": "urn:other"}, ["resource_server_identifier"]),
        ({"resource_server_identifier": pulumi.output.Unknown()}, ["resource_server_identifier"]),  # type: ignore[no-untyped-call]
        ({"description": "x"}, []),
    ],
)
def test_replacement(permissions: Kind, changed: Props, replaced: list[str]) -> None:
    """Another scope or API is another permission, and so is one that is not known yet."""
    assert permissions.replaces({**READ, "managed": sorted(READ)}, **{**READ, **changed}) == replaced


@pytest.mark.parametrize(
    ("inputs", "failure"),
    [
        ({"scope": "read orders"}, "scope: should contain no white space"),
        ({"scope": ""}, "scope: should have at least 1 character"),
        ({"scope": None}, "scope: is required"),
        ({"description": 3}, "description: should be a valid string"),
    ],
)
def test_check_refuses(permissions: Kind, inputs: Props, failure: str) -> None:
    """A scope that no token could carry is refused, with its path and the reason."""
    reasons = permissions.failures(**{**READ, **inputs})
    assert [reason for reason in reasons if reason.startswith(failure)], reasons


def test_existing_permission(permissions: Kind, session: Session) -> None:
    """A permission that is there is refused, equal or not; adopted, it is described as asked."""
    session.scopes.write(ORDERS, "read:orders", "Old")
    with pytest.raises(AlreadyThereError, match="equals what is asked for"):
        permissions.create(**READ)
    permissions.next_run()
    with pytest.raises(AlreadyThereError, match='description is "Old"') as refused:
        permissions.create(**READ, description="New")
    assert "New" not in str(refused.value)  # it may be a secret
    permissions.next_run()
    permissions.create(**READ, description="New", adopt=True)
    assert session.scopes.read(ORDERS)[-1]["description"] == "New"


def test_adoption_of_one_id(permissions: Kind) -> None:
    """An id to adopt must be this permission's own, and must be there."""
    with pytest.raises(SettingsError, match="is the id of another one"):
        permissions.create(**READ, adopt=f"{ORDERS}::theirs")
    permissions.next_run()
    with pytest.raises(NotFoundError, match="has no permission read:orders"):
        permissions.create(**READ, adopt=f"{ORDERS}::read:orders")


def test_a_granted_permission_stays(permissions: Kind, session: Session) -> None:
    """A permission that a grant holds is not deleted; the refusal names the application."""
    id_, outputs = permissions.create(**READ)
    session.client_grants.create({"client_id": BILLING, "audience": ORDERS, "scope": ["read:orders"]})
    with pytest.raises(StillNeededError, match=rf"granted to Billing service \({BILLING}\).*force=True"):
        permissions.delete(id_, outputs)
    assert {"value": "read:orders"} in session.scopes.read(ORDERS)


def test_force_deletes_a_granted_permission(permissions: Kind, session: Session) -> None:
    """With force, which an update records, the permission goes whoever holds it."""
    id_, outputs = permissions.create(**READ)
    session.client_grants.create({"client_id": BILLING, "audience": ORDERS, "scope": ["read:orders"]})
    permissions.delete(id_, permissions.update(id_, outputs, **READ, force=True))
    assert session.scopes.read(ORDERS) == [{"value": "theirs"}]


def test_a_permission_that_moved_into_the_api_stays(permissions: Kind, apis: Kind, session: Session) -> None:
    """When the API lists the permission itself from this run on, only the resource goes."""
    listing = {"identifier": f"{ORDERS}/v2", "scopes": [{"value": "read:orders"}]}
    api, outputs = apis.create(identifier=f"{ORDERS}/v2")
    own, other = (
        permissions.create(resource_server_identifier=f"{ORDERS}/v2", scope=scope)
        for scope in ("read:orders", "write:orders")
    )
    apis.replaces(outputs, **listing)
    apis.update(api, outputs, **listing)
    permissions.delete(*own)
    permissions.delete(*other)
    assert session.scopes.read(f"{ORDERS}/v2") == [{"value": "read:orders"}]


def test_an_api_that_is_not_there(permissions: Kind) -> None:
    """The error for a permission of a missing API says how to have the API made first, or made again."""
    with pytest.raises(NotFoundError, match=r"orders\.identifier.*makes it first\. .*`pulumi refresh`"):
        permissions.create(resource_server_identifier="https://nowhere.example.com", scope="read:orders")


def test_look_up_by_id(permissions: Kind, session: Session) -> None:
    """A permission is found by `<identifier>::<scope>`, and one that is not there is an error."""
    session.scopes.write(ORDERS, "read:orders", "Read")
    assert permissions.read(f"{ORDERS}::read:orders", {})[1]["description"] == "Read"
    with pytest.raises(NotFoundError):
        permissions.read(f"{ORDERS}::write:orders", {})


def test_colons_in_a_scope(permissions: Kind) -> None:
    """A scope that holds the separator of ids is read back as what it is."""
    id_, outputs = permissions.create(resource_server_identifier=ORDERS, scope="crm::read")
    assert permissions.read(id_, outputs)[1] == outputs
