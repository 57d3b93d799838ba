"""Pages of other sites in a real browser, which try to read and to change the sandbox."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx
import pytest

from pulumi_auth0_apis.emulator import Sandbox

from .browser import CHROMIUM, Browser

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on PATH to attack the sandbox with")

REBOUND = "--host-resolver-rules=MAP evil.example 127.0.0.1"
"""As if the name of a site resolved to this machine: what DNS rebinding comes to."""

READ = """
fetch({}, {}).then(answer => answer.text().then(text => [answer.status, text]), error => [0, error.name])
"""
FAULT = {"kind": "error", "status": 503}

SENT = {
    "a plain text": {"method": "POST", "mode": "no-cors", "body": json.dumps(FAULT)},
    "a form": {
        "method": "POST",
        "mode": "no-cors",
        "headers": {"content-type": "application/x-www-form-urlencoded"},
        "body": json.dumps(FAULT),
    },
    "JSON": {
        "method": "POST",
        "headers": {"content-type": "application/json"},
        "body": json.dumps(FAULT),
    },
    "a call off": {"method": "DELETE"},
}


class Blank(BaseHTTPRequestHandler):
    """A site with nothing on it."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("profile"), REBOUND) as browser:
        yield browser


@pytest.fixture(scope="module", params=["evil.example", "localhost"])
def other_site(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of another site, and of another program on this machine."""
    with HTTPServer(("127.0.0.1", 0), Blank) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://{request.param}:{server.server_port}/"
        server.shutdown()
        thread.join()


def read(browser: Browser, address: str, options: object = None) -> tuple[int, str]:
    """The status and the text that the page in the browser gets; 0 and an error's name where it gets none."""
    status, text = browser.evaluate(READ.format(json.dumps(address), json.dumps(options or {})))
    return status, text


def test_a_page_whose_name_was_rebound_reads_nothing(browser: Browser, sandbox: Sandbox) -> None:
    """The browser takes it for the sandbox's own origin, and the sandbox does not."""
    browser.open(sandbox.domain.replace("127.0.0.1", "evil.example"))
    for path in ("/", "/_sandbox/requests", "/api/v2/clients", "/oauth/token"):
        status, text = read(browser, path)
        assert status == 421
        assert sandbox.client_secret not in text


@pytest.mark.parametrize("sent", SENT.values(), ids=SENT)
def test_other_sites_make_no_fault_and_call_none_off(
    browser: Browser, sandbox: Sandbox, other_site: str, sent: dict[str, object]
) -> None:
    """Whatever a script can have the browser send."""
    faults = f"{sandbox.domain}/_sandbox/faults"
    sandbox.add_fault({"kind": "delay", "path": "/kept"})
    before = httpx.get(faults).json()
    browser.open(other_site)
    read(browser, faults, sent)
    assert httpx.get(faults).json() == before


def test_other_sites_read_nothing(browser: Browser, sandbox: Sandbox, other_site: str) -> None:
    """The browser gives them no answer."""
    browser.open(other_site)
    for path in ("/", "/_sandbox/requests", "/_sandbox/openapi.json", "/oauth/token"):
        assert read(browser, sandbox.domain + path) == (0, "TypeError")


def test_the_sandboxs_own_page_reads(browser: Browser, sandbox: Sandbox) -> None:
    """By each name of this machine."""
    for name in ("127.0.0.1", "localhost", "tenant.localhost"):
        browser.open(sandbox.domain.replace("127.0.0.1", name))
        assert read(browser, "/_sandbox/requests")[0] == 200
