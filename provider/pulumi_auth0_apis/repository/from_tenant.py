"""A new repository whose program and state are those of a tenant that is there already."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path

from pulumi_auth0_apis.engine.files.yaml_files import dumped
from pulumi_auth0_apis.importing.draft import Draft
from pulumi_auth0_apis.importing.plan import ImportPlan
from pulumi_auth0_apis.importing.program_files import MAIN, PACKAGE
from pulumi_auth0_apis.importing.run import Imported, bring_in
from pulumi_auth0_apis.importing.sources import choose_workspace, configured_domain, read_live
from pulumi_auth0_apis.importing.workspace import Workspace
from pulumi_auth0_apis.repository.files import new_files, refuse_taken

SANDBOX = "auth0-apis sandbox"
APPLICATIONS = "applications.json"
PLACEHOLDER = "for the sandbox alone, and no secret"


def write_from_tenant(directory: Path, name: str, ci: str, stack: str) -> tuple[Imported, Workspace, int]:
    """Write the repository, the tenant's program in it. Returns what was imported, and the count of files.

    The tenant is read first. Raises ConfigurationError where a file is there already, and what an import
    raises; then nothing is written.
    """
    workspace = choose_workspace(directory, stack, "auto", configured_domain(directory, stack))
    finding = read_live(workspace, (), ())
    files = new_files(name, ci, "imported")
    del files[f"Pulumi.{stack}.yaml"]  # the import's
    refuse_taken(directory, {*files, *_of_the_import(stack), "Pulumi.sandbox.yaml", APPLICATIONS})
    with Draft() as draft:
        for path, text in files.items():
            draft.write(directory / path, with_applications(text))
        imported = bring_in(finding, workspace)
        draft.write(directory / "Pulumi.sandbox.yaml", _sandbox_settings(name, imported.plan))
        names = {each.client_id: each.name or each.key for each in imported.plan.applications}
        draft.write(directory / APPLICATIONS, json.dumps(names, indent=2, ensure_ascii=False) + "\n")
    return imported, workspace, len(draft.written)


def _of_the_import(stack: str) -> Collection[str]:
    return MAIN, PACKAGE, f"Pulumi.{stack}.yaml", f"checkpoint.{stack}.json"


def with_applications(text: str) -> str:
    """A workflow whose sandbox has the tenant's applications; any other text as it is."""
    return text.replace(f"{SANDBOX} >", f"{SANDBOX} --applications {APPLICATIONS} >")


def _sandbox_settings(name: str, plan: ImportPlan) -> str:
    """The stack of pull requests: the tenant's applications by the same keys, and a text for each secret."""
    applications = {each.key: each.client_id for each in plan.applications}
    config = {f"{name}:{each.config_key}": PLACEHOLDER for each in plan.secrets}
    return dumped({"config": {**({f"{name}:applications": applications} if applications else {}), **config}})
