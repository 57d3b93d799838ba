"""What a stack has already."""

from __future__ import annotations

from pulumi_auth0_apis.emulator import EmulatedTenant
from pulumi_auth0_apis.engine.model.snapshot import Snapshot
from pulumi_auth0_apis.importing.checkpoint import add_to_snapshot
from pulumi_auth0_apis.importing.existing import Existing
from pulumi_auth0_apis.importing.planning import make_plan

from ..plugin_state import in_plugin
from .bench import DOMAIN, found_in


def tenant() -> EmulatedTenant:
    tenant = EmulatedTenant(DOMAIN)
    tenant.resource_servers.create({"identifier": "urn:orders", "scopes": [{"value": "read"}]})
    return tenant


def state() -> Snapshot:
    return add_to_snapshot(Snapshot(), make_plan(found_in(tenant())), "dev", "shop", {})


def test_what_the_stack_manages_is_not_planned_again() -> None:
    """An API and a permission that a resource has, of whatever name, stay out of the plan."""
    assert len(make_plan(found_in(tenant()), Existing.of(state(), DOMAIN, {}))) == 0


def test_what_the_plugin_manages_is_not_planned_again() -> None:
    """A stack may declare by the plugin what it has: the same objects and names count."""
    by_class = state()
    existing = Existing.of(in_plugin(by_class), DOMAIN, {})
    assert existing == Existing.of(by_class, DOMAIN, {})
    assert len(make_plan(found_in(tenant()), existing)) == 0


def test_another_tenants_resources_are_no_reason_to_leave_something_out() -> None:
    """A program of several tenants has one identifier in each of them; only the names must differ."""
    plan = make_plan(found_in(tenant()), Existing.of(state(), "other.eu.auth0.com", {}))
    assert [api.name for api in plan.apis] == ["orders-2"]
    assert [each.name for api in plan.apis for each in api.permissions] == ["orders-2/read"]
