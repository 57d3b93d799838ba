"""What a log tells of objects is what the tables know."""

from __future__ import annotations

from pulumi_auth0_apis import client_grant, resource_server
from pulumi_auth0_apis.management.redaction import TOLD


def test_a_property_that_no_table_knows_is_not_told() -> None:
    """Nobody has looked at it, so any value of it may be a secret. Further known ones may be left out."""
    providers = (resource_server.PROVIDER, client_grant.PROVIDER)
    known = {name for each in providers for name in (*each.own_names, *each.computed)}
    assert {*known, "id"} >= TOLD
