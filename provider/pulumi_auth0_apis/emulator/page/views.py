"""The pages and the few forms on them."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from joserfc import jws
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from auth0_api_vocabulary.visible import visible
from pulumi_auth0_apis.emulator.door import Door
from pulumi_auth0_apis.emulator.endpoints.token import issue_token
from pulumi_auth0_apis.emulator.errors import ApiError, ErrorAnswer
from pulumi_auth0_apis.emulator.origin import is_visit, refuse_other_sites
from pulumi_auth0_apis.emulator.page.presentation import lifetime, profile, sections
from pulumi_auth0_apis.emulator.schemas import resource_server
from pulumi_auth0_apis.emulator.validation import Validator

if TYPE_CHECKING:
    from jinja2 import Environment

PageForm = dict[str, list[str]]
PageView = Callable[[Request], Awaitable[Response]]

TABS = {
    "settings": "Settings",
    "permissions": "Permissions",
    "machine-to-machine": "Machine to Machine Applications",
    "test": "Test",
}

_UPDATE = Validator(resource_server.UPDATE)


def routes(door: Door) -> list[Route]:
    """The page's routes; none of them counts as a call."""
    page = TenantPages(door)
    return [
        Route("/", page.guarded(page.list_apis)),
        Route("/_page/traffic", page.guarded(page.show_traffic)),
        Route("/apis/{id}", page.guarded(page.show_tab)),
        Route("/apis/{id}/permissions", page.guarded(page.change_permissions), methods=["POST"]),
        Route("/apis/{id}/machine-to-machine", page.guarded(page.change_grant), methods=["POST"]),
        Route("/apis/{id}/{tab}", page.guarded(page.show_tab)),
    ]


class TenantPages:
    """The pages of one tenant."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._tenant = door.tenant

    def guarded(self, view: PageView) -> PageView:
        """`view`, which refuses forms and frames of other sites, with refusals shown as a page."""

        async def respond(request: Request) -> Response:
            try:
                if not is_visit(request):
                    refuse_other_sites(request)
                return await view(request)
            except ErrorAnswer as refusal:
                return self._render("refusal.html", status=refusal.status, refusal=refusal)

        return respond

    async def list_apis(self, _: Request) -> Response:
        """All APIs of the tenant."""
        return self._render("apis.html", apis=list(self._tenant.resource_servers), profile=profile)

    async def show_tab(self, request: Request) -> Response:
        """One tab of one API."""
        api = self._tenant.resource_servers.get(request.path_params["id"])
        tab = request.path_params.get("tab", "settings")
        if tab not in TABS:
            raise ApiError(404, f"There is no tab {tab}")
        details: dict[str, Any] = {}
        if tab == "settings":
            details["sections"] = sections(api)
        elif tab == "machine-to-machine":
            details["applications"] = self._applications(api)
        elif tab == "test":
            details = self._test(api, request.query_params.get("client_id"))
        return self._render(f"{tab}.html", api=api, tab=tab, **details)

    async def show_traffic(self, _: Request) -> Response:
        """The request log and the rate limit, as a fragment that the page fetches again and again."""
        return self._render("traffic.html")

    async def change_permissions(self, request: Request) -> Response:
        """Add a permission, or remove one; the same rules hold as for a PATCH."""
        form = await _form(request)  # first: others may write while it arrives
        api = self._tenant.resource_servers.get(request.path_params["id"])
        scopes = list(api.get("scopes", []))
        if "remove" in form:
            scopes = [scope for scope in scopes if scope["value"] != form["remove"][0]]
        else:
            added = {"value": form.get("value", [""])[0].strip()}
            description = form.get("description", [""])[0].strip()
            scopes.append(added | ({"description": description} if description else {}))
        _UPDATE.check({"scopes": scopes})
        with self._tenant.store.transaction():
            self._tenant.resource_servers.update(api["id"], {"scopes": scopes})
        return _back(api, "permissions")

    async def change_grant(self, request: Request) -> Response:
        """Authorize an application, take that back, or change the permissions that it is granted."""
        api = self._tenant.resource_servers.get(request.path_params["id"])
        form = await _form(request)
        grants, client_id = self._tenant.client_grants, form.get("client_id", [""])[0]
        grant = grants.find(client_id, api["identifier"])
        with self._tenant.store.transaction():
            if "authorize" in form and grant is None:
                grants.create({"client_id": client_id, "audience": api["identifier"], "scope": []})
            elif "revoke" in form and grant is not None:
                grants.delete(grant["id"])
            elif "update" in form and grant is not None:
                grants.update(grant["id"], {"scope": form.get("scope", [])})
        return _back(api, "machine-to-machine")

    def _applications(self, api: dict[str, Any]) -> list[dict[str, Any]]:
        """Applications that may use client credentials, with their grant on this API."""
        grants = self._tenant.client_grants
        return [
            {"client": client, "grant": grants.find(client["client_id"], api["identifier"])}
            for client in self._tenant.clients
            if "client_credentials" in client["grant_types"]
        ]

    def _test(self, api: dict[str, Any], client_id: str | None) -> dict[str, Any]:
        """A token for one of the authorized applications, decoded."""
        authorized = [a["client"] for a in self._applications(api) if a["grant"] is not None]
        chosen = next((c for c in authorized if c["client_id"] == client_id), next(iter(authorized), None))
        if chosen is None:
            return {"chosen": None}
        form = {
            "grant_type": "client_credentials",
            "client_id": chosen["client_id"],
            "client_secret": chosen["client_secret"],
            "audience": api["identifier"],
        }
        try:
            answer = issue_token(self._tenant, form)
        except ErrorAnswer as refusal:
            answer = refusal.body()
        decoded = _decode(answer.get("access_token", ""))
        return {"authorized": authorized, "chosen": chosen, "answer": answer, "decoded": decoded}

    def _render(self, name: str, status: int = 200, **values: Any) -> Response:
        door = self._door
        shared = {
            "tenant": self._tenant,
            "tabs": TABS,
            "traffic": door.traffic,
            "bucket": door.limiter.shared,
        }
        return HTMLResponse(_templates().get_template(name).render(shared | values), status)


@cache
def _templates() -> Environment:
    """Read when the first page is asked for: a test that looks at none does not pay for them."""
    from jinja2 import Environment, PackageLoader

    templates = Environment(
        loader=PackageLoader("pulumi_auth0_apis.emulator", "page/templates"),
        autoescape=True,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters["lifetime"] = lifetime
    return templates


def _visible(value: Any) -> Any:
    """What a template shows, without what only steers the browser's text, such as its direction."""
    return visible(value) if type(value) is str else value  # a Markup is the templates' own


def _decode(token: str) -> dict[str, str] | None:
    """Header and payload of a signed token, None for an encrypted one and for none."""
    if token.count(".") != 2:
        return None
    parts = jws.extract_compact(token.encode())
    header, payload = parts.headers(), json.loads(parts.payload)
    return {"Header": json.dumps(header, indent=2), "Payload": json.dumps(payload, indent=2)}


async def _form(request: Request) -> PageForm:
    return parse_qs((await request.body()).decode(errors="replace"), keep_blank_values=True)


def _back(api: dict[str, Any], tab: str) -> Response:
    return RedirectResponse(f"/apis/{api['id']}/{tab}", status_code=303)
