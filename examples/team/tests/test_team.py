"""The team's tests: no plugin of `random`, and no run of the platform's stack, is needed."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from pulumi_auth0_apis.testing.plugin import MakeProgram
from pulumi_auth0_apis.testing.program import ProgramUnderTest
from pulumi_auth0_apis.testing.tenant import TenantUnderTest

REPOSITORY = Path(__file__).parents[1]
FAKES = runpy.run_path(str(REPOSITORY / "fakes.py"))["FAKES"]
ORDERS = "https://orders.example.com"
GATEWAY = "billingServiceSandbox00000000001"


@pytest.fixture
def team(pulumi_program: MakeProgram) -> ProgramUnderTest:
    """The program of this repository, beside a stack of the platform's that gives out its gateway."""
    platform = {"organization/platform/dev": {"gatewayClientId": GATEWAY}}
    return pulumi_program(REPOSITORY, stack="dev", fakes=FAKES, references=platform)


def test_the_gateway_may_do_all(auth0_tenant: TenantUnderTest, team: ProgramUnderTest) -> None:
    """The platform's gateway gets every permission of the API."""
    team.up()
    assert auth0_tenant.grants[GATEWAY, ORDERS]["scope"] == ["read:orders", "write:orders"]


def test_the_signing_secret_is_the_random_one(team: ProgramUnderTest) -> None:
    """The secret that partners get is the one of the other provider, which a fake has played."""
    run = team.up()
    assert run.outputs == {"audience": ORDERS, "signingSecret": "x" * 48}
    assert run.fakes == {"random": 1}


def test_a_preview_needs_neither(auth0_tenant: TenantUnderTest, team: ProgramUnderTest) -> None:
    """A preview shows the component and all that is in it, without a call."""
    assert len(team.preview().changes) == 6
    assert auth0_tenant.calls.total() == 0


def test_another_gateway_replaces_the_grant(team: ProgramUnderTest, auth0_tenant: TenantUnderTest) -> None:
    """When the platform changes its gateway, the grant follows, and nothing else does."""
    team.up()
    team.refer("organization/platform/dev", {"gatewayClientId": "reportsServiceSandbox00000000002"})
    assert team.up().changes == {"orders-gateway": "replace"}
    assert ("reportsServiceSandbox00000000002", ORDERS) in auth0_tenant.grants


def test_everything_goes_away(auth0_tenant: TenantUnderTest, team: ProgramUnderTest) -> None:
    """Destroy leaves nothing behind."""
    team.up()
    team.destroy()
    assert (auth0_tenant.apis, auth0_tenant.grants) == ({}, {})
