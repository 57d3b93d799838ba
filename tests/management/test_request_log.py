"""The log of requests, for people who look for what went wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from pulumi_auth0_apis.errors import (
    BadRequestError,
    ConnectionFailedError,
    CredentialsError,
    UnexpectedAnswerError,
)
from pulumi_auth0_apis.management.client import ManagementClient

from .conftest import NONE, Clock, Script, answer, patient, refused, settings

MakeClient = Callable[..., ManagementClient]
Capture = pytest.CaptureFixture[str]


def entries(capture: Capture) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capture.readouterr().err.splitlines()]


def test_nothing_is_logged_unless_asked_for(client: MakeClient, capsys: Capture) -> None:
    """Without the variable stderr stays empty: Pulumi shows it to the user."""
    client(Script([answer(200, NONE)])).request("GET", "clients", "…")
    assert entries(capsys) == []


def test_info_has_a_line_a_request(
    client: MakeClient, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line has method, path, status, time and what is left of the limit; bodies stay out."""
    monkeypatch.setenv("AUTH0_APIS_LOG", "info")
    script = Script([answer(503), answer(200, NONE, x_ratelimit_remaining="9")])
    client(script).request("GET", "clients", "…", params={"page": 1})
    first, second = entries(capsys)
    assert (first["status"], second["status"], second["remaining"]) == (503, 200, "9")
    assert (second["method"], second["path"]) == ("GET", "/api/v2/clients?page=1")
    assert isinstance(second["ms"], int)
    assert set(second) == {"method", "path", "status", "remaining", "ms"}


def test_debug_has_bodies_without_secrets(
    clock: Clock, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Signing secrets, tokens, client secrets and descriptions are masked in both directions."""
    monkeypatch.setenv("AUTH0_APIS_LOG", "debug")
    scopes = [{"value": "a", "description": "d3scribed"}]
    body = {"identifier": "x", "signing_secret": "s1gning", "scopes": scopes}
    script = Script([answer(200, {"access_token": "t0ken"}), answer(201, {**body, "id": "1"})])
    by_secret = settings(api_token="", client_id="id", client_secret="cl1ent")
    ManagementClient(by_secret, patient(script, clock)).request("POST", "resource-servers", "…", json=body)
    shown = entries(capsys)
    for secret in ("s1gning", "t0ken", "cl1ent", "d3scribed"):
        assert secret not in str(shown)
    hidden = [{"value": "a", "description": "[secret]"}]
    assert shown[1]["request"] == {**body, "signing_secret": "[secret]", "scopes": hidden}
    assert shown[1]["response"]["id"] == "1"


def test_a_lost_connection_is_logged(
    client: MakeClient, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A request without an answer has its error in place of a status."""
    monkeypatch.setenv("AUTH0_APIS_LOG", "debug")
    with pytest.raises(ConnectionFailedError):
        client(Script([httpx.ReadTimeout("slow")])).request("POST", "client-grants", "…", json={})
    (entry,) = entries(capsys)
    assert (entry["error"], entry["response"]) == ("ReadTimeout", None)


PEM = "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA\n-----END PUBLIC KEY-----"


def test_debug_hides_what_an_answer_quotes(
    client: MakeClient, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A refusal that repeats a signing secret, a key or the token does not bring it into the log."""
    monkeypatch.setenv("AUTH0_APIS_LOG", "debug")
    body = {"signing_secret": "s1gning", "token_encryption": {"encryption_key": {"pem": PEM}}}
    for quoted in (
        "s1gning",
        PEM,
        PEM.replace("\n", "\\n"),
        "Bearer t0ken",
        "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA",
    ):
        refusal = refused(400, f"String is odd: {quoted}", "invalid_body")
        with pytest.raises(BadRequestError) as caught:
            client(Script([refusal])).request("POST", "resource-servers", "…", json=body)
        logged = capsys.readouterr().err
        for secret in ("s1gning", "MIIBIjANB", "t0ken"):
            assert secret not in logged
            assert secret not in str(caught.value)
        assert "String is odd: [secret]" in logged or "String is odd: Bearer [secret]" in logged


def test_debug_hides_an_echo_of_the_token_request(
    clock: Clock, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The client's secret is not logged when the token endpoint repeats it."""
    monkeypatch.setenv("AUTH0_APIS_LOG", "debug")
    by_secret = settings(api_token="", client_id="id", client_secret="cl1ent")
    echo = patient(lambda request: answer(403, {"error": request.content.decode()}), clock)
    with pytest.raises(CredentialsError):
        ManagementClient(by_secret, echo).request("GET", "clients", "…")
    assert "cl1ent" not in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"[" * 100_000, b"NaN", b"\xff", b"1" * 5_000])
def test_an_odd_answer_is_logged_as_none_to_show(
    client: MakeClient, capsys: Capture, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    """What is no JSON, or too much of it, does not stop the log."""
    monkeypatch.setenv("AUTH0_APIS_LOG", "debug")
    with pytest.raises(UnexpectedAnswerError):
        client(Script([httpx.Response(200, content=content)])).request("GET", "clients", "…")
    (entry,) = entries(capsys)
    assert entry["response"] == "[secret]"


def test_debug_hides_what_nobody_knows(
    client: MakeClient, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program may pass on a secret in `additional_settings`: its value is in no log and no error."""
    monkeypatch.setenv("AUTH0_APIS_LOG", "debug")
    api = {"id": "1", "identifier": "x", "color": {"dye": ["s3cret", 4711471]}, "token_lifetime": 60}
    page = {"total": 1, "start": 0, "limit": 100, "resource_servers": [api]}
    told = {**api, "color": "[secret]"}
    client(Script([answer(200, page)])).request("GET", "resource-servers", "…")
    client(Script([answer(201, api)])).request("POST", "resource-servers", "…", json=api)
    listed, made = entries(capsys)
    assert listed["response"] == {**page, "resource_servers": [told]}
    assert made["request"] == made["response"] == told
    refusal = refused(400, "No enum match for: s3cret, 4711471 (of token_lifetime 60)", "invalid_body")
    with pytest.raises(BadRequestError, match="No enum match for") as caught:
        client(Script([refusal])).request("POST", "resource-servers", "…", json=api)
    for told_by in (str(caught.value), capsys.readouterr().err):
        assert "s3cret" not in told_by and "4711471" not in told_by and "token_lifetime 60" in told_by
