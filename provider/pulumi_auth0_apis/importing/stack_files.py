"""`Pulumi.yaml` of a new project, and the applications in a stack's configuration."""

from __future__ import annotations

from collections.abc import Iterable

from pulumi_auth0_apis.engine.files.yaml_files import dumped, set_entry
from pulumi_auth0_apis.importing.naming import shown, slug
from pulumi_auth0_apis.importing.plan import PlannedApplication


def project_name(directory: str) -> str:
    """A project's name made of its directory's."""
    return slug(directory) or "auth0-apis"


def project_file(name: str, domain: str) -> str:
    """`Pulumi.yaml` of a new project."""
    about = f"The APIs of the Auth0 tenant {shown(domain)}"
    written = {"name": name, "description": about, "runtime": "python"}
    return dumped(written)


def add_applications(text: str, project: str, applications: Iterable[PlannedApplication]) -> str:
    """The stack's configuration with these client ids, and the name of each application as a comment.

    Raises `FileError` where the file is not written as `key: value` lines.
    """
    for each in applications:
        before = text.splitlines()
        text = set_entry(text, ("config", f"{project}:applications", each.key), each.client_id)
        if each.name:
            text = _commented(before, text.splitlines(), shown(each.name))
    return text


def _commented(before: list[str], after: list[str], comment: str) -> str:
    """Put the comment on the one line, the last of the new ones, that holds the value."""
    first = next(
        (i for i, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), len(before)
    )
    after[first + len(after) - len(before) - 1] += f" # {comment}"
    return "\n".join(after) + "\n"
