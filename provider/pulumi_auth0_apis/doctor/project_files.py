"""The project, its stack's configuration, and secrets where no secret should be."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from typing import Any

from pulumi_auth0_apis.doctor.result import Diagnosis, ok, problem, skipped, told, warning
from pulumi_auth0_apis.doctor.surroundings import Surroundings
from pulumi_auth0_apis.engine import EngineError
from pulumi_auth0_apis.engine.project.secrets import MissingPassphraseError, WrongPassphraseError
from pulumi_auth0_apis.management.settings import NAMESPACE, SECRET_KEYS
from pulumi_auth0_apis.stacks.provider_settings import PLUGIN_NAMESPACE

CREDENTIALS = (*SECRET_KEYS, *(key.replace(NAMESPACE, PLUGIN_NAMESPACE) for key in SECRET_KEYS))
CREDENTIAL_VARIABLES = ("AUTH0_CLIENT_SECRET", "AUTH0_API_TOKEN", "AUTH0_CLIENT_ASSERTION_PRIVATE_KEY")
_SOUNDS_SECRET = re.compile(r"(secret|password|token|private_?key)$", re.IGNORECASE)


def check_project(surroundings: Surroundings) -> Iterator[Diagnosis]:
    """Whether project and stack can be read."""
    project = surroundings.project
    if isinstance(project, EngineError):
        yield told("project", project)
        return
    yield ok("project", f"{project.name}, stack {surroundings.opened.name}, {project.file}")
    if isinstance(surroundings.configuration, EngineError):
        yield told("config", surroundings.configuration)


def check_passphrase(surroundings: Surroundings) -> Iterator[Diagnosis]:
    """Whether the passphrase of settings and state, which every run asks for first, is there and right."""
    config, store = surroundings.stack_config, surroundings.store
    if isinstance(config, EngineError) or isinstance(surroundings.configuration, EngineError) or not store:
        return  # told, or kept by others
    try:
        config.secrets.unlock()
        store.unlock()
    except (MissingPassphraseError, WrongPassphraseError) as error:
        yield told("passphrase", error)
    except EngineError:
        return  # a damaged state, or another kind of key, which is no matter of a passphrase


def check_configured_secrets(surroundings: Surroundings) -> Iterator[Diagnosis]:
    """Whether the stack's configuration holds a secret in clear."""
    config = surroundings.stack_config
    if isinstance(config, EngineError):
        yield skipped("config", "There is no stack's file to look for secrets in that this command can read.")
        return
    found = list(_in_clear(config.written, surroundings.environment))
    yield from found
    if not found:
        yield ok("config", "no secret in clear")


def _in_clear(written: Mapping[str, Any], environment: Mapping[str, str]) -> Iterator[Diagnosis]:
    credentials = {value for name, value in environment.items() if name in CREDENTIAL_VARIABLES and value}
    for key, path, value in _plain(written):
        set_secret = f"`pulumi config set --secret {'' if path == key else '--path '}{shlex.quote(path)}`"
        if key in CREDENTIALS or value in credentials:
            yield problem(
                "config",
                f"{path} is a credential, and the stack's configuration holds it in clear.",
                f"Rotate it in Auth0, since it has been in a file, then {set_secret}; "
                "or take it out and set it in the environment, which is the better place for it.",
            )
        elif _SOUNDS_SECRET.search(key):
            yield warning(
                "config",
                f"{path} sounds like a secret, and the stack's configuration holds it in clear.",
                f"If it is one, {set_secret}.",
            )


def _plain(value: Any, key: str = "", path: str = "") -> Iterator[tuple[str, str, str]]:
    """Every text in clear, however deep: its key, its path as `pulumi config --path` has it, and itself."""
    if isinstance(value, str):
        yield key, path, value
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _plain(item, key, f"{path}[{number}]")
    elif isinstance(value, dict) and "secure" not in value:
        for name, item in value.items():
            yield from _plain(item, str(name), f"{path}.{name}" if path else str(name))
