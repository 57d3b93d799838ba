"""The example of one API and the services that call it."""

from __future__ import annotations

from pathlib import Path

from pulumi_auth0_apis.testing.plugin import MakeProgram
from pulumi_auth0_apis.testing.tenant import TenantUnderTest

EXAMPLE = Path(__file__).parents[2] / "examples" / "machine_to_machine"


def test_each_service_gets_its_permissions(
    auth0_tenant: TenantUnderTest, pulumi_program: MakeProgram
) -> None:
    """The table of the program is what the tenant grants, and the program settles at once."""
    program = pulumi_program(EXAMPLE, stack="dev")
    program.up()
    assert program.preview().changes == {}
    grants = auth0_tenant.sandbox.tenant.client_grants.list(audience="https://inventory.example.com")
    granted = sorted(sorted(grant["scope"]) for grant in grants)
    assert granted == [["read:stock"], ["read:stock", "reserve:stock"]]
    program.destroy()
