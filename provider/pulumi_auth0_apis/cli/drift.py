"""`auth0-apis drift`: the tenant against the stack's state, for a nightly job."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from pulumi_auth0_apis.cli.deploying import CwdOption, StackOption, stop
from pulumi_auth0_apis.cli.import_ import EngineNameOption
from pulumi_auth0_apis.cli.terminal import say, say_json

StateOption = Annotated[
    Path | None,
    typer.Option("--state", help="Compare this output of `pulumi stack export`.", dir_okay=False),
]
UnmanagedOption = Annotated[
    bool, typer.Option("--unmanaged", help="Also tell what the stack does not manage.")
]
JsonOption = Annotated[
    bool, typer.Option("--json", "-j", help="Print one JSON document instead of Markdown.")
]
DRIFTED = 2


def drift(
    cwd: CwdOption = Path(),
    stack: StackOption = None,
    state: StateOption = None,
    unmanaged: UnmanagedOption = False,
    engine: EngineNameOption = "auto",
    as_json: JsonOption = False,
) -> None:
    """Tell where the tenant differs from what the stack manages. Only reads.

    Exits with 0 where nothing differs, 2 where something does (with --unmanaged, also where something is not
    managed), 1 where the comparison could not be made.
    """
    from pulumi_auth0_apis.drift import find_drift
    from pulumi_auth0_apis.drift.documents import document, markdown
    from pulumi_auth0_apis.engine import EngineError
    from pulumi_auth0_apis.errors import Auth0ApisError
    from pulumi_auth0_apis.importing.tenant_source import own_client_ids
    from pulumi_auth0_apis.importing.unmanaged import find_unmanaged
    from pulumi_auth0_apis.management import session_for
    from pulumi_auth0_apis.stacks.provider_settings import settings_of_stack
    from pulumi_auth0_apis.stacks.state import read_state

    try:
        opened = read_state(cwd, stack, engine, state)
        found = find_drift(opened.snapshot, opened.config, session_for)
        if unmanaged:
            settings = settings_of_stack(opened.config)
            own = own_client_ids(settings)
            found = replace(found, unmanaged=find_unmanaged(session_for(settings), opened.snapshot, own))
    except (Auth0ApisError, EngineError) as error:
        stop(str(error))
    if as_json:
        say_json(document(found))
    else:
        say(markdown(found))
    if found:
        raise typer.Exit(DRIFTED)
