"""The tenant in a real browser: live, by keyboard alone, in light and dark, wide and narrow."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from pulumi_auth0_apis.emulator import REPORTING_CLIENT_ID, Sandbox

from .browser import CHROMIUM, Browser
from .test_page import AUDIENCE, fill

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on PATH to look at the page with")

PAGES = ("", "settings", "permissions", "machine-to-machine", "test")

FAINT = """
(() => {
  const parse = text => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(c => c / 255)
    .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = element => {
    for (let each = element; each; each = each.parentElement) {
      const color = parse(getComputedStyle(each).backgroundColor);
      if (color.length === 3 || color[3] === 1) return color;
    }
    return [255, 255, 255];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const faint = [];
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement, text = walker.currentNode.data.trim();
    if (!text || !element.checkVisibility() || element.matches("script, style, option, meter")) continue;
    const [a, b] = [parse(getComputedStyle(element).color), behind(element)].map(light);
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) faint.push(`${text}: ${ratio.toFixed(2)}`);
  }
  return faint;
})()
"""
"""Texts of less contrast than WCAG 2.2 asks for (1.4.3, 4.5 to 1)."""

UNTIL_LOGGED = """
new Promise(done => {
  const look = () => document.querySelector('#traffic [title$="/api/v2/branding"]')
    ? done(document.querySelector("#traffic .s5").textContent) : setTimeout(look, 50);
  look();
})
"""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """A tenant with a plan, so that there is a gauge, and a call of each colour in the log."""
    with Sandbox(plan="enterprise-dev") as sandbox:
        fill(sandbox.tenant)
        headers = {"authorization": f"Bearer {sandbox.api_token}"}
        with httpx.Client(base_url=sandbox.domain, headers=headers) as api:
            for path in ("clients", "clients/nobody", "branding"):
                api.get(f"/api/v2/{path}")
        yield sandbox


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for all."""
    with Browser(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture
def api(sandbox: Sandbox) -> str:
    """The address of the API's tabs."""
    return f"{sandbox.domain}/apis/{sandbox.tenant.resource_servers.get(AUDIENCE)['id']}"


def address(api: str, page: str) -> str:
    return f"{api}/{page}" if page else api.partition("/apis/")[0]


def tab_to(browser: Browser, name: str) -> None:
    """Press Tab until the control with this name has the focus, as somebody without a mouse would."""
    script = "document.activeElement.ariaLabel || document.activeElement.textContent.trim()"
    for _ in range(60):
        browser.press("Tab")
        if browser.evaluate(script) == name:
            return
    raise AssertionError(f"{name} cannot be reached with Tab.")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_every_text_has_contrast(browser: Browser, api: str, page: str, dark: bool) -> None:
    """In light and in dark no text is fainter than WCAG allows, and no script complains."""
    browser.open(address(api, page), dark=dark)
    assert browser.evaluate(FAINT) == []
    assert browser.complaints == []


@pytest.mark.parametrize("page", PAGES)
def test_a_narrow_window_needs_no_sideways_scrolling(browser: Browser, api: str, page: str) -> None:
    """A window of 320 pixels shows everything in its width (WCAG 1.4.10)."""
    browser.open(address(api, page), width=320)
    assert browser.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("page", PAGES)
def test_every_control_has_a_name(browser: Browser, api: str, page: str) -> None:
    """What can be operated says to a screen reader what it is."""
    browser.open(address(api, page))
    nodes = browser.send("Accessibility.getFullAXTree")["nodes"]
    operable = {"button", "link", "textbox", "checkbox", "combobox", "switch", "meter"}
    controls = [node for node in nodes if node.get("role", {}).get("value") in operable]
    assert controls
    assert [node for node in controls if not node["name"]["value"]] == []


def test_the_log_is_live(browser: Browser, sandbox: Sandbox, api: str) -> None:
    """A call made while the page is open appears in it, a route that is not modelled among them."""
    browser.open(api)
    browser.evaluate("document.querySelectorAll('#traffic li').forEach(line => line.remove())")
    httpx.get(f"{sandbox.domain}/api/v2/branding")
    assert browser.evaluate(UNTIL_LOGGED) == "501"


def test_an_application_is_authorized_by_keyboard(browser: Browser, sandbox: Sandbox, api: str) -> None:
    """Tab, Enter and Space are enough to authorize an application and grant it a permission."""
    browser.open(f"{api}/machine-to-machine")
    tab_to(browser, "Reporting service is authorized")
    browser.press("Enter", leaves=True)
    checkbox = f'form:has([value="{REPORTING_CLIENT_ID}"]) [type=checkbox][value="write:orders"]'
    browser.evaluate(f"document.querySelector('{checkbox}').focus()")
    browser.press(" ")
    tab_to(browser, "Update")
    browser.press("Enter", leaves=True)
    grant = sandbox.tenant.client_grants.find(REPORTING_CLIENT_ID, AUDIENCE)
    assert grant is not None
    assert grant["scope"] == ["write:orders"]
    tab_to(browser, "Reporting service is authorized")
    browser.press(" ", leaves=True)
    assert sandbox.tenant.client_grants.find(REPORTING_CLIENT_ID, AUDIENCE) is None


def test_the_focus_is_seen(browser: Browser, api: str) -> None:
    """The first Tab shows the link past the navigation, with an outline."""
    browser.open(f"{api}/settings")
    browser.press("Tab")
    seen = "const s = document.activeElement; [s.textContent, s.getBoundingClientRect().x > 0,"
    assert browser.evaluate(f"{seen} getComputedStyle(s).outlineStyle]") == ["Skip to content", True, "solid"]
