"""The parts of this package that have requirements of their own."""

from __future__ import annotations

import os
from importlib.util import find_spec

SANDBOX = ("jinja2", "python_multipart", "starlette", "trustme", "uvicorn")
"""What the extra "sandbox" of pyproject.toml brings, by the names of the modules."""


def engine_lacks() -> str:
    """Why the local engine cannot run anything here; empty where it can. Its files and states can be read."""
    if hasattr(os, "killpg"):
        return ""
    return (
        "The local engine needs process groups and signals of POSIX, which this platform lacks: use it in "
        "WSL or a container, or the `pulumi` CLI, with which all else works here."
    )


def sandbox_lacks() -> str:
    """Why there is no sandbox here, and how to install it; empty where there is one."""
    missing = ", ".join(module for module in SANDBOX if find_spec(module) is None)
    if not missing:
        return ""
    return (
        f"The sandbox is not installed here (there is no {missing}): pip install 'pulumi-auth0-apis[sandbox]'"
    )
