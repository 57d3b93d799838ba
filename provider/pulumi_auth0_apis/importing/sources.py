"""Which tenant and which stack an import is about, and what it reads."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pulumi_auth0_apis.engine.files.yaml_files import read_yaml
from pulumi_auth0_apis.engine.model.values import Secret
from pulumi_auth0_apis.engine.project.project import FILE_NAMES, Project
from pulumi_auth0_apis.errors import ConfigurationError
from pulumi_auth0_apis.importing.found_objects import FoundObjects
from pulumi_auth0_apis.importing.pulumi_state import read_pulumi_state
from pulumi_auth0_apis.importing.tenant_source import own_client_ids, read_tenant
from pulumi_auth0_apis.importing.terraform_state import read_terraform_state
from pulumi_auth0_apis.importing.workspace import CliWorkspace, LocalWorkspace, Workspace
from pulumi_auth0_apis.management import session_for
from pulumi_auth0_apis.management.settings import ConnectionSettings, is_loopback
from pulumi_auth0_apis.stacks.provider_settings import settings_of_stack

STATES = ("pulumi-state", "terraform-state")


def choose_workspace(directory: Path, stack: str, engine: str, domain: str) -> Workspace:
    """The engine that `engine` names; for `auto` the local one for a sandbox, and else `pulumi` where it is.

    Without `pulumi` the local engine proves an import for a real tenant too: a preview makes no call.
    """
    if engine == "auto":
        engine = "pulumi" if not is_loopback(domain) and shutil.which("pulumi") else "local"
    return CliWorkspace(directory, stack) if engine == "pulumi" else LocalWorkspace(directory, stack)


def configured_domain(directory: Path, stack: str, environment: Mapping[str, str] = os.environ) -> str:
    """The tenant that the stack, or else the environment, names; empty where neither does."""
    domain = _stack_domain(directory, stack) or environment.get("AUTH0_DOMAIN", "")
    return normal_domain(domain) if domain else ""


def _stack_domain(directory: Path, stack: str) -> str:
    if not has_project(directory):
        return ""
    file = Project.load(directory).stack_file(stack)
    config = (read_yaml(file).get("config") if file.exists() else None) or {}
    return str(settings_of_stack(config).get("auth0:domain", ""))


def normal_domain(domain: str) -> str:
    """A domain as outputs record it. Raises ConfigurationError for what is none."""
    return ConnectionSettings.resolve({"auth0:domain": domain, "auth0:apiToken": "-"}, {}).domain


def has_project(directory: Path) -> bool:
    """Whether the folder itself holds a project; one above it is somebody else's."""
    return any((directory / name).is_file() for name in FILE_NAMES)


def read_live(
    workspace: Workspace, identifiers: Collection[str], applications: Collection[str]
) -> FoundObjects:
    """Read the tenant with the stack's own connection settings."""
    config = workspace.configuration() if has_project(workspace.directory) else {}
    plain = settings_of_stack(
        {key: value.value if isinstance(value, Secret) else value for key, value in config.items()}
    )
    return read_tenant(
        session_for(plain),
        identifiers=identifiers,
        applications=applications,
        own_client_ids=own_client_ids(plain),
    )


def read_state(kind: str, file: Path, domain: str) -> FoundObjects:
    """Read the state of another tool. Raises ConfigurationError for one that cannot be read."""
    if kind not in STATES:
        raise ConfigurationError(f"--from takes {' or '.join(STATES)}, and not {kind}.")
    if kind == "terraform-state" and not domain:
        raise ConfigurationError("A Terraform state does not say which tenant it is for: set AUTH0_DOMAIN.")
    state = _json(file)
    try:
        if kind == "terraform-state":
            return read_terraform_state(state, domain)
        finding = read_pulumi_state(state, domain or None)
    except (AttributeError, IndexError, KeyError, TypeError) as error:
        raise ConfigurationError(
            f"{file} is not a whole state: {type(error).__name__}: {error}.", "Export it again."
        ) from None
    return replace(finding, domain=normal_domain(finding.domain))


def _json(file: Path) -> Any:
    try:
        return json.loads(file.read_bytes())
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{file} cannot be read as JSON: {error}.") from None
