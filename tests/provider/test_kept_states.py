"""States as released versions wrote them, kept: today's version goes on with each, and shows no difference.

`kept_states` holds them, with placeholders for what every tenant gives anew. One more is added with every
release that changes what a state holds; none is ever changed.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pulumi_auth0_apis.emulator import Sandbox
from pulumi_auth0_apis.engine import Engine

KEPT = Path(__file__).with_name("kept_states")
ORDERS, STOCK = "https://orders.example.com", "https://stock.example.com"

Restore = Callable[[str], Engine]


@pytest.fixture
def restore(sandbox: Sandbox, tmp_path: Path) -> Restore:
    """A stack whose state is a kept one, on a tenant that has what it stands for."""
    shutil.copytree(KEPT, tmp_path / "shop")
    environment = {**sandbox.environment, "PULUMI_CONFIG_PASSPHRASE": "test"}

    def engine(backend: str) -> Engine:
        (tmp_path / backend).mkdir()
        url = (tmp_path / backend).as_uri()
        return Engine(tmp_path / "shop", "dev", backend_url=url, environment=environment)

    def restore(version: str) -> Engine:
        assert engine("maker").up().ok
        (tmp_path / "shop" / "Pulumi.dev.yaml").unlink()  # the salt of that stack
        kept = engine("kept")
        file = tmp_path / "kept" / ".pulumi" / "stacks" / "shop" / "dev.json"
        file.parent.mkdir(parents=True)
        text = (KEPT / f"{version}.json").read_text()
        for name, value in given(sandbox).items():
            text = text.replace(f"{{{name}}}", value)
        file.write_text(text)
        return kept

    return restore


def given(sandbox: Sandbox) -> dict[str, str]:
    """What the tenant gave its objects."""
    tenant = sandbox.tenant
    grants = {grant["audience"]: grant["id"] for grant in tenant.client_grants.list()}
    ids = {api["identifier"]: api["id"] for api in tenant.resource_servers.list()}
    return {"DOMAIN": sandbox.domain, "ORDERS": ids[ORDERS], "STOCK": ids[STOCK], "BILLING": grants[ORDERS]}


@pytest.mark.parametrize("version", sorted(file.stem for file in KEPT.glob("*.json")))
def test_a_kept_state_goes_on(restore: Restore, sandbox: Sandbox, tmp_path: Path, version: str) -> None:
    """No difference and no drift, an edit is one update, and a destroy takes all of it."""
    stack = restore(version)
    assert set(stack.preview().change_summary) == {"same"}
    assert set(stack.refresh().change_summary) == {"same"}
    program = tmp_path / "shop" / "__main__.py"
    program.write_text(program.read_text().replace("token_lifetime=3600", "token_lifetime=2400"))
    assert stack.up().change_summary["update"] == 1
    orders = sandbox.tenant.resource_servers.find(ORDERS)
    assert orders is not None
    assert orders["token_lifetime"] == 2400
    assert stack.destroy().ok
    assert [sandbox.tenant.resource_servers.find(each) for each in (ORDERS, STOCK)] == [None, None]
