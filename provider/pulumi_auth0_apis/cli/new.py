"""`auth0-apis new`: an infrastructure repository, ready to run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from pulumi_auth0_apis.cli.deploying import stop
from pulumi_auth0_apis.cli.terminal import say

DirectoryArgument = Annotated[
    Path, typer.Argument(help="The folder of the repository; made where there is none.", file_okay=False)
]
NameOption = Annotated[
    str | None, typer.Option(help="The project's name; the folder's, if not given.", show_default=False)
]
CiOption = Annotated[Literal["github", "gitlab"], typer.Option("--ci", help="Whose workflows to write.")]


def new(directory: DirectoryArgument, name: NameOption = None, ci: CiOption = "github") -> None:
    """Write a repository: program, stacks, policies, tests, workflows, and a README that says what each is.

    Nothing is overwritten: where a file is there already, it is named and nothing is written.

    Example: `auth0-apis new infrastructure --ci gitlab`
    """
    from pulumi_auth0_apis.errors import Auth0ApisError
    from pulumi_auth0_apis.importing.stack_files import project_name
    from pulumi_auth0_apis.repository.files import new_files, write_new

    files = new_files(project_name(name or directory.resolve().name), ci)
    try:
        write_new(directory, files)
    except Auth0ApisError as error:
        stop(str(error))
    say(f"Wrote {len(files)} files to {directory}. README.md says what each is for; what runs at once:")
    say(f"  cd {directory}\n  pytest\n  auth0-apis preview")
