"""Who may talk to the sandbox: requests as browsers send them, to a server that runs.

The headers are those of the Fetch standard (https://fetch.spec.whatwg.org) and of Fetch Metadata Request
Headers (https://www.w3.org/TR/fetch-metadata).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection

import httpx
import pytest

from pulumi_auth0_apis.emulator import Sandbox
from pulumi_auth0_apis.emulator.origin import is_loopback

FAULT = b'{"kind": "error", "status": 503}'
PATHS = ("/", "/api/v2/clients", "/oauth/token", "/.well-known/jwks.json", "/_sandbox/requests", "/nowhere")
ATTACKER = "https://evil.example"

CROSS_SITE = {"origin": ATTACKER, "sec-fetch-site": "cross-site", "sec-fetch-mode": "cors"}
FORM = {**CROSS_SITE, "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
"""A form that a page of another site has the browser send."""


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as running:
        yield running


@pytest.fixture
def browser(sandbox: Sandbox) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=sandbox.domain) as client:
        yield client


@pytest.mark.parametrize("port", ["", ":1", ":8080"])
@pytest.mark.parametrize(
    "name", ["localhost", "LOCALHOST", "auth0.localhost", "127.0.0.1", "127.9.9.9", "[::1]"]
)
def test_names_of_this_machine(name: str, port: str) -> None:
    """Each names the loopback interface, whatever the DNS says."""
    assert is_loopback(name + port)


OTHERS = (
    "evil.example evil.example:8080 localhost.evil.example 127.0.0.1.evil.example evillocalhost 0.0.0.0"
    " 192.168.0.1 [::] [fe80::1] ::1 127.1 2130706433 0x7f.1 localhost@evil"
    " evil@x.localhost e/x.localhost :80"
    " localhost:80:80 localhost,evil [::1 user@localhost localhost."
)


@pytest.mark.parametrize("host", ["", "localhost evil", *OTHERS.split()])
def test_every_other_name(host: str) -> None:
    """What could be made to resolve to this machine, or is nothing a browser sends, is none of its names."""
    assert not is_loopback(host)


@pytest.mark.parametrize("path", PATHS)
def test_a_name_that_was_rebound_reaches_nothing(sandbox: Sandbox, browser: httpx.Client, path: str) -> None:
    """To the browser the page is of the same origin; the Host that it sends is the page's, on every path."""
    host = f"evil.example:{browser.base_url.port}"
    own = {"host": host, "origin": f"http://{host}", "sec-fetch-site": "same-origin"}
    answer = browser.request("GET", path, headers=own)
    assert answer.status_code == 421
    assert f"Call it as {sandbox.domain}" in answer.json()["message"]
    assert sandbox.calls == {}


def test_each_name_of_this_machine_is_answered(browser: httpx.Client) -> None:
    """Tools call it as they like."""
    for name in ("localhost", "tenant.localhost", "127.0.0.1", "[::1]"):
        answer = browser.get("/.well-known/jwks.json", headers={"host": f"{name}:{browser.base_url.port}"})
        assert answer.status_code == 200


@pytest.mark.parametrize("hosts", [(), ("localhost", "evil.example"), ("evil.example", "localhost")])
def test_one_host_is_named(browser: httpx.Client, hosts: tuple[str, ...]) -> None:
    """None is no name, and of two nobody guesses which one counts."""
    connection = HTTPConnection(browser.base_url.host, browser.base_url.port)
    connection.putrequest("GET", "/_sandbox/requests", skip_host=True)
    for host in hosts:
        connection.putheader("Host", host)
    connection.endheaders()
    with closing(connection):
        assert connection.getresponse().status in (400, 421)


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
@pytest.mark.parametrize(
    "headers",
    [
        CROSS_SITE,
        {"origin": "null", "sec-fetch-site": "cross-site"},
        {"origin": "http://localhost:3000", "sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"},
        {"origin": ATTACKER},
    ],
    ids=["fetch", "sandboxed frame", "another port", "image", "browser of before 2020"],
)
@pytest.mark.parametrize("path", ["/_sandbox/faults", "/_sandbox/requests"])
def test_other_sites_control_nothing(
    sandbox: Sandbox, browser: httpx.Client, path: str, method: str, headers: dict[str, str]
) -> None:
    """No fault is made or called off, no count is read or reset, and no answer is shared with them."""
    sandbox.add_fault({"kind": "error", "path": "/kept"})
    json = {"content-type": "application/json"} if method == "POST" else {}
    answer = browser.request(method, path, headers={**headers, **json}, content=FAULT if json else None)
    assert answer.status_code in (403, 501)
    assert "access-control-allow-origin" not in answer.headers
    assert [fault["path"] for fault in browser.get("/_sandbox/faults").json()] == ["/kept"]


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]
)
def test_a_fault_is_no_form(browser: httpx.Client, kind: str) -> None:
    """What browsers send to any site without a question is not taken, whatever else it says."""
    answer = browser.post("/_sandbox/faults", content=FAULT, headers={"content-type": kind})
    assert (answer.status_code, "application/json" in answer.json()["message"]) == (415, True)
    assert browser.get("/_sandbox/faults").json() == []


def test_a_question_before_a_request_is_answered_by_nothing(browser: httpx.Client) -> None:
    """The browser asks by OPTIONS before it sends JSON to another site, and gets no leave."""
    asked = {**CROSS_SITE, "access-control-request-method": "POST"}
    answer = browser.options("/_sandbox/faults", headers=asked)
    assert answer.status_code >= 400
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_the_sandboxs_own_page_and_clients_go_on(browser: httpx.Client) -> None:
    """A page of this origin, an address that somebody typed, and whatever is no browser."""
    own = {"origin": str(browser.base_url).rstrip("/"), "sec-fetch-site": "same-origin"}
    for headers in (own, {"sec-fetch-site": "none"}, {}):
        assert browser.get("/_sandbox/requests", headers=headers).status_code == 200
        assert browser.post("/_sandbox/faults", headers=headers, json={"kind": "delay"}).status_code == 200


def test_pages_are_visited_and_not_framed(browser: httpx.Client) -> None:
    """A link leads here from anywhere; a form or a frame of another site is refused."""
    link = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    assert browser.get("/", headers=link).status_code == 200
    assert browser.get("/", headers={**link, "sec-fetch-dest": "iframe"}).status_code == 403
    (path,) = {line for line in browser.get("/").text.split('"') if line.endswith("/settings")}
    for form in (FORM, {**FORM, "origin": "null"}, link):
        answer = browser.post(path.replace("settings", "permissions"), headers=form, data={"value": "x:y"})
        assert answer.status_code == 403
