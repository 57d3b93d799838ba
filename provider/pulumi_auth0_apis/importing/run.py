"""One import from end to end: plan, write, record, prove."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pulumi_auth0_apis.engine.files import write_atomically
from pulumi_auth0_apis.engine.project import FILE_NAMES
from pulumi_auth0_apis.engine.yaml_files import set_entry
from pulumi_auth0_apis.importing.checkpoint import add_to_snapshot
from pulumi_auth0_apis.importing.existing import Existing
from pulumi_auth0_apis.importing.finding import Finding
from pulumi_auth0_apis.importing.plan import Plan, PlannedApplication
from pulumi_auth0_apis.importing.planning import make_plan
from pulumi_auth0_apis.importing.program import MAIN, PACKAGE, add_to_program, write_program
from pulumi_auth0_apis.importing.stack_files import add_applications, project_file, project_name
from pulumi_auth0_apis.importing.workspace import Workspace, applications_of


@dataclass(frozen=True)
class Imported:
    """What an import did: its plan, the files it wrote, and what a preview would still change."""

    plan: Plan
    files: tuple[Path, ...]
    changes: tuple[str, ...]


def bring_in(finding: Finding, workspace: Workspace, *, inline_scopes: bool = False) -> Imported:
    """Write the program and the state for what the stack does not have yet, and preview it.

    Writes nothing where there is nothing new. Raises ConfigurationError where the program there cannot be
    added to, EngineError where the stack cannot be read or written.
    """
    files = _new_project(workspace, finding.domain)
    project = workspace.project
    snapshot = workspace.state()
    known = applications_of(workspace.configuration(), project.name)
    plan = make_plan(finding, Existing.of(snapshot, known), inline_scopes=inline_scopes)
    if len(plan):
        files |= _write_configuration(
            plan, workspace, [each for each in plan.applications if each.key not in known]
        )
        files |= _write_program(plan, project.program_directory, project.program_entry)
        state = add_to_snapshot(snapshot, plan, workspace.stack, project.name, workspace.configuration())
        files |= workspace.replace_state(state)
    return Imported(plan, tuple(sorted(files)), tuple(workspace.changes()))


def _new_project(workspace: Workspace, domain: str) -> set[Path]:
    """`Pulumi.yaml` and the requirements, where the folder has no project of its own."""
    directory = workspace.directory
    if any((directory / name).is_file() for name in FILE_NAMES):
        return set()
    directory.mkdir(parents=True, exist_ok=True)
    written = {directory / "Pulumi.yaml": project_file(project_name(directory.resolve().name), domain)}
    if not (directory / "requirements.txt").exists():
        written[directory / "requirements.txt"] = "pulumi-auth0-apis\n"
    return _write(written)


def _write_program(plan: Plan, directory: Path, entry: str) -> set[Path]:
    """The program, or what is to be added to the one that is there."""
    main = directory / (MAIN if entry == "." else entry)
    if not main.exists():
        texts = write_program(plan)
    else:
        taken = {file.stem for file in (directory / PACKAGE).glob("*.py")}
        texts = add_to_program(plan, main.read_text(encoding="utf-8"), taken)
    return _write({main if path == MAIN else directory / path: text for path, text in texts.items()})


def _write_configuration(
    plan: Plan, workspace: Workspace, applications: Iterable[PlannedApplication]
) -> set[Path]:
    """The tenant, the applications, and the secrets: these first, since only they can be refused."""
    project = workspace.project
    for secret in plan.secrets:
        workspace.set_secret(f"{project.name}:{secret.config_key}", secret.value)
    file = project.stack_file(workspace.stack)
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    if "auth0:domain" not in workspace.configuration():
        text = set_entry(text, ("config", "auth0:domain"), plan.domain)
    return _write({file: add_applications(text, project.name, applications)})


def _write(texts: Mapping[Path, str]) -> set[Path]:
    for file, text in texts.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(file, text.encode())
    return set(texts)
