"""Pulumi's own import: what others made comes under management, and the program that is made declares it."""

from __future__ import annotations

import json
from typing import Any

from pulumi_auth0_apis.emulator import BILLING_CLIENT_ID, REPORTING_CLIENT_ID

from .stack import LanguageStack, apis, management

FOUND = "https://found.example.com"
BILLING, REPORTS = BILLING_CLIENT_ID, REPORTING_CLIENT_ID
MADE_BY_AUTH0 = "a secret that others gave"


def import_(stack: LanguageStack) -> str:
    """An API, a permission and two grants at once, in a stack of their own: the next preview is empty."""
    resources = _found(stack)
    (stack.folder / "resources.json").write_text(json.dumps({"resources": resources}))
    stack.pulumi("stack", "init", "imported", "--no-select")
    before = (stack.folder / stack.language.program).read_text()
    use(stack, "")
    made = stack.folder / "made"
    stack.pulumi(
        *("import", "--file", "resources.json", "--out", str(made)),
        *("--stack", "imported", "--yes", "--skip-preview", "--protect=false"),
    )
    use(stack, made.read_text())
    ran = stack.run("preview", "--expect-no-changes", "--stack", "imported")
    assert not ran.made(), ran.operations
    assert MADE_BY_AUTH0 not in stack.pulumi("stack", "export", "--stack", "imported")
    assert MADE_BY_AUTH0 not in made.read_text()
    stack.run("destroy", "--stack", "imported")  # of literals, which say nothing of any order
    assert FOUND not in apis(stack.own)
    stack.pulumi("stack", "select", "dev")
    (stack.folder / stack.language.program).write_text(before)
    return "by id and by key"


def _found(stack: LanguageStack) -> list[dict[str, Any]]:
    api = {
        "identifier": FOUND,
        "name": "Found API",
        "token_lifetime": 7200,
        "signing_alg": "HS256",
        "signing_secret": MADE_BY_AUTH0,
        "subject_type_authorization": {"user": {"policy": "deny_all"}},
        "scopes": [{"value": "read:found", "description": "Read it"}, {"value": "write:found"}],
    }
    grant = {"audience": FOUND, "scope": ["read:found"]}
    with management(stack.own) as client:
        id_ = client.post("/resource-servers", json=api).raise_for_status().json()["id"]
        client.post("/client-grants", json={**grant, "client_id": BILLING}).raise_for_status()
        other = client.post("/client-grants", json={**grant, "client_id": REPORTS}).raise_for_status().json()
    return [
        {"type": "auth0-apis:index:ResourceServer", "name": "found", "id": id_},
        {"type": "auth0-apis:index:Permission", "name": "readFound", "id": f"{FOUND}::read:found"},
        {"type": "auth0-apis:index:ClientGrant", "name": "billing", "id": f"{BILLING}::{FOUND}"},
        {"type": "auth0-apis:index:ClientGrant", "name": "reports", "id": other["id"]},
    ]


def use(stack: LanguageStack, made: str) -> None:
    """Let the program be `made`, and nothing else."""
    program = stack.folder / stack.language.program
    if stack.language.name == "yaml":
        made = f"name: auth0-apis-yaml\nruntime: yaml\n{made}"
    program.write_text(made)
