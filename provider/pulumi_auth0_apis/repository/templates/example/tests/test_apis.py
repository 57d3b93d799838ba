"""What is promised of the APIs, tested on a tenant of this machine: `pytest`, with nothing else running."""

from __future__ import annotations

from pathlib import Path

import pytest

from pulumi_auth0_apis.testing.plugin import MakeProgram
from pulumi_auth0_apis.testing.tenant import TenantUnderTest

REPOSITORY = Path(__file__).parents[1]
POLICIES = REPOSITORY / "policies"
ORDERS = "https://orders.example.com"
BILLING = "billingServiceSandbox00000000001"


def test_billing_reads_and_does_not_write(auth0_tenant: TenantUnderTest, pulumi_program: MakeProgram) -> None:
    """The billing service may read orders and nothing else, although the API knows more."""
    pulumi_program(REPOSITORY, stack="sandbox").up()
    assert auth0_tenant.permissions[ORDERS] == {"read:orders", "write:orders"}
    assert auth0_tenant.grants[BILLING, ORDERS]["scope"] == ["read:orders"]


def test_a_second_run_changes_nothing(pulumi_program: MakeProgram) -> None:
    """A second run finds everything as the program says."""
    program = pulumi_program(REPOSITORY, stack="sandbox")
    program.up()
    assert program.up().changes == {}


@pytest.mark.parametrize("stack", ["dev", "staging", "prod"])
def test_a_stack_passes_its_rules(pulumi_program: MakeProgram, stack: str) -> None:
    """No stack breaks a rule that is mandatory there."""
    rules = (POLICIES, POLICIES / "config" / f"{stack}.json")
    pulumi_program(REPOSITORY, stack=stack, policies=[rules]).preview()
