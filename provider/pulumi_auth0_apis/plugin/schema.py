"""The schema of the package, from the tables."""

from __future__ import annotations

from typing import Any

from pulumi_auth0_apis._version import __version__
from pulumi_auth0_apis.plugin.package import PACKAGE


def schema() -> dict[str, Any]:
    """The package schema (`pkg/codegen/schema/pulumi.json` of pulumi/pulumi)."""
    return {"name": PACKAGE, "version": __version__}
