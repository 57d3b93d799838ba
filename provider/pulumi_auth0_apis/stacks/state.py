"""The state of a stack and its configuration, from whichever engine keeps them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pulumi_auth0_apis.engine import EngineError
from pulumi_auth0_apis.engine.model.snapshot import Snapshot
from pulumi_auth0_apis.engine.model.values import unwrapped
from pulumi_auth0_apis.engine.project.secrets import SecretsProvider
from pulumi_auth0_apis.errors import ConfigurationError
from pulumi_auth0_apis.stacks.pulumi_command import PulumiCommand
from pulumi_auth0_apis.stacks.stack import TenantStack


@dataclass(frozen=True)
class StackState:
    """A state, and the configuration of its stack in clear."""

    snapshot: Snapshot
    config: Mapping[str, str]


def read_state(directory: Path, stack: str | None, engine: str, file: Path | None) -> StackState:
    """Read the state: from a file of `pulumi stack export`, from a folder, or through `pulumi`.

    Raises ConfigurationError where there is no such state, EngineError where it cannot be read.
    """
    if file is not None:
        return StackState(_exported(file), TenantStack(directory, stack).configuration)
    if engine != "pulumi":
        found = _local(directory, stack)
        if found is not None:
            return found
    if engine == "local" or shutil.which("pulumi") is None:
        raise ConfigurationError(
            "There is no state to compare in this folder's backend.",
            "Put `pulumi` on PATH, set "
            "PULUMI_BACKEND_URL, or give --state with the output of `pulumi stack export`.",
        )
    return _through_pulumi(directory, stack)


def _local(directory: Path, name: str | None) -> StackState | None:
    """The stack of a file backend; None where it has none of that name, or is another kind of backend."""
    stack = TenantStack(directory, name)
    try:
        stack.check_readable()
    except EngineError:
        if shutil.which("pulumi") is None:
            raise
        return None
    if not stack.store.exists():
        return None
    return StackState(stack.store.load(), stack.config.values)


def _through_pulumi(directory: Path, stack: str | None) -> StackState:
    command = PulumiCommand(directory, stack or PulumiCommand(directory).selected())
    config = {key: str(unwrapped(value)) for key, value in command.configuration().items()}
    return StackState(command.state(), config)


def _exported(file: Path) -> Snapshot:
    try:
        deployment: dict[str, Any] = json.loads(file.read_bytes())["deployment"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigurationError(
            f"{file} is not what `pulumi stack export` writes: {type(error).__name__}: {error}."
        ) from None
    provider = deployment.get("secrets_providers") or {"type": "none"}
    return Snapshot.from_json(deployment, lambda text: SecretsProvider().of_state(provider).decrypt(text))
