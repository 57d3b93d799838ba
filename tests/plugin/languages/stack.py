"""A stack of a program in some language, run by the real command on two sandbox tenants."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from pulumi_auth0_apis.emulator import Sandbox

from .language import Language

SECRET = "a signing secret of this stack"
PLUGIN = "pulumi-resource-auth0-apis"
SECONDS = 300
OURS = ("auth0-apis:", "pulumi-python:dynamic/auth0:")


@dataclass(frozen=True)
class Ran:
    """What one command did: what it said, its operations by resource, and the calls to both tenants."""

    said: str
    operations: dict[str, str]
    calls: Counter[str]

    @property
    def count(self) -> str:
        """The calls, for the table."""
        total = self.calls.total()
        return f"{total} call{'' if total == 1 else 's'}"

    def made(self) -> Counter[str]:
        """How many resources had which operation; what stayed as it was is left out."""
        return Counter(each for each in self.operations.values() if each not in ("same", "read"))


@dataclass
class LanguageStack:
    """The stack. Every command must end well unless `fails` is said."""

    language: Language
    folder: Path
    own: Sandbox
    partners: Sandbox
    said: list[str] = field(default_factory=list)
    """Everything that any command printed."""

    def create(self) -> None:
        """Make the program ready, and the stack with its configuration."""
        self.language.example(self.folder)
        write_plugin(self.folder / "bin")
        self.language.prepare(self.pulumi)
        self.pulumi("stack", "init", "dev")
        for name, value in {
            "billingClientId": "billingServiceSandbox00000000001",
            "partnersDomain": self.partners.domain,
            "partnersClientId": self.partners.client_id,
        }.items():
            self.pulumi("config", "set", name, value)
        for name, value in {
            "legacySigningSecret": SECRET,
            "partnersClientSecret": self.partners.client_secret,
        }.items():
            self.pulumi("config", "set", "--secret", name, value)

    def run(self, command: str, *options: str, credentials: bool = True, folder: Path | None = None) -> Ran:
        """Run `preview`, `up`, `refresh` or `destroy` of the program, or of the one in another folder."""
        log = self.folder / "events"
        log.unlink(missing_ok=True)
        sure = () if command == "preview" else ("--yes", "--skip-preview")
        before = self._calls()
        said = self.pulumi(
            command, "--event-log", str(log), *sure, *options, credentials=credentials, folder=folder
        )
        events = [json.loads(line) for line in log.read_text().splitlines()]
        steps = [event["resOutputsEvent"]["metadata"] for event in events if "resOutputsEvent" in event]
        steps += [event["resourcePreEvent"]["metadata"] for event in events if "resourcePreEvent" in event]
        return Ran(said, _operations(steps), self._calls() - before)

    def pulumi(self, *arguments: str, credentials: bool = True, folder: Path | None = None) -> str:
        """Run any command in the program's folder; an AssertionError says what it said where it failed."""
        ended = subprocess.run(
            ["pulumi", *arguments, "--non-interactive", "--color", "never"],
            cwd=folder or self.folder,
            env=self._environment(credentials),
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        said = ended.stdout + ended.stderr
        self.said.append(said)
        assert ended.returncode == 0, f"pulumi {' '.join(arguments)}: {said}"
        return ended.stdout if arguments[:2] == ("stack", "export") else said

    def change(self, old: str, new: str) -> None:
        """Change the first place where the example's sources say something."""
        for path in sorted(self.folder.glob("*.*")):
            if path.suffix in (".ts", ".go", ".py", ".yaml") and old in path.read_text():
                path.write_text(path.read_text().replace(old, new, 1))
                return
        raise AssertionError(f"No source of the example says {old}.")

    def state(self) -> str:
        """The state as it is stored, its secrets encrypted."""
        return self.pulumi("stack", "export")

    def _environment(self, credentials: bool) -> dict[str, str]:
        path = (str(self.folder / "bin"), str(Path(sys.executable).parent), os.environ["PATH"])
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith("AUTH0_")},
            **(self.own.environment if credentials else {"AUTH0_DOMAIN": self.own.domain}),
            "PATH": os.pathsep.join(path),
            "PULUMI_BACKEND_URL": f"file://{self.folder}",
            "PULUMI_HOME": str(self.folder / "home"),
            "PULUMI_CONFIG_PASSPHRASE": "of a test",
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "PULUMI_DEBUG_COMMANDS": "true",  # else there is no --event-log
            "PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS": "true",
        }

    def _calls(self) -> Counter[str]:
        """The calls of both tenants' Management API."""
        both = self.own.calls + self.partners.calls
        return Counter({route: count for route, count in both.items() if "/api/v2" in route})


def write_plugin(folder: Path) -> None:
    """The plugin as a command: the code of this checkout, in the environment of the tests."""
    folder.mkdir(exist_ok=True)
    command = folder / PLUGIN
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pulumi_auth0_apis.plugin "$@"\n')
    command.chmod(0o755)


def _operations(steps: list[dict[str, Any]]) -> dict[str, str]:
    """The operation of each resource of ours, by name; the parts of a replacement are one."""
    operations: dict[str, str] = {}
    for step in steps:
        if step["type"].startswith(OURS):
            name = step["urn"].rpartition("::")[2]
            operation = re.sub(r"^(create|delete|discard)-replace(ment|d)$|^replace$", "replace", step["op"])
            if operations.get(name) != "replace":
                operations[name] = operation
    return operations


@contextmanager
def management(sandbox: Sandbox) -> Iterator[httpx.Client]:
    """A client of a tenant's Management API, for what others do there."""
    headers = {"authorization": f"Bearer {sandbox.api_token}"}
    with httpx.Client(base_url=f"{sandbox.domain}/api/v2", headers=headers) as client:
        yield client


def apis(sandbox: Sandbox) -> dict[str, dict[str, Any]]:
    """The tenant's APIs beside Auth0's own, by identifier."""
    with management(sandbox) as client:
        found = client.get("/resource-servers", params={"per_page": 100}).raise_for_status().json()
    return {each["identifier"]: each for each in found if not each.get("is_system")}
