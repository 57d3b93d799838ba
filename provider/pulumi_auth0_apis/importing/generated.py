"""A whole tenant by Pulumi's own import: resources of the plugin, declared by its generator of a language."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from auth0_api_vocabulary import ResourceKind, kinds
from auth0_api_vocabulary.kinds import PLUGIN_PREFIX
from pulumi_auth0_apis.engine.files.yaml_files import read_yaml
from pulumi_auth0_apis.errors import ConfigurationError
from pulumi_auth0_apis.importing.existing import Existing
from pulumi_auth0_apis.importing.plan import ImportPlan
from pulumi_auth0_apis.importing.planning import make_plan
from pulumi_auth0_apis.importing.sources import read_live
from pulumi_auth0_apis.importing.workspace import CliWorkspace


@dataclass(frozen=True)
class Generated:
    """What was imported, and the file of declarations that Pulumi wrote of it, if there was anything."""

    plan: ImportPlan
    file: Path | None


LANGUAGES: Mapping[str, tuple[str, str]] = {
    "yaml": ("yaml", "imported.yaml"),
    "typescript": ("nodejs", "imported.ts"),
    "go": ("go", "imported.go"),
    "python-sdk": ("python", "imported.py"),
}
"""The runtime of a project in each language, and the file that an import writes beside its program."""


def generate(
    directory: Path, stack: str, language: str, identifiers: Collection[str], applications: Collection[str]
) -> Generated:
    """Import what the tenant has and the stack has not, and write its declarations.

    Raises ConfigurationError where the folder has no project of the language, where the file is there,
    or where Pulumi refuses.
    """
    runtime, name = LANGUAGES[language]
    _require_project(directory, runtime, language)
    file = (directory / name).resolve()
    if file.exists():
        raise ConfigurationError(
            f"{file} is there already, from an import before.",
            "Move what it declares into the program, and import again.",
        )
    workspace = CliWorkspace(directory, stack)
    finding = read_live(workspace, identifiers, applications)
    plan = make_plan(finding, Existing.of(workspace.state(), finding.domain, {}))
    if not len(plan):
        return Generated(plan, None)
    with TemporaryDirectory() as folder:
        listed = Path(folder) / "resources.json"
        listed.write_text(json.dumps({"resources": list(resources(plan))}), encoding="utf-8")
        workspace.import_listed(listed, file)
    return Generated(plan, file)


def resources(plan: ImportPlan) -> Iterator[dict[str, Any]]:
    """What `pulumi import --file` takes of a plan: each resource's type, name and id in the tenant."""
    for api in plan.apis:
        if api.inputs is not None:
            yield _entry(kinds.API, api.name, api.found["id"])
        for permission in api.permissions:
            yield _entry(kinds.PERMISSION, permission.name, f"{api.identifier}::{permission.scope}")
        for each in api.objects:
            yield _entry(each.kind, each.name, each.found["id"])


def _entry(kind: ResourceKind, name: str, id_: str) -> dict[str, Any]:
    return {"type": f"{PLUGIN_PREFIX}{kind.cls}", "name": name, "id": id_}


def _require_project(directory: Path, runtime: str, language: str) -> None:
    file = directory / "Pulumi.yaml"
    declared = read_yaml(file).get("runtime") if file.is_file() else None
    found = declared.get("name") if isinstance(declared, Mapping) else declared
    if found != runtime:
        said = f"has the runtime {found}" if found else "holds no Pulumi.yaml"
        raise ConfigurationError(
            f"{directory} {said}, and {language} is of the runtime {runtime}.",
            f"Make a project there (`pulumi new {language.removesuffix('-sdk')}`), add this package to it "
            "(`pulumi package add …`, docs/languages.md), and import again.",
        )
