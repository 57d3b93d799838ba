"""The pytest plugin, as a user's infrastructure repository uses it."""

from __future__ import annotations

from pathlib import Path

import pulumi
import pytest

from pulumi_auth0_apis import ResourceServer
from pulumi_auth0_apis.testing.plugin import MakeProgram
from pulumi_auth0_apis.testing.program import RunError
from pulumi_auth0_apis.testing.tenant import TenantUnderTest

ROOT = Path(__file__).parents[2]
QUICKSTART = ROOT / "examples" / "quickstart"
ORDERS = "https://orders.example.com"


def one_api() -> None:
    """A program in a function: one API, its lifetime from configuration."""
    lifetime = pulumi.Config("orders").require_int("lifetime")
    orders = ResourceServer("orders", identifier=ORDERS, token_lifetime=lifetime)
    pulumi.export("audience", orders.identifier)


def test_folder(auth0_tenant: TenantUnderTest, pulumi_program: MakeProgram) -> None:
    """A program in a folder comes up with its stack's configuration, and goes down again."""
    program = pulumi_program(QUICKSTART, stack="dev")
    assert set(program.up().changes.values()) == {"create"}
    assert auth0_tenant.permissions[ORDERS] == {"read:orders", "write:orders"}
    assert ("billingServiceSandbox00000000001", ORDERS) in auth0_tenant.grants
    program.destroy()
    assert auth0_tenant.apis == {}


def test_function(auth0_tenant: TenantUnderTest, pulumi_program: MakeProgram) -> None:
    """A function is a program; configuration is given by the test, and a preview makes no call."""
    program = pulumi_program(one_api, config={"orders:lifetime": 600})
    assert program.preview().changes == {"orders": "create"}
    assert auth0_tenant.calls.total() == 0
    assert program.up().outputs == {"audience": ORDERS}
    assert auth0_tenant.apis[ORDERS]["token_lifetime"] == 600


def test_drift(auth0_tenant: TenantUnderTest, pulumi_program: MakeProgram) -> None:
    """A change behind the program's back is what refresh reports and up repairs."""
    program = pulumi_program(one_api, config={"orders:lifetime": 600})
    program.up()
    auth0_tenant.change_api(ORDERS, token_lifetime=60)
    assert program.refresh().changes == {"orders": "update"}
    assert program.up().changes == {"orders": "update"}
    assert auth0_tenant.apis[ORDERS]["token_lifetime"] == 600


def test_policies(pulumi_program: MakeProgram) -> None:
    """Violations of a policy pack are told by rule and resource, and stop the run."""
    pack = (ROOT / "policies", ROOT / "policies" / "config" / "prod.json")
    program = pulumi_program(one_api, config={"orders:lifetime": 2_592_000}, policies=[pack])
    run = program.preview(fails=True)
    assert ("access-token-lifetime", "orders") in run.violations
    assert run.calls.total() == 0


def test_failure_is_loud(pulumi_program: MakeProgram) -> None:
    """A run that fails unexpectedly fails the test with what the engine said."""
    program = pulumi_program(one_api, config={"orders:lifetime": -1})
    with pytest.raises(RunError, match="token_lifetime"):
        program.up()


def test_success_where_failure_is_expected(pulumi_program: MakeProgram) -> None:
    """A run that should fail and does not fails the test."""
    program = pulumi_program(one_api, config={"orders:lifetime": 600})
    with pytest.raises(RunError, match="succeeded"):
        program.preview(fails=True)


def test_closure_is_refused(pulumi_program: MakeProgram) -> None:
    """A function inside a function cannot run in another process, and the error says so."""
    with pytest.raises(ValueError, match="function of a module"):
        pulumi_program(lambda: None)


@pytest.mark.auth0_tenant(plan="free")
def test_marker(auth0_tenant: TenantUnderTest) -> None:
    """The marker decides how the tenant behaves."""
    assert auth0_tenant.sandbox.tenant.plan is not None
