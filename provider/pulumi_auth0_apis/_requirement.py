"""How to install this package elsewhere: from where it was installed here."""

from __future__ import annotations

import json
from importlib.metadata import distribution

NAME = "pulumi-auth0-apis"


_ELSEWHERE = "# From this machine; CI needs a place that it reaches: a package index, a Git URL, a wheel.\n"


def requirements_file(extra: str = "") -> str:
    """The text of a requirements.txt, which says where CI could not follow."""
    line = requirement(extra)
    return f"{_ELSEWHERE if ' @ file:' in line else ''}{line}\n"


def requirement(extra: str = "") -> str:
    """The requirement, with an extra where one is named, as a line of requirements.txt.

    pip notes where a package came from, unless that is an index: a Git commit, a wheel, a folder (PEP 610).
    """
    installed = distribution(NAME)
    name = f"{NAME}[{extra}]" if extra else NAME
    origin = installed.read_text("direct_url.json")
    if origin is None:
        return f"{name}=={installed.version}"
    return f"{name} @ {_address(json.loads(origin))}"


def _address(origin: dict[str, dict[str, str]]) -> str:
    url = str(origin["url"])
    if vcs := origin.get("vcs_info"):
        url = f"{vcs['vcs']}+{url}@{vcs['commit_id']}"
    return f"{url}#subdirectory={origin['subdirectory']}" if "subdirectory" in origin else url
