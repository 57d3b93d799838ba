"""What a team promises of its Auth0 APIs, tested in seconds: `pytest`, with nothing else running."""

from __future__ import annotations

from pathlib import Path

import pytest

from pulumi_auth0_apis.testing.plugin import MakeProgram
from pulumi_auth0_apis.testing.program import ProgramUnderTest
from pulumi_auth0_apis.testing.tenant import TenantUnderTest

REPOSITORY = Path(__file__).parents[1]
PAYMENTS = "https://payments.example.com"
TERMINALS = "billingServiceSandbox00000000001"


@pytest.fixture
def payments(pulumi_program: MakeProgram) -> ProgramUnderTest:
    """The program of this repository, on a fresh tenant."""
    return pulumi_program(REPOSITORY, stack="dev")


def test_terminals_cannot_refund(auth0_tenant: TenantUnderTest, payments: ProgramUnderTest) -> None:
    """Terminals may charge and nothing else, although the API knows refunds."""
    payments.up()
    assert auth0_tenant.permissions[PAYMENTS] == {"create:charges", "create:refunds"}
    assert auth0_tenant.grants[TERMINALS, PAYMENTS]["scope"] == ["create:charges"]


def test_second_run_is_quiet(payments: ProgramUnderTest) -> None:
    """A second run changes nothing, and asks the tenant nothing."""
    payments.up()
    again = payments.up()
    assert again.changes == {}
    assert again.calls.total() == 0


def test_dashboard_change_is_repaired(auth0_tenant: TenantUnderTest, payments: ProgramUnderTest) -> None:
    """Someone turns RBAC off in the dashboard: refresh tells, up repairs."""
    payments.up()
    auth0_tenant.change_api(PAYMENTS, enforce_policies=False)
    assert payments.refresh().changes == {"payments": "update"}
    payments.up()
    assert auth0_tenant.apis[PAYMENTS]["enforce_policies"] is True


def test_lifetime_is_configurable(auth0_tenant: TenantUnderTest, pulumi_program: MakeProgram) -> None:
    """A stack can shorten the lifetime of tokens."""
    pulumi_program(REPOSITORY, stack="dev", config={"payments:tokenLifetime": 300}).up()
    assert auth0_tenant.apis[PAYMENTS]["token_lifetime"] == 300


def test_everything_goes_away(auth0_tenant: TenantUnderTest, payments: ProgramUnderTest) -> None:
    """Destroy leaves nothing behind."""
    payments.up()
    payments.destroy()
    assert (auth0_tenant.apis, auth0_tenant.grants) == ({}, {})
