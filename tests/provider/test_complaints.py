"""What users of hand-written dynamic providers and of Terraform's run into, where no other test says it."""

from __future__ import annotations

from pulumi_auth0_apis.management import Session

from .conftest import BOTH, Kind

FACES = BOTH
ORDERS = "https://orders.example.com"


def test_permissions_in_another_order_are_the_same(apis: Kind, session: Session) -> None:
    """An API that has what is asked for, listed in another order, is taken over without a write."""
    listed = [{"value": "write"}, {"value": "read", "description": "Read"}]
    made = session.resource_servers.create({"identifier": ORDERS, "scopes": listed})
    id_, _ = apis.create(identifier=ORDERS, scopes=listed[::-1], adopt=True)
    assert id_ == made["id"]
    assert session.resource_servers.get(id_)["scopes"] == listed


def test_an_update_keeps_every_output(apis: Kind) -> None:
    """An update of one setting returns all outputs, and not only what it changed."""
    id_, before = apis.create(identifier=ORDERS, name="Orders", token_lifetime=8000)
    after = apis.update(id_, before, identifier=ORDERS, name="Orders", token_lifetime=9000)
    assert after == {**before, "token_lifetime": 9000}
