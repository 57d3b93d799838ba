"""The local engine, opened with what this package knows of its own resources."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pulumi_auth0_apis.engine import Engine, Fakes
from pulumi_auth0_apis.management.settings import LOOPBACK_ONLY
from pulumi_auth0_apis.plugin.package import PACKAGE
from pulumi_auth0_apis.stacks.lifecycles import generates_secret
from pulumi_auth0_apis.stacks.warm_start import PRELOAD

ENVIRONMENT = {LOOPBACK_ONLY: "1"}
"""What every child of the local engine gets: no provider reaches a real tenant from it."""

PLUGINS = {PACKAGE: "pulumi_auth0_apis.plugin"}
"""The provider plugins that the local engine runs."""


def open_engine(
    directory: Path,
    stack: str | None = None,
    *,
    backend_url: str | None = None,
    environment: Mapping[str, str] | None = None,
    parallel: int = 16,
    passphrase: str | None = None,
    fakes: Fakes | None = None,
) -> Engine:
    """The local engine on a stack of the project in `directory`; the arguments are those of `Engine`.

    A preview is refused, as an update is, where Auth0 would make a secret that nothing could encrypt.
    """
    return Engine(
        directory,
        stack,
        backend_url=backend_url,
        environment={**ENVIRONMENT, **(environment or {})},
        parallel=parallel,
        passphrase=passphrase,
        generates_secret=generates_secret,
        preload=PRELOAD,
        plugins=PLUGINS,
        fakes=fakes,
    )
