"""Auth0 API settings as code, in Python, for Pulumi."""

from __future__ import annotations

from pulumi_auth0_apis._version import __version__

__all__ = ["__version__"]
