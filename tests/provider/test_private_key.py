"""A program whose credential is a private key, through an engine and against the sandbox's token endpoint."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import RSAKey

from pulumi_auth0_apis.emulator import Sandbox
from pulumi_auth0_apis.engine import Engine
from pulumi_auth0_apis.engine.local_engine import Result

PROGRAM = """
from pulumi_auth0_apis import ResourceServer
ResourceServer("orders", identifier="https://orders.example.com")
"""
EXPIRED = (datetime.now(UTC) - timedelta(days=1)).isoformat()

Up = Callable[..., Result]


@pytest.fixture(scope="module")
def key() -> RSAKey:
    return RSAKey.generate_key(2048, private=True)


@pytest.fixture
def up(sandbox: Sandbox, tmp_path: Path, key: RSAKey) -> Up:
    """Runs the program with that key, where the application has these credentials."""
    (tmp_path / "Pulumi.yaml").write_text("name: shop\nruntime: python\n")
    (tmp_path / "__main__.py").write_text(PROGRAM)

    def up(*credentials: dict[str, Any], alg: str = "RS256") -> Result:
        methods = {"private_key_jwt": {"credentials": credentials}}
        client = sandbox.tenant.clients.update(sandbox.client_id, {"client_authentication_methods": methods})
        assert client["client_id"] == sandbox.client_id
        environment = {
            "AUTH0_DOMAIN": sandbox.domain,
            "AUTH0_CLIENT_ID": sandbox.client_id,
            "AUTH0_CLIENT_SECRET": "",
            "AUTH0_CLIENT_ASSERTION_PRIVATE_KEY": key.as_pem(private=True).decode(),
            "AUTH0_CLIENT_ASSERTION_SIGNING_ALG": alg,
        }
        return Engine(tmp_path, "dev", backend_url=tmp_path.as_uri(), environment=environment).up()

    return up


def public(key: RSAKey, **settings: Any) -> dict[str, Any]:
    return {"credential_type": "public_key", "pem": key.as_pem(private=False).decode(), **settings}


@pytest.mark.parametrize("alg", ["RS256", "RS384", "PS256"])
def test_up_by_private_key(up: Up, sandbox: Sandbox, key: RSAKey, alg: str) -> None:
    """It signs with the algorithm that it is told, names no `kid`, and is found among several credentials."""
    other = RSAKey.generate_key(2048, private=True)
    assert up(public(other), public(key, alg=alg), alg=alg).exit_code == 0
    assert sandbox.tenant.resource_servers.find("https://orders.example.com") is not None


@pytest.mark.parametrize(
    ("settings", "alg"), [({"expires_at": EXPIRED}, "RS256"), ({"alg": "PS256"}, "RS256")]
)
def test_a_credential_that_is_no_good(up: Up, key: RSAKey, settings: dict[str, Any], alg: str) -> None:
    """One that has expired or is of another algorithm: the error says what the tenant said, and no more."""
    result = up(public(key, **settings), alg=alg)
    told = " ".join(each["message"] for each in result.diagnostics if each["severity"] == "error")
    assert result.exit_code != 0
    assert "POST /oauth/token answered 401 (invalid_client" in told
    assert "expire" in told
    assert "PRIVATE KEY" not in told
