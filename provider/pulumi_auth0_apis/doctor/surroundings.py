"""The subjects of the checks. Everything is made when a check first asks for it, and only once."""

from __future__ import annotations

import json
import os
import re
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import httpx

from auth0_api_vocabulary import OURS
from auth0_api_vocabulary.families import PLUGIN
from pulumi_auth0_apis.engine import EngineError, StackStore
from pulumi_auth0_apis.engine.model.snapshot import Snapshot
from pulumi_auth0_apis.engine.project.project import PYTHON, Project
from pulumi_auth0_apis.engine.project.secrets import hidden
from pulumi_auth0_apis.engine.project.stack_config import StackConfig
from pulumi_auth0_apis.errors import Auth0ApisError
from pulumi_auth0_apis.management.auth import auth_for
from pulumi_auth0_apis.management.settings import ConnectionSettings
from pulumi_auth0_apis.plugin.words import in_their_words
from pulumi_auth0_apis.stacks.provider_settings import is_explicit, settings_of_stack
from pulumi_auth0_apis.stacks.stack import TenantStack

SECONDS = 10

_SOURCES = ("*.py", "*.ts", "*.js", "*.go", "Pulumi.yaml", "Main.yaml")
_NAMED_TENANT = re.compile(rb"\bTenant\(|auth0\w*\.(?:New)?Provider\(|" + PLUGIN.provider.encode())
"""How a program names one: by the class, or by the plugin's provider in its language."""

T = TypeVar("T")


@dataclass
class Surroundings:
    """A project's folder, a stack, and the world around them.

    `state_file` is the output of `pulumi stack export`, for a stack whose state is in another backend than a
    folder. `resolve` and `clock` are what the operating system offers. `unreachable` names the check that
    found why no request can arrive, so that no later one tells the same again.
    """

    directory: Path
    stack: str | None = None
    state_file: Path | None = None
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    resolve: Callable[[str, int], Any] = socket.getaddrinfo
    clock: Callable[[], float] = time.time
    unreachable: str = ""

    @cached_property
    def opened(self) -> TenantStack:
        """The stack; asking for a part of it raises where that cannot be read."""
        return TenantStack(self.directory, self.stack, environment=self.environment)

    @cached_property
    def project(self) -> Project | EngineError:
        """The project, or why it cannot be read."""
        return _read(lambda: self.opened.project)

    @cached_property
    def stack_config(self) -> StackConfig | EngineError:
        """The stack's file as it is written, or why it cannot be read."""
        return _read(lambda: self.opened.config)

    @cached_property
    def configuration(self) -> Mapping[str, str] | EngineError:
        """The stack's configuration in clear; empty outside of a project."""
        return {} if isinstance(self.project, EngineError) else _read(lambda: self.opened.configuration)

    @property
    def words(self) -> Callable[[str], str]:
        """How findings are told: as the provider plugin tells them, where the stack is one of it."""
        return in_their_words if self._is_of_the_plugin else str

    @property
    def _is_of_the_plugin(self) -> bool:
        """Whether the program is in a language that has the plugin alone, or configures that alone."""
        if isinstance(self.project, EngineError) or isinstance(self.configuration, EngineError):
            return False
        if self.project.language != PYTHON:
            return True
        return settings_of_stack(self.configuration) != dict(self.configuration)

    @cached_property
    def store(self) -> StackStore | None:
        """The stack's state, where a folder keeps it."""
        found = _read(lambda: self.opened.store)
        return None if isinstance(found, EngineError) else found

    @cached_property
    def snapshot(self) -> Snapshot | None:
        """The state without its secrets; None where there is none, or it cannot be read."""
        try:
            if self.state_file is not None:
                exported = json.loads(self.state_file.read_bytes())
                return Snapshot.from_json(exported.get("deployment") or {}, hidden)
            return self.store.peek() if self.store else None
        except (EngineError, OSError, ValueError, AttributeError):
            return None

    @property
    def has_tenants_alone(self) -> bool:
        """Whether the state has resources of this package, and each goes by an explicit provider."""
        resources = self.snapshot.resources if self.snapshot else ()
        tenants = {f"{each.urn}::{each.id}" for each in resources if is_explicit(each.urn, each.inputs)}
        ours = {each.provider for each in resources if each.type in OURS}
        return bool(ours) and ours <= tenants

    @property
    def will_make_a_tenant(self) -> bool:
        """Whether nothing is deployed, and a file of the program, or of a folder of it, names a tenant."""
        if isinstance(self.project, EngineError) or (self.snapshot and self.snapshot.resources):
            return False
        folder = self.project.program_directory
        files = (file for ending in _SOURCES for file in (*folder.glob(ending), *folder.glob(f"*/{ending}")))
        return any(_NAMED_TENANT.search(file.read_bytes()) for file in files if file.is_file())

    @cached_property
    def connection(self) -> ConnectionSettings | Auth0ApisError | None:
        """The way to the tenant, or why there is none; None where the configuration itself cannot be read."""
        if isinstance(self.configuration, EngineError):
            return None
        try:
            return self.opened.connection
        except Auth0ApisError as error:
            return error

    @cached_property
    def answer(self) -> httpx.Response | Auth0ApisError | httpx.HTTPError | None:
        """The answer to the one request that is made, a list of one API; None where none can be made."""
        settings = self.connection
        if not isinstance(settings, ConnectionSettings) or self.unreachable:
            return None
        try:
            with httpx.Client(base_url=settings.base_url, auth=auth_for(settings), timeout=SECONDS) as client:
                return client.get("/api/v2/resource-servers", params={"per_page": 1})
        except (Auth0ApisError, httpx.HTTPError) as error:
            return error


def _read(read: Callable[[], T]) -> T | EngineError:
    """A part of the stack, or why it cannot be read."""
    try:
        return read()
    except EngineError as error:
        return error
