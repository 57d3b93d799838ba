"""`auth0-apis state`: marks on the resources of a stack, which the next `up` heeds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pulumi_auth0_apis.cli.deploying import CwdOption, StackOption, stop
from pulumi_auth0_apis.cli.terminal import say

UrnsArgument = Annotated[
    list[str],
    typer.Argument(metavar="URN", help="`*` is anything but a colon, `**` anything.", show_default=False),
]

state = typer.Typer(no_args_is_help=True, help="Mark resources in the state of a stack.")


@state.command()
def taint(urns: UrnsArgument, stack: StackOption = None, cwd: CwdOption = Path()) -> None:
    """Have the next `up` replace resources, whether they differ or not."""
    _mark(cwd, stack, urns, taint=True)


@state.command()
def untaint(urns: UrnsArgument, stack: StackOption = None, cwd: CwdOption = Path()) -> None:
    """Take a taint back."""
    _mark(cwd, stack, urns, taint=False)


@state.command()
def unprotect(urns: UrnsArgument, stack: StackOption = None, cwd: CwdOption = Path()) -> None:
    """Let protected resources be deleted. The program protects them again as long as it says so."""
    _mark(cwd, stack, urns, protect=False)


def _mark(cwd: Path, stack: str | None, urns: list[str], **marks: bool) -> None:
    from pulumi_auth0_apis.engine import EngineError, mark
    from pulumi_auth0_apis.stacks.local import open_engine

    try:
        marked = mark(open_engine(cwd, stack).open().store, urns, **marks)
    except EngineError as error:
        stop(str(error))
    for urn in marked:
        say(urn)
