"""The file that keeps a tenant."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from joserfc.jwk import RSAKey

from pulumi_auth0_apis.emulator import BILLING_CLIENT_ID, Sandbox, Tenant

from .conftest import DOMAIN


def fill(tenant: Tenant, pem: str) -> None:
    """One of everything, some of it changed and removed again."""
    key = {"alg": "RSA-OAEP-256", "pem": pem}
    body = {
        "identifier": "orders",
        "token_encryption": {"format": "compact-nested-jwe", "encryption_key": key},
    }
    tenant.resource_servers.create(body)
    for number in range(3):
        tenant.resource_servers.create({"identifier": f"api-{number}"})
    tenant.resource_servers.update("api-2", {"name": "Two"})
    tenant.resource_servers.delete("api-1")
    tenant.client_grants.create({"client_id": BILLING_CLIENT_ID, "audience": "orders", "scope": ["a"]})
    credential = {"credential_type": "public_key", "pem": pem}
    methods = {"private_key_jwt": {"credentials": [credential]}}
    tenant.clients.update(BILLING_CLIENT_ID, {"client_authentication_methods": methods})


def content(tenant: Tenant) -> tuple[object, ...]:
    return list(tenant.resource_servers), list(tenant.client_grants), list(tenant.clients), tenant.client_id


def test_a_tenant_comes_back_as_it_was(tmp_path: Path, public_pem: str, private_key: RSAKey) -> None:
    """A second tenant on the same file holds the same in the same order, keys included."""
    first = Tenant(DOMAIN, data=tmp_path / "tenant.db")
    fill(first, public_pem)
    second = Tenant(DOMAIN, data=tmp_path / "tenant.db")
    assert content(second) == content(first)
    orders = second.resource_servers.get("orders")
    assert second.resource_servers.encryption_pem(orders) == public_pem
    billing = second.clients.get(BILLING_CLIENT_ID)
    assert list(second.clients.assertion_keys(billing)) == [private_key.thumbprint()]
    for tenant in (first, second):
        tenant.store.close()


def test_a_tenant_follows_its_port(tmp_path: Path) -> None:
    """On another port the Management API has the new name, and the old credentials open it."""
    for _ in range(2):
        with Sandbox(data=tmp_path / "tenant.db") as sandbox:
            audience = f"{sandbox.domain}/api/v2/"
            assert sandbox.api_token
            assert sandbox.tenant.resource_servers.list()[0]["identifier"] == audience
            assert sandbox.tenant.client_grants.find(sandbox.client_id, audience)


def test_a_killed_process_leaves_a_whole_file(tmp_path: Path) -> None:
    """What was written before SIGKILL is there afterwards."""
    program = """
import os, sys
from pathlib import Path
from pulumi_auth0_apis.emulator import Tenant
tenant = Tenant("http://127.0.0.1:1", data=Path(sys.argv[1]))
for number in range(50):
    tenant.resource_servers.create({"identifier": f"api-{number}"})
os.kill(os.getpid(), 9)
"""
    file = tmp_path / "tenant.db"
    killed = subprocess.run([sys.executable, "-c", program, str(file)], check=False)
    assert killed.returncode == -9
    tenant = Tenant(DOMAIN, data=file)
    assert [api["identifier"] for api in tenant.resource_servers][1:] == [f"api-{n}" for n in range(50)]
    tenant.store.close()
