"""Interrupted creations, of which a person knows what this tool cannot: whether they took effect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pulumi_auth0_apis.cli.readiness import is_interactive
from pulumi_auth0_apis.cli.terminal import say

if TYPE_CHECKING:
    from pulumi_auth0_apis.cli.deploying import Runner

ClearOption = Annotated[
    bool,
    typer.Option("--clear-pending-creates", help="Clear all pending creates, dropping them from the state."),
]
SkipOption = Annotated[bool, typer.Option("--skip-pending-creates", help="Do not ask about pending creates.")]

QUESTION = """
The creation of {} ({}) was interrupted.
  clear  The tenant does not have it: remove the pending create.
  skip   Do nothing. Where the tenant has it, `AUTH0_ADOPT=equal auth0-apis up` takes it over, and it is no
         longer pending; the engine cannot import dynamic resources."""


def to_clear(runner: Runner, *, clear: bool, ask: bool) -> list[str]:
    """The URNs of the pending creates to clear: all of them, or those that a person at a terminal picks.

    The CLI clears them before it previews anything, and even where the refresh is declined then; here that is
    a part of the refresh.
    """
    if not (clear or (ask and is_interactive())):
        return []
    return [urn for urn in runner.pending_creates() if clear or _is_to_be_cleared(urn)]


def _is_to_be_cleared(urn: str) -> bool:
    from pulumi_auth0_apis.engine.model.urns import name_of, type_of

    say(QUESTION.format(name_of(urn), type_of(urn)), err=True)
    choice: str = typer.prompt("clear or skip", default="skip", value_proc=_choice, err=True)
    return choice == "clear"


def _choice(answer: str) -> str:
    if answer not in ("clear", "skip"):
        raise typer.BadParameter("answer with clear or skip")
    return answer
