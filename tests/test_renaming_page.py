"""docs/renaming.md: what it says to write is run, and the tenant looked at after each run."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from pulumi_auth0_apis.testing.plugin import MakeProgram
from pulumi_auth0_apis.testing.program import ProgramUnderTest
from pulumi_auth0_apis.testing.tenant import TenantUnderTest

PAGE = Path(__file__).parents[1] / "docs" / "renaming.md"
ORDERS = "https://orders.example.com"
HEAD = "import pulumi\nfrom pulumi_auth0_apis import Permission, ResourceServer\n"


class Block(NamedTuple):
    does: str
    """What the page says that the program does: `before`, `refused`, `after: same`, `after: kept`…"""
    source: str


def cases() -> dict[str, list[Block]]:
    parts = re.split(r"<!-- case: (.+) -->", PAGE.read_text())[1:]
    blocks = [re.findall(r"```python (.+)\n((?:.*\n)*?)```", part) for part in parts[1::2]]
    return {name: [Block(*block) for block in found] for name, found in zip(parts[::2], blocks, strict=True)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "program"
    folder.mkdir()
    (folder / "Pulumi.yaml").write_text("name: shop\nruntime: python\n")
    return folder


def ids(tenant: TenantUnderTest) -> list[str]:
    return [api["id"] for api in tenant.sandbox.tenant.resource_servers.list() if not api.get("is_system")]


@pytest.mark.parametrize("case", cases())
def test_a_case(
    case: str,
    folder: Path,
    auth0_tenant: TenantUnderTest,
    pulumi_program: MakeProgram,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each program of the page does to the tenant what the page says, and no API is ever made anew."""
    program = pulumi_program(folder)
    blocks = cases()[case]
    assert blocks[0].does == "before"
    for does, source in blocks:
        (folder / "__main__.py").write_text(HEAD + source)
        before = (ids(auth0_tenant), auth0_tenant.permissions)
        monkeypatch.setenv("AUTH0_ADOPT", "equal" if "AUTH0_ADOPT=equal" in does else "")
        stack = pulumi_program(folder, stack="other") if does.startswith("elsewhere") else program
        play(stack, does)
        if does != "before":
            assert ids(auth0_tenant) == before[0]
        if does == "refused":
            assert auth0_tenant.permissions == before[1]
    assert auth0_tenant.permissions[ORDERS] == {scope for scope in SCOPES if scope in blocks[-1].source} | (
        {"read:orders", "write:orders"} if case == "scopes" else set()
    )


SCOPES = ("read:orders", "write:orders", "delete:orders")


def play(program: ProgramUnderTest, does: str) -> None:
    run = program.up(fails=does == "refused")
    if does == "refused":
        assert "adopt=True" in "".join(run.errors)
        return
    if does.endswith(": same"):
        assert run.calls.total() == 0
    assert program.preview().changes == {}
