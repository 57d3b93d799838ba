"""Python, Pulumi's SDK and this package: are they of versions that work together?"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distributions, version

from packaging.version import Version

from pulumi_auth0_apis._version import __version__
from pulumi_auth0_apis.doctor.result import Diagnosis, ok, problem, warning
from pulumi_auth0_apis.doctor.surroundings import Surroundings

OLDEST_PYTHON = (3, 11)
OLDEST_SDK = Version("3.216")
"""The first SDK whose ReadResult carries inputs, without which a refresh shows no drift
(https://github.com/pulumi/pulumi/blob/master/CHANGELOG.md)."""


def check_versions(surroundings: Surroundings) -> Iterator[Diagnosis]:
    """The versions at hand, and the plugin packages that would slow every run down."""
    del surroundings
    python = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST_PYTHON:
        yield problem("python", f"Python {python}", "Use Python 3.11 or newer.")
    else:
        yield ok("python", f"Python {python}")
    yield ok("package", f"pulumi-auth0-apis {__version__}")
    yield _sdk()
    bridged = sorted(_bridged_packages())
    if bridged:
        yield warning(
            "plugins",
            f"{', '.join(bridged)} is installed in this environment.",
            "Every run looks for its plugin, and downloads it where it is missing. Uninstall it once nothing "
            "in this project uses it.",
        )


def _sdk() -> Diagnosis:
    try:
        found = version("pulumi")
    except PackageNotFoundError:
        return problem("sdk", "Pulumi's Python SDK is not installed.", "pip install 'pulumi>=3.216,<4'")
    if Version(found) < OLDEST_SDK:
        return problem(
            "sdk", f"Pulumi SDK {found} does not report drift.", "pip install --upgrade 'pulumi>=3.216,<4'"
        )
    return ok("sdk", f"Pulumi SDK {found}")


def _bridged_packages() -> Iterator[str]:
    """Installed packages that need a resource plugin: their `pulumi-plugin.json` says so."""
    for distribution in distributions():
        name = distribution.metadata["Name"] or ""
        if not re.match(r"pulumi[-_]", name):
            continue
        told = [file for file in distribution.files or () if file.name == "pulumi-plugin.json"]
        if any(json.loads(file.read_text()).get("resource") for file in told):
            yield name
