"""docs/several_tenants.md: its program is brought up on two tenants, by its script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pulumi_auth0_apis.emulator import BILLING_CLIENT_ID, Sandbox

from .pages import DOCS, blocks, ran

PAGE = "several_tenants.md"
ORDERS = "https://orders.example.com"


@pytest.fixture
def tenants() -> Iterator[dict[str, Sandbox]]:
    """Two tenants by the names of their regions."""
    with Sandbox() as eu, Sandbox() as us:
        yield {"eu": eu, "us": us}


def test_one_program_reaches_two_tenants(tenants: dict[str, Sandbox], tmp_path: Path) -> None:
    """The script configures both, the program makes the same in each, and a second run changes nothing."""
    (tmp_path / "Pulumi.yaml").write_text("name: shop\nruntime: python\n")
    (tmp_path / "__main__.py").write_text(blocks(PAGE, "python")[""])
    (script,) = blocks(PAGE, "sh").values()
    environment = {"PULUMI_BACKEND_URL": tmp_path.as_uri(), "PULUMI_CONFIG_PASSPHRASE": "a passphrase"}
    for region, tenant in tenants.items():
        environment[f"{region}_DOMAIN"] = tenant.domain
        environment[f"{region}_ID"] = tenant.environment["AUTH0_CLIENT_ID"]
        environment[f"{region}_SECRET"] = tenant.environment["AUTH0_CLIENT_SECRET"]
    deploy = "auth0-apis up --stack dev --yes\nauth0-apis up --stack dev --yes --expect-no-changes"
    run = ran(f"{script}{deploy}", tmp_path, **environment)
    assert run.returncode == 0, run.stdout + run.stderr
    for tenant in tenants.values():
        (grant,) = tenant.tenant.client_grants.list(audience=ORDERS)
        assert grant["client_id"] == BILLING_CLIENT_ID
    settings = (tmp_path / "Pulumi.dev.yaml").read_text()
    assert not any(tenant.environment["AUTH0_CLIENT_SECRET"] in settings for tenant in tenants.values())


def test_the_refusal_that_is_named() -> None:
    """The words by which a moved Tenant is refused are the error's own."""
    errors = (DOCS.parent / "provider" / "pulumi_auth0_apis" / "errors.py").read_text()
    assert "was made in the tenant" in (DOCS / PAGE).read_text() and "was made in the tenant" in errors
