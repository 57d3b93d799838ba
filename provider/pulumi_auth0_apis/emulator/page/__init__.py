"""The tenant in a browser, at `/`: server-rendered, read-only but for permissions and grants.

What is changed here is drift to whoever manages the tenant as code, which is what it is for.
"""

from __future__ import annotations

from pulumi_auth0_apis.emulator.page.views import routes

__all__ = ["routes"]
