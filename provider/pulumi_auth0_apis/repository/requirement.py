"""How to install this package elsewhere: from where it was installed here."""

from __future__ import annotations

import json
from importlib.metadata import distribution

NAME = "pulumi-auth0-apis"


def requirement(extra: str) -> str:
    """The requirement with an extra, as a line of requirements.txt.

    pip notes where a package came from, unless that is an index: a Git commit, a wheel, a folder (PEP 610).
    """
    installed = distribution(NAME)
    origin = installed.read_text("direct_url.json")
    if origin is None:
        return f"{NAME}[{extra}]=={installed.version}"
    return f"{NAME}[{extra}] @ {_address(json.loads(origin))}"


def is_of_this_machine(line: str) -> bool:
    """Whether a requirement is found on this machine alone."""
    return " @ file:" in line


def _address(origin: dict[str, dict[str, str]]) -> str:
    url = str(origin["url"])
    if vcs := origin.get("vcs_info"):
        url = f"{vcs['vcs']}+{url}@{vcs['commit_id']}"
    return f"{url}#subdirectory={origin['subdirectory']}" if "subdirectory" in origin else url
