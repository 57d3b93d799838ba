"""A stack of the test provider in a folder of its own."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from textwrap import dedent
from typing import Any

from pulumi_auth0_apis.engine import Engine, Result

THINGS = Path(__file__).parent / "programs" / "things.py"
PROJECT = "name: tests\nruntime: python\n"
HEAD = "import pulumi\nfrom pulumi import ResourceOptions\nfrom things import Thing\n"


class TestStack:
    """Writes programs, runs them, and knows what the provider was asked."""

    __test__ = False

    def __init__(self, folder: Path, environment: dict[str, str] | None = None) -> None:
        self.folder = folder
        self.cloud = folder / "cloud"
        self.cloud.mkdir(exist_ok=True)
        (folder / "Pulumi.yaml").write_text(PROJECT)
        shutil.copy(THINGS, folder)
        self.environment = {
            "THINGS_CLOUD": str(self.cloud),
            "PULUMI_CONFIG_PASSPHRASE": "test",
            "PYTHONDONTWRITEBYTECODE": "1",
            **(environment or {}),
        }
        self.engine = Engine(folder, "dev", backend_url=f"file://{folder}", environment=self.environment)

    def program(self, source: str) -> TestStack:
        """Write the program; the usual imports come by themselves."""
        (self.folder / "__main__.py").write_text(HEAD + dedent(source))
        return self

    def up(self, source: str, **options: Any) -> Result:
        """Write a program and update the stack; it must succeed."""
        return succeeded(self.program(source).engine.up(**options))

    def configure(self, text: str) -> None:
        """Write the stack's settings."""
        (self.folder / "Pulumi.dev.yaml").write_text(dedent(text))

    def log(self) -> list[str]:
        """The lines that the provider has logged since the last time."""
        log = self.cloud / "calls"
        lines = log.read_text().splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return lines

    def calls(self) -> list[dict[str, Any]]:
        """What the provider was asked since the last time."""
        return [json.loads(line) for line in self.log() if '"configure"' not in line]

    def peek(self) -> list[dict[str, Any]]:
        """What the provider has been asked by now, while it may be writing."""
        log = self.cloud / "calls"
        return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []

    def things(self) -> dict[str, Any]:
        """What the provider's cloud holds, by id."""
        return {file.stem: json.loads(file.read_text()) for file in self.cloud.glob("*.json")}

    def state(self) -> dict[str, Any]:
        """The resources of the state file by name, newest first where there are two."""
        document = json.loads((self.folder / ".pulumi/stacks/tests/dev.json").read_text())
        resources = document["checkpoint"]["latest"].get("resources", [])
        return {each["urn"].rpartition("::")[2]: each for each in reversed(resources)}


def succeeded(result: Result) -> Result:
    """The result, unless it failed; then everything it said."""
    assert result.ok, said(result)
    return result


def said(result: Result) -> str:
    """All that was told."""
    return "".join(each["message"] for each in result.diagnostics)


def ops(result: Result, *names: str) -> list[tuple[str, str]]:
    """The steps of the named resources, or of all but the stack, in their order: (operation, name)."""
    steps = [(step["op"], step["urn"].rpartition("::")[2]) for step in result.steps]
    return [(op, name) for op, name in steps if (name in names if names else name != "tests-dev")]


def names(calls: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
    """Calls of the provider in short: (call, name or id)."""
    return [(each["call"], each.get("id") or each["name"]) for each in calls]
