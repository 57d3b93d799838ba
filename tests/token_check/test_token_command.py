"""`auth0-apis token` against a sandbox."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import RSAKey
from typer.testing import CliRunner, Result

from pulumi_auth0_apis import token_check
from pulumi_auth0_apis.cli import app
from pulumi_auth0_apis.emulator import BILLING_CLIENT_ID, REPORTING_CLIENT_ID, Sandbox
from pulumi_auth0_apis.token_check import Issued, issuance

AUDIENCE = "https://orders.example.com"


@pytest.fixture
def sandbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """A tenant with one API that the billing service may read, and a shell that knows it."""
    monkeypatch.chdir(tmp_path)
    with Sandbox() as sandbox:
        for name, value in sandbox.environment.items():
            monkeypatch.setenv(name, value)
        settings = {"signing_alg": "PS256", "token_dialect": "access_token_authz", "enforce_policies": True}
        sandbox.tenant.resource_servers.create({"identifier": AUDIENCE, "token_lifetime": 300} | settings)
        authorize(sandbox, BILLING_CLIENT_ID)
        yield sandbox


def authorize(sandbox: Sandbox, client_id: str) -> None:
    grant = {"client_id": client_id, "audience": AUDIENCE, "scope": ["read:orders"]}
    sandbox.tenant.client_grants.create(grant)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["token", AUDIENCE, *arguments])


def test_the_only_application_gets_a_token_that_passes(sandbox: Sandbox) -> None:
    """With one grant and readable secrets the identifier is all that is needed."""
    result = run("--json")
    document: dict[str, Any] = json.loads(result.stdout)
    assert result.exit_code == 0
    assert document["claims"]["azp"] == BILLING_CLIENT_ID
    assert {check["passed"] for check in document["checks"]} == {True}


def test_the_table_explains_without_showing_the_token(sandbox: Sandbox) -> None:
    """The table names what was compared; a token is not among what it prints."""
    result = run()
    assert "ok    Lifetime (exp - iat)" in result.stdout
    assert "eyJ" not in result.stdout


def test_a_token_that_breaks_a_promise_is_found_out(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A token that is not what the settings promise exits with 2 and says what it holds."""

    def obtain_before_the_change(*arguments: Any) -> Issued:
        issued = issuance.obtain(*arguments)
        return replace(issued, api=issued.api | {"token_lifetime": 600})

    monkeypatch.setattr(token_check, "obtain", obtain_before_the_change)
    result = run()
    assert result.exit_code == 2
    assert "FAIL  Lifetime (exp - iat)" in result.stdout
    assert "but the token has: 300 s" in result.stdout
    assert [run(option).exit_code for option in ("--json", "--curl")] == [2, 2]


def test_curl_prints_the_call(sandbox: Sandbox) -> None:
    """--curl prints one command with the token in it."""
    result = run("--curl")
    assert result.stdout.startswith("curl --header 'Authorization: Bearer eyJ")
    assert result.stdout.strip().endswith(AUDIENCE)


def test_several_applications_need_a_choice(sandbox: Sandbox) -> None:
    """With two grants the command lists them and takes --client-id."""
    authorize(sandbox, REPORTING_CLIENT_ID)
    result = run()
    assert result.exit_code == 1
    assert REPORTING_CLIENT_ID in result.stderr
    assert run("--client-id", REPORTING_CLIENT_ID).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--client-id", REPORTING_CLIENT_ID), "has no client grant for the API"),
        (("--client-secret", "wrong"), "no token for https://orders.example.com: Unauthorized"),
    ],
)
def test_refusals_are_one_paragraph(sandbox: Sandbox, arguments: tuple[str, ...], message: str) -> None:
    """What stands in the way is told in one line, with status 1."""
    result = run(*arguments)
    assert result.exit_code == 1
    assert message in result.stderr


def test_an_unknown_api_is_told(sandbox: Sandbox) -> None:
    """An API that is not there is named."""
    result = CliRunner().invoke(app, ["token", "https://nowhere"])
    assert result.exit_code == 1
    assert "https://nowhere" in result.stderr


def test_credentials_that_may_not_read_secrets_are_told_what_to_set(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without read:client_keys the message names the variable that stands in."""
    tenant = sandbox.tenant
    grant = tenant.client_grants.find(tenant.client_id, tenant.management_audience)
    assert grant is not None
    tenant.client_grants.update(grant["id"], {"scope": ["read:resource_servers", "read:client_grants"]})
    result = run()
    assert "AUTH0_TEST_CLIENT_SECRET" in result.stderr
    monkeypatch.setenv("AUTH0_TEST_CLIENT_SECRET", tenant.clients.get(BILLING_CLIENT_ID)["client_secret"])
    assert run().exit_code == 0


@pytest.mark.parametrize("algorithm", ["RS256", "RS512", "PS256", "HS256"])
@pytest.mark.parametrize(
    "dialect", ["access_token", "access_token_authz", "rfc9068_profile", "rfc9068_profile_authz"]
)
def test_every_kind_of_token_passes(sandbox: Sandbox, tmp_path: Path, algorithm: str, dialect: str) -> None:
    """Whatever the API's settings, signed or sealed, the token that they promise is found to be so."""
    key = RSAKey.generate_key(2048, private=True)
    file = tmp_path / "key.pem"
    file.write_bytes(key.as_pem(private=True))
    pem = key.as_pem(private=False).decode()
    for rbac, oaep in product((True, False), (None, "RSA-OAEP-256", "RSA-OAEP-384", "RSA-OAEP-512")):
        encryption = {"format": "compact-nested-jwe", "encryption_key": {"alg": oaep, "pem": pem}}
        settings = {"signing_alg": algorithm, "token_dialect": dialect, "enforce_policies": rbac}
        sandbox.tenant.resource_servers.update(
            AUDIENCE, settings | {"token_encryption": encryption if oaep else None}
        )
        result = run("--json", "--private-key", str(file))
        assert result.exit_code == 0, result.output
        document = json.loads(result.stdout)
        checked = {check["name"]: check["found"] for check in document["checks"]}
        assert (checked["Signature"], checked["Signing algorithm"]) == ("verified", algorithm)
        assert checked["Format"] == ("JWE" if oaep else "JWT")


def test_a_sealed_token_says_what_opens_it(sandbox: Sandbox) -> None:
    """Without the API's key the claims of an encrypted token are not shown as if there were none."""
    pem = RSAKey.generate_key(2048, private=True).as_pem(private=False).decode()
    encryption = {"format": "compact-nested-jwe", "encryption_key": {"alg": "RSA-OAEP-256", "pem": pem}}
    sandbox.tenant.resource_servers.update(AUDIENCE, {"token_encryption": encryption})
    assert "Claims  are encrypted" in run().stdout
    assert "--private-key" in run().stdout


def test_an_api_that_is_not_there_is_told(sandbox: Sandbox) -> None:
    """An identifier that the tenant does not have is named, with what to check; a refresh would not help."""
    result = CliRunner().invoke(app, ["token", f"{AUDIENCE}/"])
    assert result.exit_code == 1
    assert f"The tenant has no API of the identifier {AUDIENCE}/." in result.stderr
    assert "to the letter" in result.stderr
    assert "pulumi refresh" not in result.stderr


def test_an_organization_can_be_asked_for(sandbox: Sandbox) -> None:
    """Where the grant requires an organization it is named by id or name, and looked for in the token."""
    tenant = sandbox.tenant
    (grant,) = tenant.client_grants.list(audience=AUDIENCE)
    tenant.client_grants.update(
        grant["id"], {"organization_usage": "require", "allow_any_organization": True}
    )
    acme = tenant.organizations.create({"name": "acme"})["id"]
    assert "organization is required" in run().stderr
    assert f"ok    Organization (org_id)      {acme}" in run("--organization", acme).stdout
    assert run("--organization", "acme").exit_code == 0
    assert "organization nowhere" in run("--organization", "nowhere").stderr


@pytest.mark.parametrize(
    ("policy", "message"), [("deny_all", "is not authorized"), ("require_client_grant", None)]
)
def test_the_subject_policy_decides(sandbox: Sandbox, policy: str, message: str | None) -> None:
    """Where the API denies applications Auth0's refusal is the message."""
    changes = {"subject_type_authorization": {"client": {"policy": policy}}}
    sandbox.tenant.resource_servers.update(AUDIENCE, changes)
    result = run()
    assert result.exit_code == (0 if message is None else 1)
    assert message is None or message in result.stderr


def test_a_tenant_behind_tls_is_reached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over https the certificate of the environment is trusted, for the token and for its keys."""
    monkeypatch.chdir(tmp_path)
    with Sandbox(tls=True) as sandbox:
        for name, value in sandbox.environment.items():
            monkeypatch.setenv(name, value)
        sandbox.tenant.resource_servers.create({"identifier": AUDIENCE})
        authorize(sandbox, BILLING_CLIENT_ID)
        result = run("--json")
        assert (result.exit_code, json.loads(result.stdout)["claims"]["iss"]) == (0, f"{sandbox.domain}/")
