"""What the checks look at. Everything is made when a check first asks for it, and only once."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx

from pulumi_auth0_apis.engine import EngineError
from pulumi_auth0_apis.engine.local_engine import Engine, Opened
from pulumi_auth0_apis.errors import Auth0ApisError
from pulumi_auth0_apis.management.auth import auth_for
from pulumi_auth0_apis.management.settings import ConnectionSettings

SECONDS = 10


@dataclass
class Surroundings:
    """A project's folder, a stack, and the world around them.

    `state_file` is the output of `pulumi stack export`, for a stack whose state is in another backend than a
    folder. `resolve` and `clock` are what the operating system offers.
    """

    directory: Path
    stack: str | None = None
    state_file: Path | None = None
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    resolve: Callable[[str, int], Any] = socket.getaddrinfo
    clock: Callable[[], float] = time.time

    @cached_property
    def opened(self) -> Opened | EngineError:
        """The project, its stack and its state, or why they cannot be read."""
        try:
            return Engine(self.directory, self.stack, environment=self.environment).open()
        except EngineError as error:
            return error

    @cached_property
    def configuration(self) -> Mapping[str, str] | EngineError:
        """The stack's configuration in clear; empty outside of a project."""
        if isinstance(self.opened, EngineError):
            return {}
        try:
            return self.opened.config.values
        except EngineError as error:
            return error

    @cached_property
    def connection(self) -> ConnectionSettings | Auth0ApisError | None:
        """The way to the tenant, or why there is none; None where the configuration itself cannot be read."""
        if isinstance(self.configuration, EngineError):
            return None
        try:
            return ConnectionSettings.resolve(self.configuration, self.environment)
        except Auth0ApisError as error:
            return error

    @cached_property
    def answer(self) -> httpx.Response | Auth0ApisError | httpx.HTTPError | None:
        """The answer to the one request that is made, a list of one API; None without a connection."""
        settings = self.connection
        if not isinstance(settings, ConnectionSettings):
            return None
        try:
            with httpx.Client(base_url=settings.base_url, auth=auth_for(settings), timeout=SECONDS) as client:
                return client.get("/api/v2/resource-servers", params={"per_page": 1})
        except (Auth0ApisError, httpx.HTTPError) as error:
            return error
