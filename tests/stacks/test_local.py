"""The local engine as the commands open it."""

from __future__ import annotations

import ast
from pathlib import Path

import pulumi_auth0_apis
from auth0_api_vocabulary import kinds
from pulumi_auth0_apis.stacks.local import open_engine


def test_the_engine_is_opened_in_one_place() -> None:
    """No command can forget what keeps the local engine from a real tenant, or from losing a secret."""
    package = Path(pulumi_auth0_apis.__file__).parent
    opening = {
        str(file.relative_to(package))
        for file in package.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Engine"
    }
    assert opening == {"stacks/local.py"}


def test_a_real_tenant_is_out_of_reach(tmp_path: Path) -> None:
    """Whatever else a caller gives to children, they are told to keep to this machine."""
    assert open_engine(tmp_path, environment={"A": "1"})._environment == {
        "A": "1",
        "AUTH0_APIS_LOOPBACK_ONLY": "1",
    }


def test_secrets_to_come_are_foretold(tmp_path: Path) -> None:
    """The engine knows which of our resources bring a secret that their inputs do not hold."""
    assert open_engine(tmp_path)._generates_secret(kinds.API.token, {"signing_alg": "HS256"})
