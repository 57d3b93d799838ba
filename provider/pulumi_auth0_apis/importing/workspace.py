"""Where an import lands: a project's folder, its stack, and the engine that proves that nothing changes.

`LocalWorkspace` uses the local engine and its file backend, `CliWorkspace` the `pulumi` command and whatever
backend it is logged in to.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pulumi_auth0_apis._extras import engine_lacks
from pulumi_auth0_apis.engine import Engine
from pulumi_auth0_apis.engine.model.snapshot import Snapshot
from pulumi_auth0_apis.engine.model.values import Secret
from pulumi_auth0_apis.engine.project.project import Project
from pulumi_auth0_apis.importing.draft import Draft
from pulumi_auth0_apis.stacks.local import open_engine
from pulumi_auth0_apis.stacks.pulumi_command import LONGEST_OUTPUT, PulumiCommand, words


@dataclass(frozen=True)
class Proof:
    """What a preview showed: what it would do to which URN, and why it did not come to its end."""

    changes: Mapping[str, str] = field(default_factory=dict)
    failure: str = ""


class Workspace(ABC):
    """A stack of a project. Each method raises ConfigurationError or EngineError where it cannot work."""

    def __init__(self, directory: Path, stack: str) -> None:
        self.directory = directory
        self.stack = stack

    @property
    def project(self) -> Project:
        """The project, as its file now is."""
        return Project.load(self.directory)

    @abstractmethod
    def state(self) -> Snapshot:
        """The stack's state; a stack that does not exist yet is made."""

    @abstractmethod
    def configuration(self) -> dict[str, Any]:
        """The stack's configuration by full key, secrets as `Secret`."""

    @abstractmethod
    def set_secret(self, key: str, value: str) -> None:
        """Write a secret to the stack's configuration, encrypted."""

    @abstractmethod
    def replace_state(self, snapshot: Snapshot, draft: Draft) -> None:
        """Make `snapshot` the stack's state, as the last thing that can fail."""

    @property
    @abstractmethod
    def next_step(self) -> str:
        """What a person does after an import."""

    @abstractmethod
    def preview(self) -> Proof:
        """What a preview now shows: nothing, if the import is right."""


class LocalWorkspace(Workspace):
    """A stack of the local engine."""

    @property
    def _engine(self) -> Engine:
        return open_engine(self.directory, self.stack)

    def state(self) -> Snapshot:
        opened = self._engine.open()
        opened.unlock()  # the preview that proves the import needs the passphrase, after all is written
        return opened.store.load()

    def configuration(self) -> dict[str, Any]:
        config = self._engine.open().config
        secret = set(config.secret_keys)
        return {key: Secret(value) if key in secret else value for key, value in config.values.items()}

    def set_secret(self, key: str, value: str) -> None:
        self._engine.open().config.set(key, value, secret=True)

    @property
    def checkpoint(self) -> Path:
        """The state once more, in the form that `pulumi stack import` takes; secrets are encrypted."""
        return self.directory / f"checkpoint.{self.stack}.json"

    def replace_state(self, snapshot: Snapshot, draft: Draft) -> None:
        opened = self._engine.open()
        secrets = opened.config.secrets
        opened.create()
        deployment = replace(snapshot, secrets_provider=secrets.to_state()).to_json(secrets.encrypt)
        document = {"version": 3, "deployment": deployment}
        with opened.store.lock():
            draft.write(self.checkpoint, json.dumps(document, indent=2, ensure_ascii=False))
            opened.store.save(snapshot)

    @property
    def next_step(self) -> str:
        return (
            f"`pulumi stack import --stack {self.stack} --file {self.checkpoint}` takes the state into "
            "another backend than this folder."
        )

    def preview(self) -> Proof:
        if lacks := engine_lacks():
            return Proof(failure=lacks)
        result = self._engine.preview()
        return Proof(_changed(result.steps), "" if result.ok else _told(result.diagnostics))


class CliWorkspace(Workspace):
    """A stack of the `pulumi` command."""

    def __init__(self, directory: Path, stack: str) -> None:
        super().__init__(directory, stack)
        self._pulumi = PulumiCommand(directory, stack)
        self._is_selected = False

    def state(self) -> Snapshot:
        self._select()
        return self._pulumi.state()

    def configuration(self) -> dict[str, Any]:
        self._select()
        return self._pulumi.configuration()

    def set_secret(self, key: str, value: str) -> None:
        self._select()
        self._pulumi.call("config", "set", "--secret", key, "--stack", self.stack, stdin=value)

    def replace_state(self, snapshot: Snapshot, draft: Draft) -> None:
        """The state goes through a pipe, secrets in clear: the command encrypts them as the stack does."""
        del draft
        self._select()
        document = {"version": 3, "deployment": snapshot.to_json(None)}
        self._pulumi.call("stack", "import", "--stack", self.stack, stdin=json.dumps(document))

    def import_listed(self, listed: Path, program: Path) -> None:
        """Let the command import what a file lists, and write `program` in the project's language."""
        self._select()
        stack = ("--stack", self.stack, "--yes", "--skip-preview", "--protect=false")
        self._pulumi.call("import", "--file", str(listed.resolve()), "--out", str(program), *stack)

    @property
    def next_step(self) -> str:
        return f"`pulumi up --stack {self.stack}` is next, once you have looked at the program."

    def preview(self) -> Proof:
        done = self._pulumi.run(["preview", "--json", "--stack", self.stack])
        try:
            shown = json.loads(done.stdout)
        except ValueError:
            return Proof(failure=words(done))
        failure = (_told(shown.get("diagnostics", ())) or words(done)) if done.returncode else ""
        return Proof(_changed(shown.get("steps", ())), failure)

    def _select(self) -> None:
        if not self._is_selected:
            self._pulumi.call("stack", "select", "--create", "--stack", self.stack)
            self._is_selected = True


def _changed(steps: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    return {step["urn"]: step["op"] for step in steps if step["op"] != "same"}


def _told(diagnostics: Iterable[Mapping[str, Any]]) -> str:
    """What program, provider and engine had to say, on one line."""
    return " ".join(" ".join(each["message"].split()) for each in diagnostics)[-LONGEST_OUTPUT:]


def applications_of(configuration: Mapping[str, Any], project: str) -> dict[str, str]:
    """The table of client ids in a stack's configuration."""
    written = configuration.get(f"{project}:applications", "{}")
    table = json.loads(written.value if isinstance(written, Secret) else written)
    return {key: value for key, value in table.items() if isinstance(value, str)}
