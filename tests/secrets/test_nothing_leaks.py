"""Secrets that cannot be mistaken, planted wherever a user can put one, and looked for in all that comes out.

What ids are made of (identifiers, values of permissions, client ids) is no secret to Pulumi, whose ids are in
clear. Nor can `auth0-apis import` know what of a tenant a program will call one, beside signing secrets.
"""

from __future__ import annotations

import base64
import html
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

import httpx
import pytest

from pulumi_auth0_apis.emulator import Sandbox
from pulumi_auth0_apis.engine.project.project import Project
from pulumi_auth0_apis.engine.project.stack_config import StackConfig
from pulumi_auth0_apis.report import Report, as_json, junit, markdown, read, sarif

COMMAND = Path(sys.executable).parent / "auth0-apis"
PROGRAM = Path(__file__).parent / "program" / "__main__.py"
ITS_OWN = ("__main__.py", "planted.json")
"""Files that the user writes, with the secrets."""

ORDERS = "https://orders.example.com"
PEM = """-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAu1SU1LfVLPHCozMxH2Mo
4lgOEePzNm0tRgeLezV6ffAt0gunVTLw7onLRnrq0/IzW7yWR7QkrmBL7jTKEn5u
+qKhbwKfBstIs+bMY2Zkp18gnTxKLxoS2tFczGkPLPgizskuemMghRniWaoLcyeh
kd3qqGElvW/VDL5AaWTg0nLVkjRo9z+40RQzuVaE8AkAFmxZzow3x+VJYKdjykkJ
0iT9wCS0DRTXu269V264Vf/3jvredZiKRkgwlL9xNAwxXFg0x/XFw005UWVRIKdg
cKWTjpBP2dPwVZ4WWC+9aGVd+Gyn1o0CLelf4rEjGoXbAAEgAqeGUxrcIlbjXfbc
mwIDAQAB
-----END PUBLIC KEY-----"""
PLANTED = {
    "passphrase": "planted passphrase",
    "signing secret": 'planted-signing "secret" <&+/é> 1',
    "next signing secret": 'planted-signing "secret" <&+/é> 2',
    "description": 'planted "description" of <a> permission, 1',
    "next description": 'planted "description" of <a> permission, 2',
    "listed description": "planted description & of a listed permission",
    "name": "planted & secret name",
    "configuration": "planted-configuration",
    "output": "planted-output",
    "encryption key": PEM,
}
"""By what it is, beside the credentials of the sandbox."""

pytestmark = pytest.mark.xdist_group("secrets")
"""One worker plays the stack's life, for all tests here."""

OTHERS = {"name": "Sales", "signing_secret": "o" * 16, "scopes": [{"value": "read", "description": "Other"}]}
"""What another hand makes of an API."""

FIRST = [
    ("preview", "--diff", "--event-log", "preview.jsonl"),
    ("preview", "--json"),
    ("up", "--yes", "--diff", "--event-log", "up.jsonl"),
]
CHANGED = [
    ("preview", "--diff", "--event-log", "change.jsonl"),
    ("up", "--yes", "--skip-preview", "--json"),
    ("refresh", "--yes"),
]
DRIFTED = [
    ("preview", "--refresh", "--diff", "--event-log", "drift.jsonl"),
    ("drift", "--unmanaged"),
    ("drift", "--json"),
    ("doctor",),
]
"""What is done to a new stack, once the program asks for something else, and after another hand's changes."""


@dataclass
class Play:
    """A project, and all that its commands have said: by command, standard output and error together."""

    folder: Path
    said: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """A shell without credentials, where requests are logged at their most talkative."""
        ours = ("AUTH0_", "PULUMI_")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        return kept | {
            "PATH": f"{COMMAND.parent}{os.pathsep}{os.environ['PATH']}",
            "PULUMI_BACKEND_URL": f"file://{self.folder / 'backend'}",
            "PULUMI_CONFIG_PASSPHRASE": PLANTED["passphrase"],
            "PULUMI_HOME": str(self.folder / "home"),
            "AUTH0_APIS_LOG": "debug",
        }

    def run(self, *arguments: str, note: str = "", **more: str) -> str:
        """Run a command, and keep what it says."""
        done = subprocess.run(
            [COMMAND, *arguments, "--stack", "dev"],
            cwd=self.folder,
            env=self.environment | more,
            capture_output=True,
            check=False,
        )
        text = (done.stdout + done.stderr).decode()
        self.said[f"{' '.join(arguments)} {note}".strip()] = text
        return text

    def report(self) -> None:
        """Write the report of every run, in every format."""
        for log in self.folder.glob("*.jsonl"):
            report = Report(read(log.read_text().splitlines()))
            for write in (markdown, as_json, sarif, junit):
                self.said[f"report {log.name} {write.__name__}"] = write(report)

    def written(self, but: str = "\0") -> dict[str, str]:
        """Every file but the user's own: state, history, backups, settings, event logs, what was imported.

        Without those whose path has `but` in it.
        """
        return {
            str(file.relative_to(self.folder)): file.read_text(errors="replace")
            for file in self.folder.rglob("*")
            if file.is_file() and file.relative_to(self.folder).name not in ITS_OWN and but not in str(file)
        }


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def play(sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Play:
    """The whole life of a stack."""
    play = Play(tmp_path_factory.mktemp("shop"))
    (play.folder / "Pulumi.yaml").write_text("name: shop\nruntime: python\n")
    shutil.copy(PROGRAM, play.folder)
    (play.folder / "planted.json").write_text(json.dumps(PLANTED))
    (play.folder / "backend").mkdir()
    config = StackConfig.load(Project.load(play.folder), "dev", play.environment)
    config.set("auth0:domain", sandbox.domain)
    config.set("auth0:clientId", sandbox.client_id)
    config.set("auth0:clientSecret", sandbox.client_secret, secret=True)
    config.set("shop:planted", PLANTED["configuration"], secret=True)
    for arguments in FIRST:
        play.run(*arguments)
    for arguments in CHANGED:
        play.run(*arguments, SECOND="1")
    play.run("import", "imported", **sandbox.environment)
    sandbox.tenant.resource_servers.update(ORDERS, OTHERS)
    for arguments in DRIFTED:
        play.run(*arguments, SECOND="1")
    play.report()
    return play


def spellings(secret: str) -> set[str]:
    """A secret and each long line of it, as forms, documents, pages, headers and Python have it."""
    parts = {secret, *(line for line in secret.splitlines() if len(line) > 16)}
    return {
        spelling
        for part in parts
        for spelling in (
            part,
            quote(part, safe=""),
            quote_plus(part),
            html.escape(part),
            json.dumps(part)[1:-1],
            json.dumps(part, ensure_ascii=False)[1:-1],
            repr(part)[1:-1],
            base64.b64encode(part.encode()).decode(),
        )
    }


def leaks(found: Mapping[str, str], secret: str) -> list[str]:
    """Where a secret is, however it is spelled and wrapped."""
    looked_for = [unwrapped(spelling) for spelling in spellings(secret)]
    unwrapped_texts = ((where, unwrapped(text)) for where, text in found.items())
    return [where for where, text in unwrapped_texts if any(each in text for each in looked_for)]


def unwrapped(text: str) -> str:
    return "".join(text.split())


def test_the_play_is_one(play: Play) -> None:
    """Everything ran, so that what is not found was there to be found."""
    assert "4 created" in play.said[" ".join(FIRST[-1])]
    assert '"token_lifetime"' in play.said[" ".join(CHANGED[1])]
    drift = play.said["drift --unmanaged"]
    assert all(f"`{name}`" in drift for name in ("name", "signing_secret", "description"))
    assert "/oauth/token" in drift and "[secret]" in drift
    assert {"backend", "imported", "up.jsonl"} <= {name.partition("/")[0] for name in play.written()}
    assert sum(where.startswith("report") for where in play.said) == 16


@pytest.mark.parametrize("kind", PLANTED)
def test_no_planted_secret_comes_out(play: Play, kind: str) -> None:
    """Not in what any command says, nor in any file that it writes."""
    free = kind == "name" or "description" in kind
    assert leaks(play.said | play.written(but="imported" if free else "\0"), PLANTED[kind]) == []


def test_no_credential_comes_out(play: Play, sandbox: Sandbox) -> None:
    """The client's secret of the configuration, and the tokens that it gets."""
    found = play.said | play.written()
    assert leaks(found, sandbox.client_secret) == []
    assert [where for where, text in found.items() if "eyJhbGciOi" in text] == []


COMMANDS = [("up", "--yes", "--skip-preview"), ("doctor",), ("drift",), ("token", ORDERS)]


UP, DOCTOR, _, TOKEN = COMMANDS
ODD_CREDENTIALS = {
    "AUTH0_API_TOKEN": "planted-token\r\nplanted-second-line",
    "AUTH0_CLIENT_SECRET": "planted\nplanted-second-line",
    "AUTH0_CLIENT_ASSERTION_PRIVATE_KEY": "-----BEGIN PRIVATE KEY-----\nplanted\n",
}


@pytest.mark.parametrize(
    ("variable", "command"),
    [
        *(("AUTH0_API_TOKEN", command) for command in COMMANDS),
        *(("AUTH0_CLIENT_SECRET", command) for command in (UP, TOKEN)),
        *(("AUTH0_CLIENT_ASSERTION_PRIVATE_KEY", command) for command in (UP, DOCTOR)),
    ],
)
def test_an_odd_credential_is_named_and_not_quoted(
    play: Play, variable: str, command: tuple[str, ...]
) -> None:
    """Whatever of the shell got into it, and whichever library cannot use it."""
    told = play.run(*command, note=variable, **{variable: ODD_CREDENTIALS[variable]})
    assert variable in told and "planted" not in told


def echoes(secrets: list[str]) -> dict[str, dict[str, Any]]:
    """Answers that quote what they got, as Auth0, a proxy, a debugger or a form would."""
    said = " and ".join(spelling for secret in secrets for spelling in sorted(spellings(secret)))
    envelope = {"statusCode": 400, "error": "Bad Request", "message": said, "errorCode": said}
    page, sent = f"<html>{html.escape(said)}</html>", quote(said)
    return {
        "refusal": {"status": 400, "body": json.dumps(envelope)},
        "missing": {"status": 404, "body": json.dumps({**envelope, "statusCode": 404})},
        "OAuth": {"status": 403, "body": json.dumps({"error": said, "error_description": said})},
        "page": {"status": 400, "body": page, "headers": {"content-type": f"text/html; {sent}"}},
        "shape": {"status": 200, "body": json.dumps({"id": said, "scopes": said})},
        "text": {"status": 200, "body": said},
        "redirect": {"status": 302, "body": "", "headers": {"location": f"https://{sent}/{sent}?{sent}"}},
    }


@pytest.mark.parametrize("odd", echoes([]))
def test_no_error_quotes_the_token_request(play: Play, sandbox: Sandbox, odd: str) -> None:
    """Of any command, each of which is tried: the answer has the client's secret, its error has not."""
    echo = echoes([sandbox.client_secret])[odd]
    other = COMMANDS[1 + list(echoes([])).index(odd) % 3]
    with faults(sandbox, {"path": "/oauth/token", **echo}):
        said = {each[0]: play.run(*each, note=odd) for each in (UP, other)}
    assert all("/oauth/token" in text for text in said.values())
    assert leaks(said | play.written(), sandbox.client_secret) == []


WRITES = [
    *(("signing secret", odd) for odd in echoes([])),
    ("description", "refusal"),
    ("description", "text"),
]


@pytest.mark.parametrize(("kind", "odd"), WRITES)
def test_no_error_quotes_a_write(play: Play, sandbox: Sandbox, kind: str, odd: str) -> None:
    """Neither what an API was to get nor what a permission was to, whatever the answer quotes of it."""
    carried = PLANTED[kind]
    written = ORDERS if kind == "description" else sandbox.tenant.resource_servers.get(ORDERS)["id"]
    fault = {"method": "PATCH", "path": f"/api/v2/resource-servers/{written}", **echoes([carried])[odd]}
    with faults(sandbox, fault):
        told = play.run(*UP, note=f"{kind} {odd}")
    assert "PATCH" in told and "error" in told
    assert leaks({"up": told} | play.written(but="imported"), carried) == []


@contextmanager
def faults(sandbox: Sandbox, fault: dict[str, Any]) -> Iterator[None]:
    """Have every matching call answered so."""
    sandbox.add_fault({"kind": "answer", "times": None, **fault})
    yield
    httpx.delete(f"{sandbox.domain}/_sandbox/faults").raise_for_status()
