"""A stack with all that belongs to it, and what a run on it needs before it begins."""

from __future__ import annotations

from dataclasses import dataclass

from pulumi_auth0_apis.engine.project.project import Project
from pulumi_auth0_apis.engine.project.stack_config import StackConfig
from pulumi_auth0_apis.engine.store.backend import Backend
from pulumi_auth0_apis.engine.store.stack_store import StackStore


@dataclass(frozen=True)
class Opened:
    """A stack, whether or not it exists yet, with its project, settings, state and backend."""

    project: Project
    stack: str
    config: StackConfig
    store: StackStore
    backend: Backend

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
