"""A stack of a project in a folder, and what a run on it needs before it begins."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from pulumi_auth0_apis.engine.model.problems import EngineError
from pulumi_auth0_apis.engine.model.snapshot import Snapshot
from pulumi_auth0_apis.engine.model.state import ResourceState
from pulumi_auth0_apis.engine.model.urns import STACK_TYPE, make_urn
from pulumi_auth0_apis.engine.model.values import Properties, unsealed
from pulumi_auth0_apis.engine.project.project import Project
from pulumi_auth0_apis.engine.project.secrets import SecretsError, SecretsProvider, elided
from pulumi_auth0_apis.engine.project.stack_config import StackConfig
from pulumi_auth0_apis.engine.store.backend import ORGANIZATION, Backend, BackendError
from pulumi_auth0_apis.engine.store.selection import require_known, selected_stack
from pulumi_auth0_apis.engine.store.stack_store import StackStore


class LocalStack:
    """A stack, whether or not it exists yet.

    Project, settings and state are each read when first asked for, and only once. Asking raises
    `EngineError` where that cannot be read, or is of a kind that this engine does not know.
    """

    def __init__(
        self,
        directory: Path,
        name: str | None = None,
        *,
        url: str | None = None,
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        """Without a `name` it is the stack that `pulumi stack select` chose. `url` is the backend's."""
        self.directory = directory
        self._name = name
        self._url = url
        self._environment = environment

    @cached_property
    def project(self) -> Project:
        """The project of the folder, or of one above it."""
        return Project.load(self.directory)

    @cached_property
    def name(self) -> str:
        """The stack's name as it was given, or the selected one."""
        return self._name or selected_stack(self.project, self._address, self._environment)

    @cached_property
    def settings(self) -> StackConfig:
        """The stack's settings as they are written, though the project may ask for more."""
        return StackConfig.read(self.project, self.name, self._environment)

    @property
    def secrets(self) -> SecretsProvider:
        """What encrypts the stack's secrets, by the salt of its settings."""
        return self.settings.secrets

    @cached_property
    def config(self) -> StackConfig:
        """The stack's settings, which are all that the project asks for."""
        self.settings.require_complete()
        return self.settings

    @cached_property
    def backend(self) -> Backend:
        """The folder that holds the stack's state."""
        return Backend.open(self._url, self.project, self._environment)

    @cached_property
    def store(self) -> StackStore:
        """The stack's state."""
        return self.backend.stack(self.name, self.secrets)

    @property
    def _address(self) -> str:
        """The backend's address, by which the CLI keeps its selections."""
        try:
            return f"file://{self.backend.folder}"
        except EngineError:  # it is no folder, or not there
            return self._url or self._environment.get("PULUMI_BACKEND_URL") or self.project.backend_url or ""

    def check_readable(self) -> None:
        """Raise `EngineError` where project, settings or backend cannot be read."""
        self.backend.stack(self.name, self.config.secrets)

    def outputs_of(self, name: str) -> tuple[Properties, bool]:
        """The outputs of any stack of the backend, and whether its secrets, if any, could be decrypted.

        `name` is `organization/<project>/<stack>`, or a stack of this project. Raises `BackendError` where
        there is no such stack, in the CLI's words.
        """
        store = self._other(name)
        if not store.exists():
            raise BackendError(f'unknown stack "{name}"')
        try:
            return unsealed(store.load().stack_outputs), True
        except SecretsError:
            return unsealed(store.peek(elided).stack_outputs), False

    def publish(self, name: str, outputs: Mapping[str, Any]) -> None:
        """Let a stack of the backend have these outputs and nothing else, for programs that refer to it."""
        store = self._other(name)
        if not store.exists():
            self._beside(name).create(store.stack, store.secrets)
        *_, project, stack = store.qualified_name.split("/")
        urn = make_urn(stack, project, "", STACK_TYPE, f"{project}-{stack}")
        with store.lock():
            store.save(Snapshot(resources=[ResourceState(urn=urn, type=STACK_TYPE, outputs=dict(outputs))]))

    def _other(self, name: str) -> StackStore:
        secrets = SecretsProvider(environment=self._environment)
        return self._beside(name).stack(name.rpartition("/")[2], secrets)

    def _beside(self, name: str) -> Backend:
        """The backend as the project of a stack's name sees it."""
        place = name.split("/")[:-1]
        if place and place[0] != ORGANIZATION:
            raise BackendError("organization name must be 'organization'")
        return Backend(self.backend.folder, place[1] if len(place) > 1 else self.project.name)

    def require_known(self) -> None:
        """Raise `UnknownStackError` for a stack that has neither state nor settings."""
        require_known(self.name, self.project, self.backend)

    def create(self) -> None:
        """Make the stack, where there is none yet."""
        if not self.store.exists():
            self.backend.create(self.name, self.config.secrets)

    def unlock(self) -> None:
        """Check the passphrase of settings and state. Raises `SecretsError`.

        As in the CLI, a salt is enough to need it, and every run does; see `pkg/secrets/passphrase` of
        pulumi/pulumi.
        """
        self.config.secrets.unlock()
        self.store.unlock()

    def check_writable(self) -> None:
        """Raise `LockedError` or `UnwritableError` where a run could not keep the state."""
        with self.store.lock():
            self.store.check_writable()
