"""Additional settings that a program leaves to others."""

from __future__ import annotations

import pulumi
import pytest

from pulumi_auth0_apis import ResourceServer
from pulumi_auth0_apis.testing.plugin import MakeProgram
from pulumi_auth0_apis.testing.tenant import TenantUnderTest

ORDERS = "https://orders.example.com"


def leaving_one_to_others() -> None:
    """A program that gives two and gives one of them away once it is made."""
    given = {"color": pulumi.Config().require("color"), "mode": {"level": 1}}
    others = pulumi.ResourceOptions(ignore_changes=["additional_settings.color"])
    ResourceServer("orders", others, identifier=ORDERS, additional_settings=given)


@pytest.mark.auth0_tenant(additional_properties={"resource-servers": {"color": {}, "mode": {}}})
def test_one_of_them_can_be_left_to_others(
    auth0_tenant: TenantUnderTest, pulumi_program: MakeProgram
) -> None:
    """`ignore_changes` takes its path: what the program or somebody else makes of it changes nothing."""
    program = pulumi_program(leaving_one_to_others, config={"test:color": "red"})
    program.up()
    program.configure({"test:color": "blue"})
    assert program.preview().changes == {}
    auth0_tenant.change_api(ORDERS, color="green", mode={"level": 2})
    program.refresh()
    assert program.up().changes == {"orders": "update"}
    kept = auth0_tenant.apis[ORDERS]
    assert (kept["color"], kept["mode"]) == ("green", {"level": 1})
    assert program.preview().changes == {}
