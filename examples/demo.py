"""The main job from beginning to end, on a sandbox tenant, with the real output of an engine.

    python examples/demo.py [--engine auto|local|pulumi]

Each act runs one command on a copy of `examples/quickstart` and then looks at the tenant, so that the demo
fails where the tenant is not what the engine said. `auto` takes the `pulumi` CLI where it is on PATH and the
local engine elsewhere.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from pulumi_auth0_apis.emulator import Sandbox

ROOT = Path(__file__).parents[1]
console = Console(highlight=False, soft_wrap=False)


@dataclass(frozen=True)
class Stage:
    """A copy of the quickstart, the tenant it is for, and the engine that runs it."""

    engine: str
    folder: Path
    sandbox: Sandbox

    @property
    def environment(self) -> dict[str, str]:
        """What the engine's processes get: the tenant's credentials and a backend of their own."""
        return {
            **os.environ,
            **self.sandbox.environment,
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
            "PULUMI_BACKEND_URL": f"file://{self.folder}",
            "PULUMI_CONFIG_PASSPHRASE": "demo",
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            **({"FORCE_COLOR": "1", "COLUMNS": str(console.width)} if console.is_terminal else {}),
        }

    def run(self, *arguments: str, fails_with: str | None = None) -> int:
        """Run one command, show what it prints, and return how many calls of the tenant it took.

        `fails_with` is what a refusal must say.
        """
        before = self.calls()
        program, extra = self._program()
        shown = " ".join(a.replace(f"{ROOT}/", "") for a in arguments)
        console.print(Text(f"$ {program} {shown}", style="bold"))
        process = subprocess.Popen(
            [program, *arguments, *extra],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        said = ""
        for line in process.stdout or ():
            sys.stdout.write(line)
            sys.stdout.flush()
            said += line
        code = process.wait()
        require((code != 0) == (fails_with is not None), f"`{program} {arguments[0]}` ended with {code}")
        require((fails_with or "") in said, f"it did not say {fails_with}")
        calls = self.calls() - before
        console.print(Text(f"Calls to the tenant: {calls}", style="bold"))
        return calls

    def _program(self) -> tuple[str, list[str]]:
        if self.engine == "pulumi":
            return "pulumi", ["--non-interactive", "--color", "always" if console.is_terminal else "never"]
        return "auth0-apis", []

    def edit(self, pattern: str, replacement: str) -> None:
        """Change the first place in the program that the pattern matches, and show the change."""
        program = self.folder / "__main__.py"
        before = program.read_text()
        after = re.sub(pattern, replacement, before, count=1)
        require(before != after, f"nothing in the quickstart matches {pattern}")
        for old, new in zip(before.splitlines(), after.splitlines(), strict=True):
            if old != new:
                console.print(Text(f"- {old.strip()}", style="red"))
                console.print(Text(f"+ {new.strip()}", style="green"))
        program.write_text(after)

    @contextmanager
    def tenant(self) -> Iterator[httpx.Client]:
        """The Management API, as the dashboard would use it."""
        headers = {"Authorization": f"Bearer {self.sandbox.api_token}"}
        with httpx.Client(base_url=f"{self.sandbox.domain}/api/v2", headers=headers) as client:
            yield client

    def apis(self) -> list[dict[str, Any]]:
        """The APIs that the tenant holds, without Auth0's own."""
        with self.tenant() as tenant:
            return [api for api in tenant.get("/resource-servers").json() if not api.get("is_system")]

    def grants(self) -> list[dict[str, Any]]:
        """The client grants for these APIs."""
        identifiers = {api["identifier"] for api in self.apis()}
        with self.tenant() as tenant:
            return [g for g in tenant.get("/client-grants").json() if g["audience"] in identifiers]

    def calls(self) -> int:
        """How many calls the tenant has answered, the demo's own included."""
        return self.sandbox.calls.total()


def require(condition: bool, otherwise: str) -> None:
    """End the demo where it did not go as it should."""
    if not condition:
        sys.exit(f"The demo did not go as it should: {otherwise}.")


def act(title: str, look: str) -> None:
    """Say what comes next, and what to look at."""
    console.print()
    console.print(Rule(Text(title, style="bold cyan"), align="left", style="cyan"))
    console.print(Text(f"Look at {look}.", style="italic"))


def show_tenant(stage: Stage) -> None:
    """Print what the tenant holds now."""
    table = Table(
        "API", "tokens", "permissions", "applications", title="The tenant now", title_justify="left"
    )
    with stage.tenant() as tenant:
        names = {c["client_id"]: c["name"] for c in tenant.get("/clients").json()}
    grants = stage.grants()
    for api in stage.apis():
        allowed = [g for g in grants if g["audience"] == api["identifier"]]
        table.add_row(
            f"{api.get('name', '')}\n{api['identifier']}",
            f"{api['token_lifetime']} s, web {api['token_lifetime_for_web']} s\n{api['signing_alg']}, "
            f"RBAC {'on' if api.get('enforce_policies') else 'off'}",
            "\n".join(scope["value"] for scope in api.get("scopes", [])),
            "\n".join(f"{names[g['client_id']]}: {len(g.get('scope', []))}" for g in allowed),
        )
    console.print(table)


def first_run(stage: Stage) -> None:
    """Preview, up, and nothing left to do."""
    act(
        "1. What would be made",
        "the tree: permissions and grants belong to an API; and at the calls, there are none",
    )
    require(stage.run("preview", "--stack", "dev") == 0, "a preview called the tenant")
    act("2. Make it so", "the calls: one for both permissions of an API, and one for the token")
    stage.run("up", "--stack", "dev", "--yes", "--skip-preview")
    require(len(stage.apis()) == 2 and len(stage.grants()) >= 2, "the tenant does not hold what was declared")
    show_tenant(stage)
    act("3. Nothing has changed, so nothing is called", "the last line")
    unchanged = stage.run("preview", "--stack", "dev", "--expect-no-changes")
    require(unchanged == 0, "a preview called the tenant")


def drift(stage: Stage) -> None:
    """Someone changes a setting behind our back; refresh shows it and up repairs it."""
    act(
        "4. A change in the dashboard: refresh shows it, up repairs it",
        "token_lifetime: once as somebody set it, then as the program says",
    )
    api = stage.apis()[0]
    declared = api["token_lifetime"]
    with stage.tenant() as tenant:
        tenant.patch(f"/resource-servers/{api['id']}", json={"token_lifetime": 86400}).raise_for_status()
    stage.run("refresh", "--stack", "dev", "--yes", "--skip-preview", "--diff")
    stage.run("up", "--stack", "dev", "--yes", "--skip-preview", "--diff")
    require(stage.apis()[0]["token_lifetime"] == declared, "the setting was not repaired")


def changes(stage: Stage) -> None:
    """An update in place, and a replacement that carries permissions and grants along."""
    act("5. A shorter token lifetime: an update in place", "the difference, which is sent and nothing else")
    ids = {api["identifier"]: api["id"] for api in stage.apis()}
    stage.edit(r"token_lifetime=[\d_]+", "token_lifetime=1800")
    stage.run("up", "--stack", "dev", "--yes", "--skip-preview", "--diff")
    require(1800 in {api["token_lifetime"] for api in stage.apis()}, "the lifetime is not 1800")
    require(ids == {api["identifier"]: api["id"] for api in stage.apis()}, "an update changed an API's id")
    act(
        "6. Another signing algorithm: permissions and grants follow",
        "what is replaced beside the API, and at the tenant, which has all of it again",
    )
    grants = {grant["id"] for grant in stage.grants()}
    stage.edit(r'signing_alg="RS256"', 'signing_alg="PS256"')
    stage.run("up", "--stack", "dev", "--yes", "--skip-preview")
    require("PS256" in {api["signing_alg"] for api in stage.apis()}, "the algorithm is not PS256")
    require(len(stage.grants()) == len(grants), "a grant was lost in the replacement")
    require({grant["id"] for grant in stage.grants()} != grants, "no grant was made anew")
    show_tenant(stage)


def policy(stage: Stage) -> None:
    """A rule of the pack stops an update before any call."""
    act(
        "7. Tokens that live 30 days: a policy stops it before any call",
        "the rule, the API that breaks it, and how to mend it",
    )
    stage.edit(r"token_lifetime=[\d_]+", "token_lifetime=2592000")
    (stage.folder / "rules.json").write_text('{"all": "disabled", "access-token-lifetime": "mandatory"}')
    rules = ("--policy-pack", str(ROOT / "policies"), "--policy-pack-config", "rules.json")
    called = stage.run("up", "--stack", "dev", "--yes", *rules, fails_with="access-token-lifetime")
    require(called == 0, "the tenant was called")


def ending(stage: Stage) -> None:
    """Destroy all, and the tenant is empty."""
    act("8. Take it all away", "the calls: permissions go with their API")
    stage.run("destroy", "--stack", "dev", "--yes", "--skip-preview")
    require(stage.apis() == [] and stage.grants() == [], "the tenant is not empty")
    console.print(Text("The tenant is empty.", style="bold"))


def choose(engine: str) -> str:
    """Take the engine that was asked for, or the CLI where it is and the local engine elsewhere."""
    there = shutil.which("pulumi") is not None
    if engine == "auto":
        return "pulumi" if there else "local"
    if engine == "pulumi" and not there:
        sys.exit("ENGINE=pulumi needs the pulumi CLI on PATH: install it, or run `make demo ENGINE=local`.")
    return engine


def main() -> None:
    """Play all acts."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--engine", choices=["auto", "local", "pulumi"], default="auto")
    engine = choose(parser.parse_args().engine)
    with tempfile.TemporaryDirectory() as temporary, Sandbox() as sandbox:
        folder = Path(temporary).resolve() / "quickstart"
        shutil.copytree(ROOT / "examples" / "quickstart", folder, ignore=shutil.ignore_patterns(".pulumi"))
        stage = Stage(engine, folder, sandbox)
        name = "the pulumi CLI" if engine == "pulumi" else "the local engine"
        console.print(Text(f"A sandbox tenant at {sandbox.domain}, {name}.", style="bold"))
        if engine == "pulumi":
            stage.run("stack", "init", "dev")
        for part in (first_run, drift, changes, policy, ending):
            part(stage)


if __name__ == "__main__":
    main()
