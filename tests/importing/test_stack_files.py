"""The files of a project and its stack."""

from __future__ import annotations

import yaml

from pulumi_auth0_apis.importing.plan import PlannedApplication
from pulumi_auth0_apis.importing.stack_files import add_applications, project_file, project_name


def test_applications_are_added_with_their_names() -> None:
    """Client ids go into a table with the application's name beside each; what is there stays."""
    text = "# by hand\nconfig:\n  auth0:domain: a.auth0.com # ours\n"
    first = add_applications(text, "shop", [PlannedApplication("billing", "cid1", "Billing\nservice")])
    second = add_applications(first, "shop", [PlannedApplication("reports", "cid2", "")])
    assert second == (
        "# by hand\nconfig:\n  auth0:domain: a.auth0.com # ours\n"
        "  shop:applications:\n    billing: cid1 # Billing service\n    reports: cid2\n"
    )


def test_a_project_is_named_by_its_folder() -> None:
    """Whatever the folder is called, the project's name is one that Pulumi takes."""
    assert [project_name(name) for name in ("My Shop", "…")] == ["my-shop", "auth0-apis"]
    assert yaml.safe_load(project_file("shop", "a: b"))["description"] == "The APIs of the Auth0 tenant a: b"
