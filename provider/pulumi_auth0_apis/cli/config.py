"""`auth0-apis config`: settings of a stack, where there is no CLI."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pulumi_auth0_apis.cli.deploying import CwdOption, Runner, StackOption, stop, telling_errors
from pulumi_auth0_apis.cli.readiness import (
    CreateOption,
    ask_new_passphrase,
    ask_passphrase,
    is_interactive,
    require_stack,
)
from pulumi_auth0_apis.cli.secret_looks import looks_like_secret

if TYPE_CHECKING:
    from pulumi_auth0_apis.engine.project.stack_config import StackConfig

config = typer.Typer(no_args_is_help=True, help="Settings of a stack.")


@config.callback()
def _commands() -> None:
    """Keep `set` a command of its own name, although it is the only one."""


@config.command("set")
def set_(
    key: Annotated[
        str, typer.Argument(metavar="KEY", help="`name`, or `namespace:name`.", show_default=False)
    ],
    value: Annotated[
        str | None,
        typer.Argument(metavar="VALUE", help="Read from standard input if not given.", show_default=False),
    ] = None,
    stack: StackOption = None,
    cwd: CwdOption = Path(),
    create: CreateOption = False,
    secret: Annotated[bool, typer.Option("--secret", help="Encrypt the value.")] = False,
    plaintext: Annotated[
        bool, typer.Option("--plaintext", help="Write it in clear, even if it looks like a secret.")
    ] = False,
) -> None:
    """Write a value to the settings of a stack, `Pulumi.<stack>.yaml`."""
    if key.count(":") > 1 or not all(key.split(":")):
        stop(
            f"invalid configuration key: could not parse {key} as a configuration key (configuration keys "
            "should be of the form `<namespace>:<name>`)"
        )
    runner = Runner(cwd=cwd, stack=stack, parallel=1)
    with telling_errors():
        require_stack(runner, create, ask=True)
        given = _read(secret=secret) if value is None else value
        if not (secret or plaintext) and looks_like_secret(key, given):
            stop(
                f"config value for '{key}' looks like a secret; rerun with --secret to encrypt it, or "
                "--plaintext if you meant to store in plaintext"
            )
        _set(runner, key, given, secret=secret)


def _set(runner: Runner, key: str, value: str, *, secret: bool) -> None:
    """Write it; a person at a terminal is asked for the passphrase that a secret needs."""
    from pulumi_auth0_apis.engine.project.secrets import MissingPassphraseError

    settings: StackConfig = runner.engine.open_unchecked().settings
    try:
        settings.set(key, value, secret=secret)
    except MissingPassphraseError:
        if not is_interactive():
            raise
        runner.use_passphrase(ask_passphrase() if settings.secrets.salt else ask_new_passphrase())
        _set(runner, key, value, secret=secret)


def _read(*, secret: bool) -> str:
    """The value from standard input, without the line's end; a person at a terminal types a secret unseen."""
    if is_interactive():
        return str(typer.prompt("value", hide_input=secret, err=True))
    return sys.stdin.read().removesuffix("\n").removesuffix("\r")
