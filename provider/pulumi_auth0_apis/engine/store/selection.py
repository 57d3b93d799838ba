"""Which stack is meant: when none is named the one that `pulumi stack select` chose, else `dev`."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path

from pulumi_auth0_apis.engine.model.problems import EngineError
from pulumi_auth0_apis.engine.project.project import Project
from pulumi_auth0_apis.engine.store.backend import Backend

DEFAULT_STACK = "dev"


class UnknownStackError(EngineError):
    """Nobody has made or configured a stack of this name, which may be misspelt."""


def selected_stack(project: Project, backend_url: str, environment: Mapping[str, str] = os.environ) -> str:
    """The selected stack of a project in a backend, from the file where the CLI keeps its selections."""
    home = Path(environment.get("PULUMI_HOME") or Path.home() / ".pulumi")
    digest = hashlib.sha1(str(project.file).encode(), usedforsecurity=False).hexdigest()
    file = home / "workspaces" / f"{project.name}-{digest}-workspace.json"
    try:
        settings = json.loads(file.read_text())
        chosen = settings.get("stacks", {}).get(backend_url) or settings.get("stack") or DEFAULT_STACK
    except (OSError, ValueError, AttributeError):
        return DEFAULT_STACK
    return str(chosen).rpartition("/")[2]


def require_known(stack: str, project: Project, backend: Backend) -> None:
    """Raise `UnknownStackError`, with the names that are near, for a stack without state and settings.

    The first stack of a project is known where it has the name that is meant when none is given.
    """
    name = stack.rpartition("/")[2]
    known = sorted({*backend.stacks(), *project.configured_stacks()})
    if name in known or (not known and name == DEFAULT_STACK):
        return
    near = get_close_matches(name, known)
    if near:
        hint = f"Did you mean {' or '.join(near)}?"
    else:
        hint = f"There are: {', '.join(known)}." if known else "There is none yet."
    raise UnknownStackError(
        f"no stack named '{name}' found for the project {project.name} in {backend.folder}. {hint}"
    )
