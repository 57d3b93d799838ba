"""The parts of this package that have requirements of their own."""

from __future__ import annotations

from importlib.util import find_spec

SANDBOX = ("jinja2", "python_multipart", "starlette", "trustme", "uvicorn")
"""What the extra "sandbox" of pyproject.toml brings, by the names of the modules."""


def sandbox_lacks() -> str:
    """Why there is no sandbox here, and how to install it; empty where there is one."""
    missing = ", ".join(module for module in SANDBOX if find_spec(module) is None)
    if not missing:
        return ""
    return (
        f"The sandbox is not installed here (there is no {missing}): pip install 'pulumi-auth0-apis[sandbox]'"
    )
