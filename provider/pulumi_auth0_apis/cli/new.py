"""`auth0-apis new`: an infrastructure repository, ready to run."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated, Literal

import typer

from pulumi_auth0_apis.cli.deploying import stop
from pulumi_auth0_apis.cli.import_ import objection, told
from pulumi_auth0_apis.cli.terminal import say

DirectoryArgument = Annotated[
    Path, typer.Argument(help="The folder of the repository; made where there is none.", file_okay=False)
]
NameOption = Annotated[
    str | None, typer.Option(help="The project's name; the folder's, if not given.", show_default=False)
]
CiOption = Annotated[Literal["github", "gitlab"], typer.Option("--ci", help="Whose workflows to write.")]


FromTenantOption = Annotated[
    bool,
    typer.Option("--from-tenant", help="With the program of the tenant that AUTH0_DOMAIN names."),
]
ImportedStackOption = Annotated[
    Literal["dev", "staging", "prod"] | None,
    typer.Option("--stack", "-s", help="The stack of that tenant; dev, if not given."),
]


def new(
    directory: DirectoryArgument,
    name: NameOption = None,
    ci: CiOption = "github",
    from_tenant: FromTenantOption = False,
    stack: ImportedStackOption = None,
) -> None:
    """Write a repository: program, stacks, policies, tests, workflows, and a README that says what each is.

    Nothing is overwritten: where a file is there already, it is named and nothing is written.
    """
    from pulumi_auth0_apis.importing.stack_files import project_name

    project = project_name(name or directory.resolve().name)
    if from_tenant:
        _from_tenant(directory, project, ci, stack or "dev")
    elif stack:
        stop("--stack says which stack the tenant of --from-tenant is: give both, or neither.")
    else:
        _example(directory, project, ci)


def _example(directory: Path, project: str, ci: str) -> None:
    """With a program of two permissions and a grant."""
    from pulumi_auth0_apis.errors import Auth0ApisError
    from pulumi_auth0_apis.repository.files import new_files, write_new

    files = new_files(project, ci)
    try:
        write_new(directory, files)
    except Auth0ApisError as error:
        stop(str(error))
    _next(directory, len(files), "auth0-apis preview")


def _from_tenant(directory: Path, project: str, ci: str, stack: str) -> None:
    """With the program that declares what the tenant has."""
    from pulumi_auth0_apis.engine import EngineError
    from pulumi_auth0_apis.errors import Auth0ApisError
    from pulumi_auth0_apis.repository.from_tenant import write_from_tenant

    try:
        imported, workspace, count = write_from_tenant(directory, project, ci, stack)
    except (Auth0ApisError, EngineError) as error:
        stop(str(error))
    say(told(imported, workspace))
    if not imported.is_proven:
        stop(objection(imported))
    _next(directory, count, "auth0-apis preview --stack sandbox")


def _next(directory: Path, count: int, preview: str) -> None:
    say(f"Wrote {count} files to {directory}. README.md says what each is for; what runs at once:")
    say(f"  cd {shlex.quote(str(directory))}\n  pytest\n  {preview}")
