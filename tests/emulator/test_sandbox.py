"""The sandbox as a server: start and stop, TLS, broken connections, and the command."""

from __future__ import annotations

import json
import os
import pty
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from pulumi_auth0_apis.cli import app
from pulumi_auth0_apis.emulator import Sandbox

URL = "/api/v2/resource-servers"


def client(sandbox: Sandbox, **options: Any) -> httpx.Client:
    headers = {"authorization": f"Bearer {sandbox.api_token}"}
    return httpx.Client(base_url=sandbox.domain, headers=headers, timeout=10, **options)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A tenant on a port of its own."""
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture(params=[False, True], ids=["http", "https"])
def either(request: pytest.FixtureRequest) -> Iterator[tuple[Sandbox, httpx.Client]]:
    """A tenant in clear and behind TLS, with a client of it."""
    with Sandbox(tls=request.param) as sandbox:
        trusted = ssl.create_default_context(cafile=sandbox.certificate)
        with client(sandbox, verify=trusted) as api:
            yield sandbox, api


def test_environment_gets_a_program_in(sandbox: Sandbox) -> None:
    """The variables are enough for a token, and the token opens the Management API."""
    env = sandbox.environment
    form = {
        "grant_type": "client_credentials",
        "client_id": env["AUTH0_CLIENT_ID"],
        "client_secret": env["AUTH0_CLIENT_SECRET"],
        "audience": f"{env['AUTH0_DOMAIN']}/api/v2/",
    }
    token = httpx.post(f"{env['AUTH0_DOMAIN']}/oauth/token", data=form).json()["access_token"]
    answer = httpx.get(env["AUTH0_DOMAIN"] + URL, headers={"authorization": f"Bearer {token}"})
    assert answer.status_code == 200


def test_tenants_of_one_process_know_nothing_of_each_other(sandbox: Sandbox) -> None:
    """Each port is a tenant of its own, and a token of one is no good at another."""
    with Sandbox() as other, client(other) as api, client(sandbox) as mine:
        mine.post(URL, json={"identifier": "x"})
        assert len(api.get(URL).json()) == 1
        assert api.get(sandbox.domain + URL).status_code == 401


def test_the_port_is_free_after_the_block() -> None:
    """A sandbox that stopped lets the next one have its port, even with a connection open."""
    with Sandbox() as first:
        port = int(first.domain.rpartition(":")[2])
        api = client(first)
        api.get(URL)
    api.close()
    with Sandbox(port=port) as second, client(second) as api:
        assert api.get(URL).status_code == 200


def test_a_taken_port_is_an_error(sandbox: Sandbox) -> None:
    """A port in use raises OSError at once."""
    with pytest.raises(OSError, match="in use"):
        Sandbox(port=int(sandbox.domain.rpartition(":")[2]))


def test_tls_is_trusted_by_its_certificate() -> None:
    """With tls the domain is https, and the certificate given is all that a client needs."""
    with Sandbox(tls=True) as sandbox:
        assert sandbox.domain.startswith("https://")
        context = ssl.create_default_context(cafile=sandbox.certificate)
        with client(sandbox, verify=context) as api:
            assert api.get(URL).status_code == 200


def test_what_never_started_can_be_stopped() -> None:
    """A sandbox that was made and not entered lets its port go."""
    made = Sandbox()
    port = int(made.domain.rpartition(":")[2])
    made.stop()
    with Sandbox(port=port) as again:
        assert again.domain == made.domain


@pytest.mark.parametrize("after", [False, True])
def test_a_reset_connection(either: tuple[Sandbox, httpx.Client], after: bool) -> None:
    """A reset breaks the connection before or after the call took effect."""
    sandbox, api = either
    api.post("/_sandbox/faults", json={"kind": "reset", "after": after, "method": "POST", "path": URL})
    # Python's ssl module tells a reset between two records as an end of file, before 3.13.
    told = (httpx.NetworkError, *([] if sandbox.certificate is None else [httpx.RemoteProtocolError]))
    with pytest.raises(told):
        api.post(URL, json={"identifier": "x"})
    assert (sandbox.tenant.resource_servers.find("x") is not None) is after


def test_a_truncated_body(either: tuple[Sandbox, httpx.Client]) -> None:
    """A truncated answer ends before the length that its header gives."""
    _, api = either
    api.post("/_sandbox/faults", json={"kind": "truncate"})
    with pytest.raises(httpx.RemoteProtocolError, match="without sending complete message body"):
        api.get(URL)


def test_a_call_times_out_after_it_took_effect(either: tuple[Sandbox, httpx.Client]) -> None:
    """A hanging answer is a time-out at the client, and a write on the tenant."""
    sandbox, api = either
    api.post("/_sandbox/faults", json={"kind": "hang"})
    with pytest.raises(httpx.ReadTimeout):
        api.post(URL, json={"identifier": "x"}, timeout=httpx.Timeout(10, read=0.2))
    assert sandbox.tenant.resource_servers.find("x") is not None


def test_a_write_that_never_answers_took_effect(sandbox: Sandbox) -> None:
    """A hanging call is done on the tenant although the client hears nothing of it."""
    with client(sandbox) as api, socket.create_connection(("127.0.0.1", api.base_url.port or 0)) as raw:
        api.post("/_sandbox/faults", json={"kind": "hang"})
        body = b'{"identifier":"x"}'
        head = f"POST {URL} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n"
        raw.sendall(f"{head}Authorization: Bearer {sandbox.api_token}\r\n\r\n".encode() + body)
        raw.shutdown(socket.SHUT_WR)
        assert raw.recv(1) == b""
    assert sandbox.tenant.resource_servers.find("x") is not None


def test_a_slow_body_arrives_whole(sandbox: Sandbox) -> None:
    """A slow answer is complete in the end."""
    with client(sandbox) as api:
        whole = api.get(URL).json()
        api.post("/_sandbox/faults", json={"kind": "slow", "seconds": 0.01})
        assert api.get(URL).json() == whole


def test_concurrent_writers_leave_a_consistent_tenant(sandbox: Sandbox) -> None:
    """Four threads of creates, updates, reads and deletes end with exactly what they kept."""

    def work(number: int) -> None:
        id_ = api.post(URL, json={"identifier": f"api-{number}"}).json()["id"]
        assert api.patch(f"{URL}/{id_}", json={"name": str(number)}).json()["name"] == str(number)
        assert api.get(f"{URL}/{id_}").status_code == 200
        if number % 2:
            assert api.delete(f"{URL}/{id_}").status_code == 204

    with client(sandbox) as api, ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(100)))
    names = sorted(int(api["name"]) for api in sandbox.tenant.resource_servers if "is_system" not in api)
    assert names == list(range(0, 100, 2))


def run(*options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", "from pulumi_auth0_apis.cli import main; main()", "sandbox", *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_serves_until_interrupted(number: signal.Signals) -> None:
    """One JSON line says where the tenant is; an interrupt ends it with status 0."""
    with run() as process:
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        assert list(ready) == ["domain", "client_id", "client_secret", "api_token"]
        headers = {"authorization": f"Bearer {ready['api_token']}"}
        assert httpx.get(ready["domain"] + URL, headers=headers).status_code == 200
        process.send_signal(number)
        rest, errors = process.communicate()
    assert (process.returncode, rest, errors) == (0, "", "")


@pytest.mark.parametrize(
    "options", [("--plan", "gold"), ("--latency", "soon"), ("--faults", "{"), ("--faults", '[{"kind": "x"}]')]
)
def test_the_command_refuses_what_it_does_not_understand(options: tuple[str, str]) -> None:
    """A wrong option is one message and status 2."""
    result = CliRunner().invoke(app, ["sandbox", *options])
    assert result.exit_code == 2
    assert "Invalid value" in result.stderr


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--latency", "soon"), ["--latency", "'soon' is not a duration: write 50ms"]),
        (("--faults", "{"), ["--faults", "no JSON", '[{"kind": "error", "status": 503, "times": 2}]']),
        (("--faults", '[{"kind": "x"}]'), ["--faults", "on property kind", "kinds are error, answer"]),
        (("--additional-properties", "["), ["--additional-properties", "no JSON", '{"resource-servers"']),
    ],
)
def test_the_command_explains_a_mistake(options: tuple[str, str], told: list[str]) -> None:
    """A wrong option is named, with what is wrong and how it is written."""
    result = CliRunner().invoke(app, ["sandbox", *options], env={"COLUMNS": "300"})
    assert [part for part in told if part not in result.stderr] == []


def test_the_command_names_a_taken_port(sandbox: Sandbox) -> None:
    """A port that is taken is named, and how to go on."""
    port = sandbox.domain.rpartition(":")[2]
    result = CliRunner().invoke(app, ["sandbox", "--port", port], env={"COLUMNS": "300"})
    assert result.exit_code == 2
    assert f"port {port} of 127.0.0.1 cannot be served (Address already in use)" in result.stderr


@pytest.mark.parametrize("as_json", [False, True])
def test_a_terminal_gets_lines_to_paste(as_json: bool) -> None:
    """On a terminal the command prints the page's address and exports, and the line of JSON with --json."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", "from pulumi_auth0_apis.cli import main; main()", "sandbox"]
    with subprocess.Popen([*command, *["--json"] * as_json], stdout=theirs) as process:
        os.close(theirs)
        with open(ours, encoding="utf-8") as said:  # noqa: PTH123 # a descriptor
            lines = [said.readline().strip() for _ in range(1 if as_json else 5)]
            process.terminate()
            process.wait()
    if as_json:
        assert json.loads(lines[0])["domain"].startswith("http://127.0.0.1:")
        return
    domain = lines[2].removeprefix("export AUTH0_DOMAIN=")
    assert lines[0].endswith(f"In a browser: {domain}")
    assert [line.partition("=")[0] for line in lines[2:]] == [
        "export AUTH0_DOMAIN",
        "export AUTH0_CLIENT_ID",
        "export AUTH0_CLIENT_SECRET",
    ]


def test_the_command_takes_applications(tmp_path: Path) -> None:
    """The applications of a file are there when the command says that it answers."""
    file = tmp_path / "applications.json"
    file.write_text('{"prodBilling": "Billing"}')
    with run("--applications", str(file)) as process:
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        headers = {"authorization": f"Bearer {ready['api_token']}"}
        found = httpx.get(f"{ready['domain']}/api/v2/clients/prodBilling", headers=headers)
        process.send_signal(signal.SIGTERM)
        process.communicate()
    assert found.json()["name"] == "Billing"


@pytest.mark.parametrize("text", ["[]", '{"a": 1}', '{"a b": "x"}', '{"a": "<b>"}', "{", None])
def test_the_command_refuses_what_are_no_applications(tmp_path: Path, text: str | None) -> None:
    """A file that is not there, no JSON, or no names by client id is one message that names the option."""
    file = tmp_path / "applications.json"
    if text is not None:
        file.write_text(text)
    result = CliRunner().invoke(app, ["sandbox", "--applications", str(file)], env={"COLUMNS": "300"})
    assert result.exit_code == 2
    assert "--applications" in result.stderr


def test_the_command_tells_of_a_file_that_is_no_tenant(tmp_path: Path) -> None:
    """A damaged file is one message that names it, and status 2."""
    file = tmp_path / "tenant.db"
    file.write_text("not a database, however long one looks at it")
    result = CliRunner().invoke(app, ["sandbox", "--data", str(file)])
    assert result.exit_code == 2
    assert "cannot keep a tenant" in " ".join(result.stderr.split())
