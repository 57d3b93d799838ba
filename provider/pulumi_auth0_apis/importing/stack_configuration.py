"""A stack's configuration in clear, wherever its state and its key are kept."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping

from pulumi_auth0_apis.engine import EngineError
from pulumi_auth0_apis.engine.model.values import unwrapped
from pulumi_auth0_apis.engine.project.project import Project
from pulumi_auth0_apis.engine.project.stack_config import StackConfig
from pulumi_auth0_apis.engine.store.selection import selected_stack
from pulumi_auth0_apis.errors import ConfigurationError
from pulumi_auth0_apis.importing.workspace import CliWorkspace


def stack_name(project: Project, stack: str | None, environment: Mapping[str, str] = os.environ) -> str:
    """The stack that is named, or else the one that `pulumi stack select` chose."""
    backend = environment.get("PULUMI_BACKEND_URL") or project.backend_url or f"file://{project.root}"
    return stack or selected_stack(project, backend, environment)


def read_configuration(
    project: Project, stack: str, environment: Mapping[str, str] = os.environ
) -> Mapping[str, str]:
    """The values by full key: read from the stack's file or, where its key is kept elsewhere, by `pulumi`.

    A key of Pulumi Cloud or of a cloud's key management only `pulumi` can use. Raises EngineError where the
    file cannot be read and `pulumi` is not on PATH or cannot read it either.
    """
    try:
        return StackConfig.load(project, stack, environment).values
    except EngineError:
        values = _through_pulumi(project, stack)
        if values is None:
            raise
        return values


def _through_pulumi(project: Project, stack: str) -> Mapping[str, str] | None:
    if shutil.which("pulumi") is None:
        return None
    try:
        values = CliWorkspace(project.root, stack, create=False).configuration()
    except ConfigurationError:
        return None
    return {key: str(unwrapped(value)) for key, value in values.items()}
