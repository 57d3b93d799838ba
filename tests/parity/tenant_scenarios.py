"""Programs of Auth0 settings, each on a tenant of its own, and what is done to tenant and program."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import httpx

from pulumi_auth0_apis.engine import Engine

from ..engine.stacks import TestStack
from .scenarios import Meanwhile, Phase, destroy, preview, refresh, up
from .tenants import management

BILLING = "billingServiceSandbox00000000001"
REPORTING = "reportsServiceSandbox00000000002"
SHOP = "https://shop.example.com"
IMPORTS = "from pulumi_auth0_apis import *\n"


def dashboard(act: Callable[[httpx.Client], object]) -> Meanwhile:
    """Somebody changes the tenant by the Management API."""

    def meanwhile(stack: TestStack) -> None:
        with management(stack.environment) as client:
            act(client)

    return meanwhile


def api_id(client: httpx.Client, identifier: str = SHOP) -> str:
    """The id of the API with that identifier."""
    found = client.get("/api/v2/resource-servers", params={"identifiers": identifier}).json()
    return str(found[0]["id"])


def change_api(**settings: object) -> Meanwhile:
    """Somebody changes the shop's API."""
    return dashboard(lambda client: client.patch(f"/api/v2/resource-servers/{api_id(client)}", json=settings))


def delete_grants(client: httpx.Client) -> None:
    """Somebody takes all access to the shop's API away."""
    for grant in client.get("/api/v2/client-grants", params={"audience": SHOP}).json():
        client.delete(f"/api/v2/client-grants/{grant['id']}")


def make_api(client: httpx.Client) -> None:
    """Somebody makes the shop's API before the program does."""
    made = {"identifier": SHOP, "name": "By hand", "token_lifetime": 60, "signing_alg": "RS256"}
    client.post("/api/v2/resource-servers", json=made)


def make_old_api(client: httpx.Client) -> None:
    """Somebody makes the shop's API in the way of old, with refresh tokens and a shared secret."""
    old = {"signing_alg": "HS256", "signing_secret": SECRET, "allow_offline_access": True}
    client.post("/api/v2/resource-servers", json={"identifier": SHOP, "name": "By hand", **old})


def refuse_grants(client: httpx.Client) -> None:
    """The token lacks the scope to create grants, from now on."""
    fault = {
        "kind": "error",
        "status": 403,
        "method": "POST",
        "path": "/api/v2/client-grants*",
        "times": None,
    }
    client.post("/_sandbox/faults", json=fault)


def allow_everything(client: httpx.Client) -> None:
    """The token has all scopes again."""
    client.delete("/_sandbox/faults")


def mistake_the_tenant(stack: TestStack) -> None:
    """The settings now name another tenant than the one in which everything was made."""
    for name in ("DOMAIN", "CLIENT_ID", "CLIENT_SECRET"):
        stack.environment[f"AUTH0_{name}"] = stack.environment[f"OTHER_{name}"]
    stack.engine = Engine(
        stack.folder, "dev", backend_url=f"file://{stack.folder}", environment=stack.environment
    )


def shop(api: str = "", read: str = "Read") -> str:
    """An API with two permissions, and an application that may use both."""
    return f"""{IMPORTS}
shop = ResourceServer("shop", identifier="{SHOP}", name="Shop"{api})
read = Permission("read", resource_server_identifier=shop.identifier, scope="read:shop", description="{read}")
write = Permission("write", resource_server_identifier=shop.identifier, scope="write:shop")
ClientGrant("billing", client_id="{BILLING}", audience=shop.identifier, scopes=[read.scope, write.scope])
pulumi.export("audience", shop.identifier)
pulumi.export("secret", shop.signing_secret)
"""


SECRET = "a secret that is long enough for HS256 to be worth it, 64 bytes at least"
SYMMETRIC = f', signing_alg="HS256", signing_secret="{SECRET}"'
INLINE = f"""{IMPORTS}
shop = ResourceServer("shop", identifier="{SHOP}", scopes=[Scope(value="read:shop", description="Read")])
ClientGrant("billing", client_id="{BILLING}", audience=shop.identifier, scopes=["read:shop"])
"""
ADOPTING = f"""{IMPORTS}
ResourceServer("shop", identifier="{SHOP}", name="Shop", token_lifetime=600{{}})
"""
TENANTS = f"""{IMPORTS}
import os
env = os.environ
for name, domain, client, secret in (
    ("one", env["AUTH0_DOMAIN"], env["AUTH0_CLIENT_ID"], env["AUTH0_CLIENT_SECRET"]),
    ("two", env["OTHER_DOMAIN"], env["OTHER_CLIENT_ID"], env["OTHER_CLIENT_SECRET"]),
):
    tenant = Tenant(name, domain=domain, client_id=client, client_secret=secret)
    opts = ResourceOptions(provider=tenant)
    api = ResourceServer(f"shop-{{name}}", opts, identifier="{SHOP}", name=f"Shop in {{name}}")
    scope = Permission(f"read-{{name}}", opts, resource_server_identifier=api.identifier, scope="read:shop")
    ClientGrant(name, opts, client_id="{BILLING}", audience=api.identifier, scopes=[scope.scope])
"""
OF_A_TENANT = f"""{IMPORTS}
import os
names = ("DOMAIN", "CLIENT_ID", "CLIENT_SECRET")
tenant = Tenant("{{0}}", **{{{{name.lower(): os.environ[f"AUTH0_{{{{name}}}}"] for name in names}}}})
opts = ResourceOptions(provider=tenant)
api = ResourceServer("shop-{{0}}", opts, identifier="{SHOP}", adopt=True)
read = {{{{"resource_server_identifier": api.identifier, "scope": "read:shop", "adopt": True}}}}
scope = Permission("read-{{0}}", opts, **read)
ClientGrant("{{0}}", opts, client_id="{BILLING}", audience=api.identifier, scopes=[scope.scope], adopt=True)
"""
COMPONENT = f"""{IMPORTS}
class Api(pulumi.ComponentResource):
    def __init__(self, name, scopes, opts=None):
        super().__init__("shop:index:Api", name, {{}}, opts)
        own = ResourceOptions(parent=self)
        api = ResourceServer(name, own, identifier=f"https://{{name}}.example.com", signing_alg="PS256")
        for scope in scopes:
            Permission(f"{{name}}-{{scope}}", own, resource_server_identifier=api.identifier, scope=scope)
        self.register_outputs({{"identifier": api.identifier}})

Api("shop", ["read", "write"], ResourceOptions(protect=True))
Api("stock", ["count"])
"""
LOOKING_UP = f"""{IMPORTS}
import os
management = get_resource_server(os.environ["AUTH0_DOMAIN"] + "/api/v2/")
ClientGrant("clerk", client_id="{BILLING}", audience=management["identifier"], scopes=["read:clients"])
pulumi.export("management", management["name"])
"""

RENAMED = (
    shop()
    .replace('"shop", ', '"store", ResourceOptions(aliases=[pulumi.Alias(name="shop")]), ', 1)
    .replace('"read", ', '"see", ResourceOptions(aliases=[pulumi.Alias(name="read")]), ', 1)
    .replace('"billing", ', '"bills", ResourceOptions(aliases=[pulumi.Alias(name="billing")]), ', 1)
)
MOVED = f"""{IMPORTS}
class Shop(pulumi.ComponentResource):
    def __init__(self, name, opts=None):
        super().__init__("shop:index:Shop", name, {{}}, opts)
        own = ResourceOptions(parent=self, aliases=[pulumi.Alias(parent=None)])
        read = [Scope(value="read:shop", description="Read")]
        api = ResourceServer("shop", own, identifier="{SHOP}", scopes=read)
        ClientGrant("billing", own, client_id="{BILLING}", audience=api.identifier, scopes=["read:shop"])

Shop("shop")
"""
JUDGING: dict[str, Any] = {
    "policies": "from pulumi_policy import *\nfrom auth0_api_policies import *\n"
    'PolicyPack("pack", [signing_algorithm, offline_access])\n',
    "policy_config": '{"signing-algorithm": "mandatory", "offline-access": "mandatory"}',
}
API, READ = "--target=**:ResourceServer::shop", "--target=**:Permission::read"

TENANT_SCENARIOS: dict[str, Sequence[Phase]] = {
    "create, keep, destroy": [preview(shop()), up(shop()), up(shop()), destroy()],
    "permissions in the API's own list": [up(INLINE), up(INLINE.replace('"Read"', '"See"')), destroy()],
    "update": [
        up(shop(api=", token_lifetime=3600")),
        preview(shop(api=", token_lifetime=600, enforce_policies=True", read="See")),
        up(shop(api=", token_lifetime=600, enforce_policies=True", read="See")),
    ],
    "drift": [
        up(shop(api=", token_lifetime=3600")),
        refresh(meanwhile=change_api(token_lifetime=60, allow_offline_access=True)),
        up(shop(api=", token_lifetime=3600")),
        Phase("up", meanwhile=dashboard(delete_grants), options=("--refresh",)),
    ],
    "another algorithm replaces, and all follows": [
        up(shop()),
        preview(shop(api=SYMMETRIC)),
        up(shop(api=SYMMETRIC)),
        up(shop(api=SYMMETRIC.replace("a secret", "A SECRET"))),
        destroy(),
    ],
    "another identifier replaces, and all follows": [
        up(shop()),
        up(shop().replace(SHOP, "https://store.example.com")),
    ],
    "adoption": [
        Phase("up", ADOPTING.format(""), meanwhile=dashboard(make_api)),
        up(ADOPTING.format(", adopt=True")),
        up(ADOPTING.format("")),
    ],
    "a policy judges what the tenant keeps": [
        Phase("preview", ADOPTING.format(", adopt=True"), meanwhile=dashboard(make_old_api), **JUDGING),
        Phase("up", **JUDGING),
        Phase("preview", **JUDGING),
        Phase("up", ADOPTING.format(", adopt=True, signing_alg='HS256'"), **JUDGING),
        Phase("up", ADOPTING.format(", adopt=True, allow_offline_access=False"), **JUDGING),
    ],
    "import_": [
        Phase(
            "up",
            ADOPTING.format(f', opts=ResourceOptions(import_="{SHOP}")'),
            meanwhile=dashboard(make_api),
        ),
        up(ADOPTING.format("")),
    ],
    "several tenants": [preview(TENANTS), up(TENANTS), refresh(), destroy()],
    "a tenant and all that it has are renamed": [
        up(OF_A_TENANT.format("eu")),
        up(OF_A_TENANT.format("europe")),
        up(OF_A_TENANT.format("europe")),
        destroy(),
    ],
    "components": [up(COMPONENT), up(COMPONENT.replace(", ResourceOptions(protect=True)", "")), destroy()],
    "a tenant that refuses part of it": [
        Phase("up", shop(), meanwhile=dashboard(refuse_grants)),
        Phase("preview"),
        Phase("up", meanwhile=dashboard(allow_everything)),
    ],
    "a wrong tenant": [
        up(shop()),
        Phase("up", shop(api=", token_lifetime=60"), meanwhile=mistake_the_tenant),
        refresh(),
        destroy(),
    ],
    "everything is renamed, with aliases": [up(shop()), preview(RENAMED), up(RENAMED), destroy()],
    "everything moves into a component, with aliases": [up(INLINE), up(MOVED), destroy()],
    "parts at a time": [
        up(shop(), API, READ),
        up(shop()),
        up(shop(api=", token_lifetime=600", read="See"), READ),
        Phase("refresh", meanwhile=change_api(token_lifetime=60), options=(READ,)),
        up(shop(api=", token_lifetime=600", read="See"), API, "--refresh"),
        destroy("--target=**:ClientGrant::billing"),
        destroy(API),
        destroy(API, "--target-dependents"),
    ],
    "look-ups": [up(LOOKING_UP), destroy()],
    "settings that cannot be": [
        preview(shop(api=", token_lifetime=-1")),
        up(shop(api=', signing_alg="HS256", signing_secret="short"')),
    ],
}
