"""The file that keeps a tenant."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from joserfc.jwk import RSAKey

from pulumi_auth0_apis.emulator import (
    BILLING_CLIENT_ID,
    REPORTING_CLIENT_ID,
    EmulatedTenant,
    ManualClock,
    Sandbox,
)
from pulumi_auth0_apis.emulator.endpoints.well_known import JWKS
from pulumi_auth0_apis.emulator.keys import generated_key
from pulumi_auth0_apis.emulator.models.store import DataFileError

from .conftest import DOMAIN


def fill(tenant: EmulatedTenant, pem: str) -> None:
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


def content(tenant: EmulatedTenant) -> tuple[object, ...]:
    return list(tenant.resource_servers), list(tenant.client_grants), list(tenant.clients), tenant.client_id


def test_a_tenant_comes_back_as_it_was(tmp_path: Path, public_pem: str, private_key: RSAKey) -> None:
    """A second tenant on the same file holds the same in the same order, keys included."""
    first = EmulatedTenant(DOMAIN, data=tmp_path / "tenant.db")
    fill(first, public_pem)
    kept = content(first)
    first.store.close()
    second = EmulatedTenant(DOMAIN, data=tmp_path / "tenant.db")
    assert content(second) == kept
    orders = second.resource_servers.get("orders")
    assert second.resource_servers.encryption_pem(orders) == public_pem
    billing = second.clients.get(BILLING_CLIENT_ID)
    assert [each["kid"] for each, _ in second.clients.assertion_keys(billing)] == [private_key.thumbprint()]
    second.store.close()


def test_a_tenant_follows_its_port(tmp_path: Path) -> None:
    """On another port the Management API has the new name, and the old credentials open it."""
    for _ in range(2):
        with Sandbox(data=tmp_path / "tenant.db") as sandbox:
            audience = f"{sandbox.domain}/api/v2/"
            assert sandbox.api_token
            assert sandbox.tenant.resource_servers.list()[0]["identifier"] == audience
            assert sandbox.tenant.client_grants.find(sandbox.client_id, audience)


def test_a_token_outlives_the_process(tmp_path: Path) -> None:
    """A tenant that comes back at the same port takes its old tokens, and publishes the key they bear."""
    with Sandbox(data=tmp_path / "tenant.db") as first:
        token, keys = first.api_token, httpx.get(f"{first.domain}{JWKS}").json()
    generated_key.cache_clear()  # as a new process has it
    with Sandbox(port=int(first.domain.rpartition(":")[2]), data=tmp_path / "tenant.db") as second:
        assert httpx.get(f"{second.domain}{JWKS}").json() == keys
        header = {"authorization": f"Bearer {token}"}
        assert httpx.get(f"{second.domain}/api/v2/resource-servers", headers=header).status_code == 200


def test_a_delayed_cascade_outlives_the_process(tmp_path: Path, clock: ManualClock) -> None:
    """Grants that a deleted application left behind go when their time comes, also after a restart."""
    file = tmp_path / "tenant.db"
    first = EmulatedTenant(DOMAIN, data=file, cascade_delay=60, clock=clock)
    first.resource_servers.create({"identifier": "orders"})
    first.client_grants.create({"client_id": BILLING_CLIENT_ID, "audience": "orders"})
    first.clients.delete(BILLING_CLIENT_ID)
    first.store.close()
    second = EmulatedTenant(DOMAIN, data=file, clock=clock)
    assert len(second.client_grants.list(audience="orders")) == 1
    clock.advance(60)
    assert second.client_grants.list(audience="orders") == []
    second.store.close()


KILLED = """
import os, sys, httpx
from pulumi_auth0_apis.emulator import Sandbox
from pulumi_auth0_apis.emulator.models.store import Store

write, left = Store.write, [int(sys.argv[2])]

def write_and_die(store, *change):
    write(store, *change)
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), 9)

with Sandbox(data=sys.argv[1]) as sandbox:
    headers = {"authorization": f"Bearer {sandbox.api_token}"}
    Store.write = write_and_die
    httpx.delete(f"{sandbox.domain}/api/v2/resource-servers/orders", headers=headers)
"""


@pytest.mark.parametrize("writes", range(1, 9))
def test_a_killed_process_leaves_all_of_a_call_or_nothing(
    tmp_path: Path, public_pem: str, writes: int
) -> None:
    """Whichever of a call's seven writes SIGKILL follows, the file holds its whole effect or none of it."""
    file = tmp_path / "tenant.db"
    tenant = EmulatedTenant(DOMAIN, data=file)
    fill(tenant, public_pem)
    tenant.client_grants.create({"client_id": REPORTING_CLIENT_ID, "audience": "orders"})
    tenant.store.close()
    killed = subprocess.run([sys.executable, "-c", KILLED, str(file), str(writes)], check=False)
    tenant = EmulatedTenant(DOMAIN, data=file)
    held = (
        tenant.resource_servers.find("orders") is not None,
        len(tenant.client_grants.list(audience="orders")),
        len(tenant.store.table("encryption_key")),
    )
    tenant.store.close()
    assert (killed.returncode, held) == ((-9, (True, 2, 1)) if writes < 8 else (0, (False, 0, 0)))


def test_what_was_answered_survives(tmp_path: Path) -> None:
    """What was written before SIGKILL is there afterwards."""
    program = """
import os, sys
from pathlib import Path
from pulumi_auth0_apis.emulator import EmulatedTenant
tenant = EmulatedTenant("http://127.0.0.1:1", data=Path(sys.argv[1]))
for number in range(50):
    tenant.resource_servers.create({"identifier": f"api-{number}"})
os.kill(os.getpid(), 9)
"""
    file = tmp_path / "tenant.db"
    killed = subprocess.run([sys.executable, "-c", program, str(file)], check=False)
    assert killed.returncode == -9
    tenant = EmulatedTenant(DOMAIN, data=file)
    assert [api["identifier"] for api in tenant.resource_servers][1:] == [f"api-{n}" for n in range(50)]
    tenant.store.close()


def damaged(file: Path) -> None:
    file.write_bytes(b"SQLite format 3\0" + b"x" * 8_192)


def of_something_else(file: Path) -> None:
    with closing(sqlite3.connect(file)) as other:
        other.execute("create table song (title text)")


def with_a_torn_record(file: Path) -> None:
    EmulatedTenant(DOMAIN, data=file).store.close()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("update record set value = '{' where kind = 'client'")


def no_database(file: Path) -> None:
    file.write_text("identifier: orders\n" * 100)


def a_folder(file: Path) -> None:
    file.mkdir()


@pytest.mark.parametrize("make", [damaged, of_something_else, with_a_torn_record, no_database, a_folder])
def test_a_file_that_holds_no_tenant_is_told(tmp_path: Path, make: Callable[[Path], None]) -> None:
    """The error names the file and says what to do, and the file stays as it was."""
    file = tmp_path / "tenant.db"
    make(file)
    before = file.read_bytes() if file.is_file() else b""
    with pytest.raises(DataFileError, match=r"tenant\.db cannot keep a tenant: .+\. Name another file"):
        Sandbox(data=file)
    assert (file.read_bytes() if file.is_file() else b"") == before


def test_a_file_is_for_one_process_and_one_user(tmp_path: Path) -> None:
    """A file in use is refused, and nobody else may read the secrets in it."""
    file = tmp_path / "tenant.db"
    with Sandbox(data=file):
        assert file.stat().st_mode & 0o077 == 0
        with pytest.raises(DataFileError, match="another tenant is in it"):
            Sandbox(data=file)
