"""`auth0-apis import`: what a tenant has, or another tool's state, becomes a program and its state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pulumi_auth0_apis.cli.deploying import stop
from pulumi_auth0_apis.cli.terminal import say, say_json

if TYPE_CHECKING:
    from pulumi_auth0_apis.importing.generated import Generated
    from pulumi_auth0_apis.importing.run import Imported
    from pulumi_auth0_apis.importing.workspace import Workspace

DirectoryArgument = Annotated[
    Path, typer.Argument(help="The folder of the program; a project there is added to.", file_okay=False)
]
StackOption = Annotated[str, typer.Option("--stack", "-s", help="The stack.")]
IdentifiersOption = Annotated[
    list[str], typer.Option("--identifier", help="Only APIs like this: https://*.example.com; repeatable.")
]
ApplicationsOption = Annotated[
    list[str],
    typer.Option(
        "--application", help="Only the grants of this client id or name, and their APIs; repeatable."
    ),
]
FromOption = Annotated[
    tuple[str, Path],
    typer.Option(
        "--from",
        metavar="KIND FILE",
        show_default="the tenant",
        help="Read a state instead of the tenant, without a call: pulumi-state, of pulumi-auth0 or our "
        "provider plugin, or terraform-state.",
    ),
]
InlineScopesOption = Annotated[
    bool, typer.Option("--inline-scopes", help="Permissions as the API's `scopes`, not a resource each.")
]
LanguageOption = Annotated[
    Literal["python", "yaml", "typescript", "go", "python-sdk"],
    typer.Option(
        "--language",
        metavar="LANGUAGE",
        help="python, or by `pulumi import` one of the plugin: yaml, typescript, go, python-sdk.",
    ),
]
EngineNameOption = Annotated[
    Literal["auto", "local", "pulumi"],
    typer.Option(
        "--engine", help="Who keeps the state and proves it; auto: local for a sandbox, else pulumi."
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", "-j", help="Print what was done as one JSON document.")]
TENANT = ("", Path())
MOST_FILES = 9
"""Files of one folder that are listed one by one."""


def import_(
    directory: DirectoryArgument,
    stack: StackOption = "dev",
    identifier: IdentifiersOption = [],  # noqa: B006 # never changed
    application: ApplicationsOption = [],  # noqa: B006 # never changed
    from_: FromOption = TENANT,
    inline_scopes: InlineScopesOption = False,
    language: LanguageOption = "python",
    engine: EngineNameOption = "auto",
    as_json: JsonOption = False,
) -> None:
    """Write a program and a state for what exists, so that the first preview shows no changes.

    Reads only; nothing in the tenant changes. What the stack has already is left as it is. Exits with 1 where
    the preview, which runs at the end, fails or would change anything.
    """
    from pulumi_auth0_apis.engine import EngineError
    from pulumi_auth0_apis.errors import Auth0ApisError
    from pulumi_auth0_apis.importing.generated import generate
    from pulumi_auth0_apis.importing.run import bring_in
    from pulumi_auth0_apis.importing.sources import choose_workspace, configured_domain, read_live, read_state

    if from_ != TENANT and (identifier or application):
        stop("--identifier and --application choose from a tenant, and not from the state that --from names.")
    if language != "python" and (from_ != TENANT or inline_scopes or engine == "local" or as_json):
        stop(f"--language {language} goes with none of --from, --inline-scopes, --engine local and --json.")
    try:
        if language != "python":
            say(_generated(generate(directory, stack, language, identifier, application)))
            return
        domain = configured_domain(directory, stack)
        finding = read_state(*from_, domain) if from_ != TENANT else None
        workspace = choose_workspace(directory, stack, engine, finding.domain if finding else domain)
        if finding is None:
            finding = read_live(workspace, identifier, application)
        imported = bring_in(finding, workspace, inline_scopes=inline_scopes)
    except (Auth0ApisError, EngineError) as error:
        stop(str(error))
    if as_json:
        say_json(_document(imported))
    else:
        say(told(imported, workspace))
    if not imported.is_proven:
        stop(objection(imported))


def objection(imported: Imported) -> str:
    """Why the preview is no proof, and what to do about it."""
    written = "Program and state are written, and nothing was changed in the tenant."
    if imported.failure:
        return (
            f"The preview that proves the import failed: {imported.failure}\n{written} Mend this and preview "
            "again. What the program declared before under the same name, take out: the new declaration says "
            "what the tenant has."
        )
    if imported.changes:
        return (
            f"The import is not complete: a preview would still change what is listed above. {written} "
            "Please report this with the output of `auth0-apis import --json`."
        )
    return (
        f"The program has changes of its own, listed above, which nobody has deployed. {written} Where one "
        "of them declares what was imported, take it out; the rest `pulumi up` will make."
    )


def _generated(generated: Generated) -> str:
    """What Pulumi imported and wrote, and what is next."""
    if generated.file is None:
        return "Nothing new: the stack has everything already."
    lines = [f"Imported {', '.join(generated.plan.counts)}.", f"  wrote {generated.file.name}"]
    lines += [f"  left out: {sentence}" for sentence in generated.plan.left_out]
    lines += [f"  left out: the secret of {each.config_key}" for each in generated.plan.secrets]
    lines.append(f"Take {generated.file.name} into the program; `pulumi preview` then shows no changes.")
    return "\n".join(lines)


def _document(imported: Imported) -> dict[str, object]:
    return {
        "resources": len(imported.plan),
        "files": [str(file) for file in imported.files],
        "leftOut": list(imported.plan.left_out),
        "changes": list(imported.changes),
        "pending": list(imported.pending),
        "failure": imported.failure,
    }


def told(imported: Imported, workspace: Workspace) -> str:
    """What was imported, where it is, what was left out and why, and what is next."""
    counts = imported.plan.counts
    lines = [f"Imported {', '.join(counts)}." if counts else "Nothing new: the stack has everything already."]
    lines += [f"  wrote {place}" for place in _places(imported.files)]
    lines += [f"  left out: {sentence}" for sentence in imported.plan.left_out]
    lines += [f"  would change: {change}" for change in (*imported.changes, *imported.pending)]
    if imported.is_proven:
        lines.append(f"Preview: no changes. {workspace.next_step}")
    return "\n".join(lines)


def _places(files: Iterable[Path]) -> Iterator[str]:
    """The files as seen from here; of a folder with many, the folder and their number."""
    here = Path.cwd()
    absolute = [file.resolve() for file in files]
    shown = [file.relative_to(here) if file.is_relative_to(here) else file for file in absolute]
    for folder, inside in groupby(shown, key=lambda file: file.parent):
        together = list(inside)
        if len(together) > MOST_FILES:
            yield f"{folder} ({len(together)} files)"
        else:
            yield from map(str, together)
