"""What the `pulumi` command says of a stack, in whatever backend it is logged in to."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pulumi_auth0_apis.engine.model.snapshot import Snapshot
from pulumi_auth0_apis.engine.model.values import Secret
from pulumi_auth0_apis.errors import ConfigurationError

LONGEST_OUTPUT = 2_000
"""Characters of a program's or a command's words that an error passes on: the last ones."""


@dataclass(frozen=True)
class PulumiCommand:
    """The command in the folder of a project. Raises ConfigurationError where it is missing or fails."""

    directory: Path
    stack: str = ""

    def selected(self) -> str:
        """The name of the stack that `pulumi stack select` chose."""
        return self.call("stack", "--show-name").strip()

    def state(self) -> Snapshot:
        """The stack's state, secrets in clear."""
        exported = json.loads(self.call("stack", "export", "--show-secrets", "--stack", self.stack))
        return Snapshot.from_json(exported["deployment"], str)

    def configuration(self) -> dict[str, Any]:
        """The stack's configuration by full key, secrets as `Secret`."""
        shown = json.loads(self.call("config", "--json", "--show-secrets", "--stack", self.stack))
        return {
            key: Secret(each.get("value", "")) if each.get("secret") else each.get("value", "")
            for key, each in shown.items()
        }

    def call(self, *arguments: str, stdin: str = "") -> str:
        """Run the command to its end; returns what it printed."""
        done = self.run(arguments, stdin)
        if done.returncode:
            raise ConfigurationError(f"`pulumi {' '.join(arguments)}` failed: {words(done)}")
        return done.stdout

    def run(self, arguments: Sequence[str], stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run the command, whatever becomes of it."""
        command = shutil.which("pulumi")
        if command is None:
            raise ConfigurationError("There is no `pulumi` on PATH: https://www.pulumi.com/docs/install/")
        return subprocess.run(  # noqa: S603 - the command that PATH names
            [command, *arguments, "--non-interactive", "--color", "never"],
            cwd=self.directory,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )


def words(done: subprocess.CompletedProcess[str]) -> str:
    """The command's own words, of which the last lines matter."""
    text = "\n".join(filter(None, (done.stdout.strip(), done.stderr.strip())))
    return text[-LONGEST_OUTPUT:] or f"exit code {done.returncode}"
