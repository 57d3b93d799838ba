"""What programs and providers import, for an engine that starts them from a Python that has it already."""

from __future__ import annotations

PRELOAD = ("pulumi_auth0_apis", "pulumi_auth0_apis._provider", "pulumi_auth0_apis.management", "pydantic")
