"""One import from end to end: plan, write, record, prove."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pulumi_auth0_apis._requirement import requirements_file
from pulumi_auth0_apis.engine.files.yaml_files import set_entry
from pulumi_auth0_apis.engine.project.project import FILE_NAMES, Project
from pulumi_auth0_apis.errors import ConfigurationError
from pulumi_auth0_apis.importing.checkpoint import add_to_snapshot
from pulumi_auth0_apis.importing.draft import Draft
from pulumi_auth0_apis.importing.existing import Existing
from pulumi_auth0_apis.importing.found_objects import FoundObjects
from pulumi_auth0_apis.importing.plan import ImportPlan
from pulumi_auth0_apis.importing.planning import make_plan
from pulumi_auth0_apis.importing.program_files import MAIN, PACKAGE, add_to_program, write_program
from pulumi_auth0_apis.importing.stack_files import add_applications, project_file, project_name
from pulumi_auth0_apis.importing.workspace import Workspace, applications_of


@dataclass(frozen=True)
class Imported:
    """The outcome of an import: its plan, the files it wrote, and what a preview shows afterwards.

    `changes` are those that the preview would make to what was imported: there should be none. `pending` are
    those that the program had before and that nobody has deployed. `failure` says why the preview failed.
    """

    plan: ImportPlan
    files: tuple[Path, ...]
    changes: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()
    failure: str = ""

    @property
    def is_proven(self) -> bool:
        """Whether the preview came to its end and shows no changes at all."""
        return not (self.changes or self.pending or self.failure)


def bring_in(finding: FoundObjects, workspace: Workspace, *, inline_scopes: bool = False) -> Imported:
    """Write the program and the state for what the stack does not have yet, and preview it.

    Writes nothing where there is nothing new. Raises ConfigurationError where nothing was found for a new
    program, or the program there cannot be added to, EngineError where the stack cannot be read or written;
    the folder is then as it was.
    """
    with Draft() as draft:
        _new_project(workspace, finding.domain, draft)
        project = workspace.project
        config = workspace.configuration()
        known = applications_of(config, project.name)
        snapshot = state = workspace.state()
        existing = Existing.of(snapshot, finding.domain, known)
        plan = make_plan(finding, existing, inline_scopes=inline_scopes)
        if not (len(plan) or _main(project).exists()):
            raise ConfigurationError(
                f"{finding.domain} has no API of its own and no grant to import, and nothing was written.",
                "Start with `auth0-apis new`, which writes a first program.",
            )
        if len(plan):
            _write_configuration(plan, workspace, config, known, draft)
            _write_program(plan, project, draft)
            state = add_to_snapshot(snapshot, plan, workspace.stack, project.name, workspace.configuration())
            workspace.replace_state(state, draft)
    proof = workspace.preview()
    imported = {each.urn for each in state.resources} - {each.urn for each in snapshot.resources}
    changes = {urn: f"{op} {urn}" for urn, op in proof.changes.items()}
    return Imported(
        plan,
        tuple(sorted(draft.written)),
        tuple(change for urn, change in changes.items() if urn in imported),
        tuple(change for urn, change in changes.items() if urn not in imported),
        proof.failure,
    )


def _new_project(workspace: Workspace, domain: str, draft: Draft) -> None:
    """`Pulumi.yaml` and the requirements, where the folder has no project of its own."""
    directory = workspace.directory
    if any((directory / name).is_file() for name in FILE_NAMES):
        return
    draft.write(directory / "Pulumi.yaml", project_file(project_name(directory.resolve().name), domain))
    if not (directory / "requirements.txt").exists():
        draft.write(directory / "requirements.txt", requirements_file())


def _main(project: Project) -> Path:
    """The file that the program begins with."""
    return project.program_directory / (MAIN if project.program_entry == "." else project.program_entry)


def _write_program(plan: ImportPlan, project: Project, draft: Draft) -> None:
    """The program, or what is to be added to the one that is there."""
    directory, main = project.program_directory, _main(project)
    if not main.exists():
        texts = write_program(plan)
    else:
        taken = {file.stem for file in (directory / PACKAGE).glob("*.py")}
        texts = add_to_program(plan, main.read_text(encoding="utf-8"), taken)
    for path, text in texts.items():
        draft.write(main if path == MAIN else directory / path, text)


def _write_configuration(
    plan: ImportPlan, workspace: Workspace, config: Mapping[str, Any], known: Collection[str], draft: Draft
) -> None:
    """The tenant, the applications, and the secrets: these first, since only they can be refused."""
    project = workspace.project
    file = project.stack_file(workspace.stack)
    draft.watch(file)
    for secret in plan.secrets:
        workspace.set_secret(f"{project.name}:{secret.config_key}", secret.value)
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    if "auth0:domain" not in config:
        text = set_entry(text, ("config", "auth0:domain"), plan.domain)
    new = [each for each in plan.applications if each.key not in known]
    draft.write(file, add_applications(text, project.name, new))
