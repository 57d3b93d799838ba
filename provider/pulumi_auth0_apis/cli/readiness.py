"""Needs of preview, up, refresh and destroy before they begin; a person at a terminal is asked for them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Protocol

import typer

from pulumi_auth0_apis.cli.terminal import say

if TYPE_CHECKING:
    from pulumi_auth0_apis.engine import Engine

CreateOption = Annotated[bool, typer.Option("--create", help="Make the stack if there is none of its name.")]

REMEMBER = "    (set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE to remember)"


class OnEngine(Protocol):
    """A command that runs on an engine, and can be given the passphrase of the stack."""

    engine: Engine

    def use_passphrase(self, passphrase: str) -> None: ...


def make_ready(runner: OnEngine, *, changes: bool, create: bool | None = None, yes: bool = False) -> None:
    """Make sure of the stack, its passphrase and, where the run `changes` anything, a place for its state.

    Raises `EngineError` where something is missing. `create` None says that the command makes no stack; a
    new one is made without a question only where it is True, and `yes` keeps it from being asked.
    """
    require_stack(runner, create, ask=not yes)
    _unlock(runner)
    if changes:
        runner.engine.open().check_writable()


def is_interactive() -> bool:
    """Whether there is a person to ask."""
    return sys.stdin.isatty()


def ask_passphrase() -> str:
    """Ask for the passphrase of a stack that has one, in the words of the CLI."""
    return _hidden(f"Enter your passphrase to unlock config/secrets\n{REMEMBER}")


def ask_new_passphrase() -> str:
    """Ask twice for the passphrase of a stack that has none yet."""
    again = "Re-enter your passphrase to confirm"
    return _hidden("Enter your passphrase to protect config/secrets", confirmation_prompt=again)


def _hidden(text: str, *, confirmation_prompt: bool | str = False) -> str:
    answer = typer.prompt(
        text,
        default="",
        show_default=False,
        hide_input=True,
        confirmation_prompt=confirmation_prompt,
        err=True,
    )
    return str(answer)


def require_stack(runner: OnEngine, create: bool | None, *, ask: bool) -> None:
    """Raise `UnknownStackError` for a stack that nobody has made; a person may be asked to make it."""
    from pulumi_auth0_apis.engine import UnknownStackError

    try:
        runner.engine.require_known_stack()
    except UnknownStackError as error:
        if create:
            return
        if create is None:
            raise
        if not (ask and is_interactive()):
            way_on = "`--create` makes a new stack, as does a file with its settings."
            raise UnknownStackError(f"{error} {way_on}") from None
        say(str(error), err=True)
        if not typer.confirm("Do you want to create it now?", err=True):
            raise UnknownStackError("no stack was created") from None


def _unlock(runner: OnEngine) -> None:
    """Check the passphrase; ask for one where there is none, until it is right."""
    from pulumi_auth0_apis.engine.project.secrets import MissingPassphraseError, WrongPassphraseError

    asked = False
    while True:
        try:
            return runner.engine.open().unlock()
        except MissingPassphraseError:
            if not is_interactive():
                raise
        except WrongPassphraseError:
            if not asked:
                raise
            say("error: incorrect passphrase", err=True)
        runner.use_passphrase(ask_passphrase())
        asked = True
