"""Which stack is meant when none is named: the one that `pulumi stack select` chose, else `dev`."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path

from .project import Project

DEFAULT_STACK = "dev"


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
