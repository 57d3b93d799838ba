"""The languages, and how a program in each is made ready to run: examples/languages, with a generated SDK."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[3]
SCHEMA = ROOT / "tests" / "plugin" / "schema.json"
EXAMPLES = ROOT / "examples" / "languages"
INSTALLED = "packages:\n  auth0-apis: ../../..\n"
"""How an example names the plugin. The tests have it on PATH, where nothing is installed for it."""

Command = Callable[..., str]
"""Runs `pulumi` in the program's folder and returns what it said."""


@dataclass(frozen=True)
class Language:
    """A language of Pulumi. `program` is the file of its example that declares the resources.

    `needs` are the commands beside Pulumi's own.
    """

    name: str
    title: str
    needs: tuple[str, ...]
    program: str

    def missing(self) -> str:
        """The command without which no program of the language runs here; empty where there is none."""
        needed = ("pulumi", f"pulumi-language-{self.host}", *self.needs)
        return next((command for command in needed if shutil.which(command) is None), "")

    @property
    def host(self) -> str:
        """The name of Pulumi's host of the language."""
        return {"typescript": "nodejs"}.get(self.name, self.name)

    def example(self, folder: Path) -> None:
        """Copy the example into an empty folder, to be run with the plugin on PATH."""
        shutil.copytree(EXAMPLES / self.name, folder, dirs_exist_ok=True)
        project = folder / "Pulumi.yaml"
        project.write_text(project.read_text().replace(INSTALLED, ""))

    def prepare(self, pulumi: Command) -> None:
        """Make the SDK and whatever a program needs to run it."""
        pulumi("package", "add", str(SCHEMA))


LANGUAGES = {
    each.name: each
    for each in (
        Language("yaml", "YAML", (), "Pulumi.yaml"),
        Language("typescript", "TypeScript", ("node", "npm"), "index.ts"),
        Language("go", "Go", ("go",), "main.go"),
        Language("python", "Python", (), "__main__.py"),
    )
}
