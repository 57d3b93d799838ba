"""The program of a plan, as it reads."""

from __future__ import annotations

from auth0_api_vocabulary import kinds
from pulumi_auth0_apis.importing.plan import (
    ImportPlan,
    PlannedApi,
    PlannedApplication,
    PlannedObject,
    PlannedPermission,
    SecretSetting,
)
from pulumi_auth0_apis.importing.program_files import add_to_program, write_program

URL = "https://orders.example.com"
BILLING = PlannedApplication("billing-service", "cid1", "Billing service")


def grant(name: str, *scopes: str, client_id: str = "cid1") -> PlannedObject:
    return PlannedObject(
        kinds.GRANT, name, {"client_id": client_id, "audience": URL, "scopes": list(scopes)}, {}
    )


def test_a_small_api_reads_as_a_person_writes_it() -> None:
    """Two permissions have a variable each, a grant refers to them, and a secret to the configuration."""
    api = PlannedApi(
        name="orders",
        title="Orders API",
        identifier=URL,
        inputs={
            "identifier": URL,
            "signing_alg": "HS256",
            "signing_secret": SecretSetting("ordersSigningSecret", "never shown"),
        },
        permissions=(
            PlannedPermission("orders/read", "read", "Read orders"),
            PlannedPermission("orders/write", "write"),
        ),
        objects=(grant("orders/billing-service", "read", "undeclared"),),
        remarks=("token_encryption stays as the tenant has it.",),
    )
    assert write_program(ImportPlan("shop.eu.auth0.com", (api,), (BILLING,))) == {
        "__main__.py": '''\
"""The APIs of the Auth0 tenant shop.eu.auth0.com."""

import pulumi
from pulumi_auth0_apis import ClientGrant, Permission, ResourceServer

config = pulumi.Config()
applications = config.require_object("applications")

# Orders API
# token_encryption stays as the tenant has it.
orders = ResourceServer(
    "orders",
    identifier="https://orders.example.com",
    signing_alg="HS256",
    signing_secret=config.require_secret("ordersSigningSecret"),
)

orders_read = Permission(
    "orders/read",
    resource_server_identifier=orders.identifier,
    scope="read",
    description="Read orders",
)

orders_write = Permission(
    "orders/write",
    resource_server_identifier=orders.identifier,
    scope="write",
)

ClientGrant(
    "orders/billing-service",
    client_id=applications["billing-service"],
    audience=orders.identifier,
    scopes=[orders_read.scope, "undeclared"],
)
'''
    }


def test_repetition_is_folded() -> None:
    """Three permissions and three grants of one form are loops over what differs."""
    applications = tuple(PlannedApplication(f"app-{n}", f"cid{n}", "") for n in range(3))
    api = PlannedApi(
        name="orders",
        title="Orders API",
        identifier=URL,
        inputs={"identifier": URL},
        permissions=tuple(PlannedPermission(f"orders/{scope}", scope) for scope in "abc"),
        objects=tuple(grant(f"orders/app-{n}", "a", "b", client_id=f"cid{n}") for n in range(3)),
    )
    text = write_program(ImportPlan("shop.eu.auth0.com", (api,), applications))["__main__.py"]
    assert text.endswith("""\
orders_permissions = {
    scope: Permission(
        f"orders/{scope}",
        resource_server_identifier=orders.identifier,
        scope=scope,
    )
    for scope in [
        "a",
        "b",
        "c",
    ]
}

for application, granted in {
    "app-0": ["a", "b"],
    "app-1": ["a", "b"],
    "app-2": ["a", "b"],
}.items():
    ClientGrant(
        f"orders/{application}",
        client_id=applications[application],
        audience=orders.identifier,
        scopes=[orders_permissions[scope].scope for scope in granted],
    )
""")


def test_grants_of_one_form_share_a_loop() -> None:
    """Grants that differ in application and scopes alone are a loop, whatever else they all say."""
    applications = tuple(PlannedApplication(f"app-{n}", f"cid{n}", "") for n in range(4))
    in_a_users_name = {"audience": URL, "subject_type": "user", "organization_usage": "require"}
    grants = [
        PlannedObject(
            kinds.GRANT,
            f"orders/app-{n}-user",
            {"client_id": f"cid{n}", "scopes": list("xy"[:n]), **in_a_users_name},
            {},
        )
        for n in range(3)
    ]
    single = PlannedObject(
        kinds.GRANT,
        "orders/app-3-user",
        {"client_id": "cid3", "scopes": [], **in_a_users_name},
        {},
        ("kept.",),
    )
    api = PlannedApi("orders", "", URL, {"identifier": URL}, objects=(*grants, single))
    text = write_program(ImportPlan("shop.eu.auth0.com", (api,), applications))["__main__.py"]
    assert (
        """\
for application, granted in {
    "app-0": [],
    "app-1": ["x"],
    "app-2": ["x", "y"],
}.items():
    ClientGrant(
        f"orders/{application}-user",
        client_id=applications[application],
        audience=orders.identifier,
        scopes=granted,
        subject_type="user",
        organization_usage="require",
    )

# kept.
ClientGrant(
    "orders/app-3-user",
"""
        in text
    )


def many(number: int) -> ImportPlan:
    """A plan of many APIs with ten settings each."""
    apis = (
        PlannedApi(f"api-{n}", "", f"urn:{n}", {"identifier": f"urn:{n}", "name": "x" * 70})
        for n in range(number)
    )
    return ImportPlan("shop.eu.auth0.com", tuple(apis))


def test_a_long_program_has_a_module_for_each_api() -> None:
    """`__main__.py` imports them one after the other."""
    texts = write_program(many(100))
    assert len(texts) == 101 and '    "api_99",\n' in texts["__main__.py"]
    assert "importlib.import_module" in texts["__main__.py"]


def test_a_program_that_is_there_is_added_to() -> None:
    """What it says stays, new modules take free names, and `importlib` is imported once."""
    first = add_to_program(many(1), "print('mine')\n", taken=["api_0"])
    assert first["__main__.py"].startswith("print('mine')\n\nimport importlib")
    assert "apis/api_0_2.py" in first
    second = add_to_program(many(1), first["__main__.py"], taken=["api_0", "api_0_2"])
    assert second["__main__.py"].count("import importlib") == 1
    assert '"api_0_3"' in second["__main__.py"]


def test_a_tenants_text_cannot_become_code() -> None:
    """Titles with quotes, line breaks and brackets stay text; so do names with braces in an f-string."""
    api = PlannedApi(
        name='x{y}"z',
        title='"""\nimport os\\',
        identifier="urn:a'\"\\\n{}",
        inputs={"identifier": "urn:a'\"\\\n{}"},
        permissions=tuple(PlannedPermission(f'x{{y}}"z/{scope}', scope) for scope in ("a'b", 'a"b', "{c}")),
    )
    text = add_to_program(ImportPlan("d", (api,)), "", taken=())["apis/x_y_z.py"]
    made: list[tuple[str, dict[str, str]]] = []

    class Resource:
        def __init__(self, name: str, /, **inputs: str) -> None:
            made.append((name, inputs))
            self.identifier = inputs.get("identifier")
            self.scope = inputs.get("scope")

    code = compile(text.replace("from pulumi_auth0_apis import", "# "), "module", "exec")
    exec(code, {"ResourceServer": Resource, "Permission": Resource})
    assert made[0] == ('x{y}"z', {"identifier": "urn:a'\"\\\n{}"})
    assert [name for name, _ in made[1:]] == ["x{y}\"z/a'b", 'x{y}"z/a"b', 'x{y}"z/{c}']
