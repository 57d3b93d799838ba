"""The doctor: broken set-ups, each told with its cause and its fix."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import typer
from typer.testing import CliRunner

from auth0_api_vocabulary import kinds
from auth0_api_vocabulary.families import DYNAMIC, PLUGIN
from pulumi_auth0_apis.cli.doctor import doctor
from pulumi_auth0_apis.doctor import Diagnosis, Surroundings, examine
from pulumi_auth0_apis.doctor.access import NEEDED, check_clock, check_rate_limit, check_token
from pulumi_auth0_apis.doctor.engines import check_engines
from pulumi_auth0_apis.doctor.network import check_connection_settings, check_network
from pulumi_auth0_apis.doctor.project_files import check_configured_secrets, check_project
from pulumi_auth0_apis.doctor.state_secrets import check_state
from pulumi_auth0_apis.emulator import Sandbox
from pulumi_auth0_apis.management.settings import ConnectionSettings


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A tenant that states the rate limit of the self-service plan."""
    with Sandbox(plan="self-service") as tenant:
        yield tenant


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with a project and an empty stack."""
    (tmp_path / "Pulumi.yaml").write_text("name: shop\nruntime: python\n")
    (tmp_path / "Pulumi.dev.yaml").write_text("config: {}\n")
    return tmp_path


def surroundings(project: Path, environment: dict[str, str], **changes: Any) -> Surroundings:
    """The surroundings of a stack `dev` with nothing but `environment`."""
    return Surroundings(project, "dev", environment=environment, **changes)


def problems(results: Iterator[Diagnosis]) -> dict[str, Diagnosis]:
    return {result.check: result for result in results if result.status == "problem"}


def test_a_healthy_set_up_has_no_problem(project: Path, sandbox: Sandbox) -> None:
    """Everything that can be looked at is fine, and the doctor has written nothing."""
    results = list(examine(surroundings(project, sandbox.environment)))
    assert [result for result in results if result.status == "problem"] == []
    assert {"token", "scopes", "rate limit"} <= {r.check for r in results if r.status == "ok"}
    called = httpx.get(f"{sandbox.domain}/_sandbox/requests").json()["routes"]
    assert set(called) == {"POST /oauth/token", "GET /api/v2/resource-servers"}


def test_without_a_project_the_cause_is_told(tmp_path: Path) -> None:
    """A folder that is no project is named, with what to do."""
    found = problems(check_project(surroundings(tmp_path, {})))
    assert "no Pulumi.yaml" in found["project"].detail and found["project"].fix


def test_missing_credentials_are_named(project: Path) -> None:
    """A tenant without credentials is told apart from one that refuses them."""
    found = problems(
        check_connection_settings(surroundings(project, {"AUTH0_DOMAIN": "example.eu.auth0.com"}))
    )
    assert "no complete credentials" in found["connection"].detail
    assert "AUTH0_CLIENT_ID" in found["connection"].fix


def test_two_domains_that_differ_are_both_named(project: Path) -> None:
    """A leftover variable that would send the stack to another tenant is a problem."""
    (project / "Pulumi.dev.yaml").write_text("config:\n  auth0:domain: dev.eu.auth0.com\n")
    found = problems(check_connection_settings(surroundings(project, {"AUTH0_DOMAIN": "prod.eu.auth0.com"})))
    told = found["connection"].detail + found["connection"].fix
    assert "dev.eu.auth0.com" in told and "prod.eu.auth0.com" in told


def test_a_domain_without_an_address(project: Path) -> None:
    """A misspelt domain is a matter of names, and nothing after it is blamed."""

    def resolve(host: str, port: int) -> Any:
        raise OSError("Name or service not known")

    environment = {"AUTH0_DOMAIN": "exampel.eu.auth0.com", "AUTH0_API_TOKEN": "x"}
    results = list(check_network(surroundings(project, environment, resolve=resolve)))
    assert [result.check for result in results] == ["dns"]
    assert "exampel.eu.auth0.com" in results[0].detail and "auth0:domain" in results[0].fix


def test_a_certificate_that_nobody_trusts(project: Path) -> None:
    """A proxy's or a sandbox's certificate is the cause, and the variable that trusts it the fix."""
    with Sandbox(tls=True) as sandbox:
        found = problems(check_network(surroundings(project, sandbox.environment)))
    assert "not trusted" in found["tls"].detail and "SSL_CERT_FILE" in found["tls"].fix


def test_a_wrong_secret(project: Path, sandbox: Sandbox) -> None:
    """Auth0's refusal of a token is passed on, and the secret is not shown."""
    environment = {**sandbox.environment, "AUTH0_CLIENT_SECRET": "wrong-secret-wrong"}
    found = problems(check_token(surroundings(project, environment)))
    assert "issued no token" in found["token"].detail
    assert "wrong-secret-wrong" not in str(found)


def test_an_expired_token(project: Path, sandbox: Sandbox) -> None:
    """A token that is refused because it is old is told as that."""
    late = surroundings(
        project,
        {"AUTH0_DOMAIN": sandbox.domain, "AUTH0_API_TOKEN": expired(sandbox.api_token)},
    )
    found = problems(check_token(late))
    assert "401" in found["token"].detail and "has expired" in found["token"].fix


def expired(token: str) -> str:
    """The same token with a past expiry, whose signature no longer fits."""
    import base64

    head, body, tail = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    text = json.dumps({**claims, "exp": 1})
    return ".".join([head, base64.urlsafe_b64encode(text.encode()).decode().rstrip("="), tail])


def test_a_token_that_lacks_scopes(project: Path, sandbox: Sandbox) -> None:
    """The scopes that are missing are named, and those that are there."""
    client = sandbox.tenant.clients.create({"name": "Reader", "app_type": "non_interactive"})
    sandbox.tenant.client_grants.create(
        {
            "client_id": client["client_id"],
            "audience": sandbox.tenant.management_audience,
            "scope": ["read:resource_servers"],
        }
    )
    environment = {
        "AUTH0_DOMAIN": sandbox.domain,
        "AUTH0_CLIENT_ID": client["client_id"],
        "AUTH0_CLIENT_SECRET": client["client_secret"],
    }
    found = problems(check_token(surroundings(project, environment)))
    assert all(scope in found["scopes"].detail for scope in NEEDED)
    assert "Machine to Machine" in found["scopes"].fix


@pytest.mark.parametrize(("ahead", "status"), [(0, "ok"), (30, "warning"), (-600, "problem")])
def test_a_clock_that_is_off(project: Path, ahead: int, status: str) -> None:
    """A machine whose clock differs from the Date of the tenant's answer is told by how much."""
    off = surroundings(project, {}, clock=lambda: 1_000_000_000 + ahead)
    off.answer = httpx.Response(200, headers={"date": "Sun, 09 Sep 2001 01:46:40 GMT"})
    (result,) = check_clock(off)
    assert result.status == status
    assert ahead == 0 or f"{abs(ahead)} s {'ahead' if ahead > 0 else 'behind'}" in result.detail


def test_the_plan_is_guessed_from_the_limit(project: Path, sandbox: Sandbox) -> None:
    """The burst that the tenant states tells the plans apart."""
    (result,) = check_rate_limit(surroundings(project, sandbox.environment))
    assert result.status == "ok" and "self-service" in result.detail


@pytest.mark.parametrize("namespace", ["auth0", "auth0-apis"])
def test_a_credential_in_plain_configuration(project: Path, namespace: str) -> None:
    """A client secret in clear is a problem, what sounds like one a warning, an encrypted one neither."""
    (project / "Pulumi.dev.yaml").write_text(
        f"config:\n  {namespace}:clientSecret: in-clear-in-clear\n  shop:apiPassword: hmm\n"
        "  shop:signingSecret:\n    secure: v1:abc:def\n"
    )
    results = list(check_configured_secrets(surroundings(project, {})))
    assert [(result.status, result.detail.split()[0]) for result in results] == [
        ("problem", f"{namespace}:clientSecret"),
        ("warning", "shop:apiPassword"),
    ]
    assert "in-clear-in-clear" not in str(results)


def test_a_stack_that_configures_the_plugin_alone_is_connected(project: Path, sandbox: Sandbox) -> None:
    """`auth0-apis:domain` and credentials do; the classes' own keys come first where there are any."""
    (project / "Pulumi.dev.yaml").write_text(
        f"config:\n  auth0-apis:domain: {sandbox.domain}\n  auth0-apis:clientId: {sandbox.client_id}\n"
    )
    environment = {"AUTH0_CLIENT_SECRET": sandbox.client_secret}
    results = list(examine(surroundings(project, environment)))
    assert [result for result in results if result.status == "problem"] == []
    with (project / "Pulumi.dev.yaml").open("a") as file:
        file.write("  auth0:domain: other.eu.auth0.com\n  auth0:clientId: other\n")
    settings = surroundings(project, environment).connection
    assert isinstance(settings, ConnectionSettings)
    assert (settings.domain, settings.client_id) == ("other.eu.auth0.com", "other")


@pytest.mark.parametrize(
    ("runtime", "config", "key"),
    [
        ("yaml", "", "auth0-apis:domain"),
        ("python", "config:\n  auth0-apis:clientId: id\n", "auth0-apis:domain"),
        ("python", "config:\n  auth0:clientId: id\n", "auth0:domain"),
        ("python", "", "auth0:domain"),
    ],
)
def test_findings_are_in_the_words_of_the_stack(project: Path, runtime: str, config: str, key: str) -> None:
    """A stack of the plugin is told its own keys, and one of the classes theirs."""
    (project / "Pulumi.yaml").write_text(f"name: shop\nruntime: {runtime}\n")
    (project / "Pulumi.dev.yaml").write_text(config)
    found = problems(examine(surroundings(project, {})))["connection"]
    assert f"{key} is not set" in found.detail
    assert f"`pulumi config set {key} " in found.fix


def test_a_secret_within_an_object(project: Path) -> None:
    """What stands in clear inside of objects and lists is found by its path, beside what is encrypted."""
    (project / "Pulumi.dev.yaml").write_text(
        "config:\n  shop:db:\n    password: hmm\n    token:\n      secure: v1:abc:def\n"
        "  shop:keys:\n    - privateKey: hmm\n    - known\n"
    )
    results = list(check_configured_secrets(surroundings(project, {"AUTH0_API_TOKEN": "known"})))
    assert [(result.status, result.detail.split()[0]) for result in results] == [
        ("warning", "shop:db.password"),
        ("warning", "shop:keys[0].privateKey"),
        ("problem", "shop:keys[1]"),
    ]
    assert "`pulumi config set --secret --path shop:db.password`" in results[0].fix


TENANT = "urn:pulumi:dev::shop::pulumi:providers:pulumi-python::eu"
DEFAULT = "urn:pulumi:dev::shop::pulumi:providers:pulumi-python::default"
ORDERS = "urn:pulumi:dev::shop::pulumi-python:dynamic/auth0:ResourceServer::orders"


@pytest.mark.parametrize(("by", "status"), [(TENANT, "skipped"), (DEFAULT, "problem")])
@pytest.mark.parametrize("is_plugin", [False, True])
def test_a_program_of_tenants_alone_needs_no_connection(
    project: Path, tmp_path: Path, by: str, status: str, is_plugin: bool
) -> None:
    """Where each resource goes by a Tenant, a stack without a domain is well; by the default it is not."""
    resources: list[dict[str, Any]] = [
        {"urn": TENANT, "custom": True, "id": "1", "inputs": {"auth0:tenant": "eu"}},
        {"urn": DEFAULT, "custom": True, "id": "2", "inputs": {}},
        {"urn": ORDERS, "custom": True, "id": "3", "provider": f"{by}::{'1' if by == TENANT else '2'}"},
    ]
    if is_plugin:
        text = (
            json.dumps(resources)
            .replace("auth0:tenant", "domain")
            .replace(":pulumi-python::", ":auth0-apis::")
        )
        resources = json.loads(text.replace(DYNAMIC.token(kinds.API), PLUGIN.token(kinds.API)))
    typed = [{**each, "type": each["urn"].split("::")[2]} for each in resources]
    exported = tmp_path / "state.json"
    exported.write_text(json.dumps({"version": 3, "deployment": {"resources": typed}}))
    (result,) = check_connection_settings(surroundings(project, {}, state_file=exported))
    assert result.status == status


@pytest.mark.parametrize(
    ("file", "program", "status"),
    [
        ("eu.py", "from pulumi_auth0_apis import Tenant\nTenant('eu', domain='a')\n", "warning"),
        ("eu.py", "import pulumi_auth0 as auth0\nauth0.Provider('eu', domain='a')\n", "warning"),
        ("eu.ts", "new auth0.Provider('eu', { domain: 'a' });\n", "warning"),
        ("eu.go", 'auth0apis.NewProvider(ctx, "eu", nil)\n', "warning"),
        ("Main.yaml", "resources: {eu: {type: pulumi:providers:auth0-apis}}\n", "warning"),
        ("eu.ts", "new aws.Provider('eu');\n", "problem"),
        ("eu.py", "", "problem"),
    ],
)
def test_a_tenant_before_the_first_update(project: Path, file: str, program: str, status: str) -> None:
    """Before the first update a program with a tenant may be well without a domain; one without is not."""
    (project / "tenants").mkdir()
    (project / "tenants" / file).write_text(program)
    (result,) = check_connection_settings(surroundings(project, {}))
    assert result.status == status
    assert ("If each does, this is well. Else: Run `pulumi config" in result.fix) == (status == "warning")


def test_a_secret_in_the_state(project: Path, tmp_path: Path) -> None:
    """A signing secret and a credential in clear are found by property and resource; ciphertext is not."""
    resources = [
        {
            "urn": "urn:pulumi:dev::shop::auth0:index/resourceServer:ResourceServer::orders",
            "inputs": {"signingSecret": "plain-plain-plain"},
            "outputs": {"signingSecret": {"ciphertext": "v1:abc"}},
        },
        {"urn": "urn:x::y::z::other", "outputs": {"note": "the-credential"}},
    ]
    exported = tmp_path / "state.json"
    exported.write_text(json.dumps({"version": 3, "deployment": {"resources": resources}}))
    environment = {"AUTH0_CLIENT_SECRET": "the-credential"}
    results = list(check_state(surroundings(project, environment, state_file=exported)))
    assert [result.detail.split()[0] for result in results] == ["note", "signingSecret"]
    assert "the-credential" not in str(results) and "plain-plain" not in str(results)


@pytest.mark.parametrize(
    ("runtime", "named"),
    [
        ("python", "no pulumi-language-python and no pulumi-resource-pulumi-python"),
        ("nodejs", "no pulumi-language-nodejs and no pulumi-language-python"),
    ],
)
def test_a_command_without_its_companions(project: Path, tmp_path: Path, runtime: str, named: str) -> None:
    """A main binary that was copied alone lacks what runs the program and its resources: it is named."""
    (project / "Pulumi.yaml").write_text(f"name: shop\nruntime: {runtime}\n")
    command = tmp_path / "pulumi"
    command.write_text("#!/bin/sh\necho v3.259.0\n")
    command.chmod(0o755)
    found = problems(check_engines(surroundings(project, {"PATH": str(tmp_path)})))
    assert named in found["plugins"].detail


def test_without_pulumi_the_local_engine_is_what_there_is(project: Path, tmp_path: Path) -> None:
    """A machine without the CLI is told what it can do and what it cannot."""
    (result,) = check_engines(surroundings(project, {"PATH": str(tmp_path)}))
    assert result.status == "warning" and "loopback" in result.fix


def test_a_stack_of_another_backend_is_no_problem(project: Path) -> None:
    """Where Pulumi Cloud or a bucket keeps the state, project and connection are looked at all the same."""
    (project / "Pulumi.dev.yaml").write_text("config:\n  auth0:domain: dev.eu.auth0.com\n")
    environment = {"PULUMI_BACKEND_URL": "s3://states", "AUTH0_API_TOKEN": "x"}
    there = surroundings(project, environment)
    results = [*check_project(there), *check_configured_secrets(there), *check_connection_settings(there)]
    assert [result.status for result in results] == ["ok", "ok", "ok"]
    (state,) = check_state(there)
    assert state.status == "skipped" and "--state" in state.detail


def test_one_cause_is_told_once(project: Path) -> None:
    """A domain without an address is told by its name alone; whatever needs the tenant is skipped."""

    def resolve(host: str, port: int) -> Any:
        raise OSError("Name or service not known")

    environment = {"AUTH0_DOMAIN": "exampel.eu.auth0.com", "AUTH0_API_TOKEN": "x"}
    results = list(examine(surroundings(project, environment, resolve=resolve)))
    assert [result.check for result in results if result.status == "problem"] == ["dns"]
    assert "See dns above." in [result.detail for result in results if result.check == "token"]


def test_a_tenant_that_does_not_answer(project: Path, sandbox: Sandbox) -> None:
    """A sandbox that has ended is told as that, with what to look at."""
    environment = {**sandbox.environment, "AUTH0_DOMAIN": "http://127.0.0.1:1"}
    found = problems(check_token(surroundings(project, environment)))
    assert "does not answer" in found["token"].detail and "auth0-apis sandbox" in found["token"].fix


SECRET = "kept-to-oneself-kept-to-oneself"
BROKEN = {
    "no domain": ({"AUTH0_DOMAIN": ""}, "", "connection", "auth0:domain is not set", "pulumi config set"),
    "no credentials": ({"AUTH0_CLIENT_ID": ""}, "", "connection", "no complete", "AUTH0_CLIENT_ID"),
    "two domains": ({}, "auth0:domain: a.auth0.com", "connection", "a.auth0.com", "AUTH0_DOMAIN"),
    "wrong secret": ({"AUTH0_CLIENT_SECRET": SECRET}, "", "token", "issued no token", "secret"),
    "token of nobody": ({"AUTH0_API_TOKEN": SECRET}, "", "token", "(401)", "AUTH0_API_TOKEN"),
    "secret in clear": ({}, f"auth0:clientSecret: {SECRET}", "config", "in clear", "--secret"),
    "tenant gone": ({"AUTH0_DOMAIN": "http://127.0.0.1:1"}, "", "token", "does not answer", "sandbox"),
    "no passphrase": ({}, "shop:x: {secure: 'v1:YWFh:YWFh'}", "config", "no passphrase", "PASSPHRASE"),
}
"""Set-ups by what is wrong: variables, a line of configuration, and what check, cause and fix say."""


@pytest.mark.parametrize(("variables", "line", "check", "cause", "fix"), BROKEN.values(), ids=BROKEN)
def test_the_command_names_cause_and_fix(
    project: Path,
    sandbox: Sandbox,
    monkeypatch: pytest.MonkeyPatch,
    variables: dict[str, str],
    line: str,
    check: str,
    cause: str,
    fix: str,
) -> None:
    """For people and for machines alike, with exit code 1, and without the secret that is wrong."""
    (project / "Pulumi.dev.yaml").write_text(f"config:\n  {line or 'shop:a: b'}\n")
    for name in [name for name in os.environ if name.startswith(("AUTH0_", "PULUMI_"))]:
        monkeypatch.delenv(name)
    for name, value in {**sandbox.environment, **variables, "PATH": ""}.items():
        monkeypatch.setenv(name, value)
    app = typer.Typer()
    app.command()(doctor)
    told = CliRunner().invoke(app, ["--cwd", str(project), "--stack", "dev"])
    written = CliRunner().invoke(app, ["--cwd", str(project), "--stack", "dev", "--json"])
    assert (told.exit_code, written.exit_code) == (1, 1)
    document = json.loads(written.stdout)
    (found,) = [each for each in document["checks"] if each["status"] == "problem"]
    assert document["healthy"] is False and found["check"] == check
    assert cause in found["detail"] and fix in found["detail"] + found["fix"]
    assert found["detail"] in told.stdout and found["fix"] in told.stdout
    assert SECRET not in told.stdout + written.stdout


def test_the_command_of_a_healthy_set_up(
    project: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 0 where there is no problem; warnings do not count."""
    for name, value in {**sandbox.environment, "PATH": ""}.items():
        monkeypatch.setenv(name, value)
    app = typer.Typer()
    app.command()(doctor)
    done = CliRunner().invoke(app, ["--cwd", str(project), "--stack", "dev", "--json"])
    assert done.exit_code == 0 and json.loads(done.stdout)["healthy"] is True
