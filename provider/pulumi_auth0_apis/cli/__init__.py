"""The command `auth0-apis`: one file per command, listed here.

A command imports what it needs when it runs, so that `auth0-apis --help` and every other command stay quick.
"""

from __future__ import annotations

import gc
from typing import Annotated

import typer

from pulumi_auth0_apis._version import __version__
from pulumi_auth0_apis.cli.config import config
from pulumi_auth0_apis.cli.destroy import destroy
from pulumi_auth0_apis.cli.doctor import doctor
from pulumi_auth0_apis.cli.drift import drift
from pulumi_auth0_apis.cli.explained import ExplainedGroup, explain
from pulumi_auth0_apis.cli.import_ import import_
from pulumi_auth0_apis.cli.new import new
from pulumi_auth0_apis.cli.preview import preview
from pulumi_auth0_apis.cli.refresh import refresh
from pulumi_auth0_apis.cli.report import report
from pulumi_auth0_apis.cli.sandbox import sandbox
from pulumi_auth0_apis.cli.stack import stack
from pulumi_auth0_apis.cli.state import state
from pulumi_auth0_apis.cli.terminal import say
from pulumi_auth0_apis.cli.token import token
from pulumi_auth0_apis.cli.up import up

MANY_OBJECTS = 100_000
"""How many new objects are worth a look for garbage: what a run is told of stays to its end."""

app = typer.Typer(
    name="auth0-apis",
    cls=ExplainedGroup,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    help="Auth0 API settings as code: a local engine, a sandbox tenant, and the tools around a stack.",
)

COMMANDS = (new, preview, up, refresh, destroy, sandbox, import_, doctor, drift, token, report)
for _command in COMMANDS:
    app.command(_command.__name__.rstrip("_"))(_command)
for _name, _group in (("stack", stack), ("config", config), ("state", state)):
    app.add_typer(_group, name=_name)
explain(app)


def _print_version(wanted: bool) -> None:
    if wanted:
        say(f"auth0-apis {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Take the options that come before the command."""


def main() -> None:
    """Run the command `auth0-apis`."""
    gc.set_threshold(MANY_OBJECTS)
    app()
