"""The parts of this package that have requirements of their own."""

from __future__ import annotations

from importlib.util import find_spec

EXTRAS = {
    "sandbox": ("jinja2", "python_multipart", "starlette", "trustme", "uvicorn"),
    "testing": ("pytest",),
}
"""What each extra of pyproject.toml brings, by the name of its module."""


class MissingPartError(ImportError):
    """A part of this package was not installed."""


def require(extra: str, what: str) -> None:
    """Raise MissingPartError, which says how to install it, where a part cannot run."""
    missing = [module for module in EXTRAS[extra] if find_spec(module) is None]
    if missing:
        raise MissingPartError(
            f"{what} is not installed here (there is no {', '.join(missing)}): "
            f"pip install 'pulumi-auth0-apis[{extra}]'"
        )
