"""Where states are kept: a folder laid out as the file backend of the `pulumi` command lays it out.

    .pulumi/meta.yaml                                   version: 1
    .pulumi/stacks/<project>/<stack>.json               the state, `.bak` the one before
    .pulumi/history/<project>/<stack>/<stack>-<time>.{history,checkpoint}.json
    .pulumi/backups/<project>/<stack>/<stack>.<time>.json
    .pulumi/locks/organization/<project>/<stack>/<id>.json

So either command goes on where the other one stopped. See `pkg/backend/diy` of pulumi/pulumi.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Self
from urllib.parse import unquote

from pulumi_auth0_apis.engine.files.atomic import write_atomically
from pulumi_auth0_apis.engine.files.yaml_files import read_yaml
from pulumi_auth0_apis.engine.model import unsupported
from pulumi_auth0_apis.engine.model.problems import EngineError
from pulumi_auth0_apis.engine.project.project import Project
from pulumi_auth0_apis.engine.project.secrets import SecretsProvider
from pulumi_auth0_apis.engine.store.stack_store import StackStore

ORGANIZATION = "organization"
_STACK_NAME = re.compile(r"[A-Za-z0-9_.-]{1,100}")


class BackendError(EngineError):
    """The backend, or a stack in it, is not what a command needs."""


class Backend:
    """The stacks of one project in one folder."""

    def __init__(self, folder: Path, project: str) -> None:
        self.folder = folder
        self.project = project

    @classmethod
    def open(cls, url: str | None, project: Project, environment: Mapping[str, str] | None = None) -> Self:
        """Open the backend at `url`, else PULUMI_BACKEND_URL, else Pulumi.yaml's, else the project's folder.

        Relative paths are relative to the project's folder. Raises `BackendError` or `UnsupportedError`.
        """
        environment = os.environ if environment is None else environment
        url = url or environment.get("PULUMI_BACKEND_URL") or project.backend_url
        folder = folder_of(url, project.root) if url else project.root
        if not folder.is_dir():
            raise BackendError(f"The backend {url} is no folder: create {folder} first, or name another one.")
        _check_layout(folder / ".pulumi")
        return cls(folder, project.name)

    def stacks(self) -> list[str]:
        """The names of the project's stacks, sorted."""
        names = (re.fullmatch(r"(.+?)\.json(\.gz)?", file.name) for file in self._stacks.glob("*.json*"))
        return sorted({match[1] for match in names if match and _STACK_NAME.fullmatch(match[1])})

    def stack(self, name: str, secrets: SecretsProvider) -> StackStore:
        """The store of one stack, whether or not it exists. `secrets` serves what is not encrypted yet."""
        name = self._check_name(name)
        return StackStore(self.folder / ".pulumi", self.project, name, secrets)

    def create(self, name: str, secrets: SecretsProvider) -> StackStore:
        """Create a stack. Raises `BackendError` if it exists, `LockedError` if somebody is at it."""
        store = self.stack(name, secrets)
        with store.lock():
            if store.exists():
                raise BackendError(f"There is a stack {name} already.", "Select it, or choose another name.")
            _ensure_layout(self.folder / ".pulumi")
            store.create()
        return store

    def remove(self, name: str, secrets: SecretsProvider, *, force: bool = False) -> None:
        """Remove a stack and its history; the state's last version stays as `.bak`.

        Raises `BackendError` if there is none, or if it still has resources and `force` is not given.
        """
        store = self.stack(name, secrets)
        if not store.exists():
            raise BackendError(f"There is no stack {name} in {self.folder}. {self._known()}")
        with store.lock():
            if not force and store.has_resources():
                raise BackendError(
                    f"The stack {name} still has resources.",
                    "Destroy them first; to forget them where they are, remove the stack with force.",
                )
            store.file.replace(store.file.with_name(f"{store.file.name}.bak"))
            shutil.rmtree(store.history_folder, ignore_errors=True)

    @property
    def _stacks(self) -> Path:
        return self.folder / ".pulumi" / "stacks" / self.project

    def _check_name(self, name: str) -> str:
        *place, stack = name.split("/")
        if place not in ([], [ORGANIZATION], [ORGANIZATION, self.project]):
            raise BackendError(
                f"{name} is no stack of the project {self.project}.", f"Use its bare name, {stack}."
            )
        if not _STACK_NAME.fullmatch(stack):
            raise BackendError(
                f"{stack!r} is no name for a stack.",
                "Use at most 100 letters, digits, hyphens, underscores and periods.",
            )
        return stack

    def _known(self) -> str:
        stacks = self.stacks()
        return f"There are: {', '.join(stacks)}." if stacks else "There is none yet."


def folder_of(url: str, base: Path) -> Path:
    """The folder that a `file://` URL names; a relative one is relative to `base`.

    Raises `UnsupportedError` for every other kind of URL.
    """
    if not url.startswith("file://"):
        raise unsupported.BACKENDS.error(f"The backend {url.split('?')[0]}")
    path = unquote(url.removeprefix("file://").split("?")[0])
    return (base / Path(path).expanduser()).resolve()


def _check_layout(folder: Path) -> None:
    """Refuse a folder that holds states in another layout than version 1."""
    meta = folder / "meta.yaml"
    if meta.exists():
        version = read_yaml(meta).get("version")
        if version != 1:
            raise BackendError(f"{meta} says version {version}; the local engine knows version 1 only.")
    elif any((folder / "stacks").glob("*.json*")):
        raise BackendError(
            f"{folder} has the layout from before Pulumi kept stacks by project.",
            "Run `pulumi state upgrade` first.",
        )


def _ensure_layout(folder: Path) -> None:
    if not (folder / "meta.yaml").exists():
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / "meta.yaml", b"version: 1\n")
