"""The one way by which commands write to the terminal, whoever's text it is."""

from __future__ import annotations

from typing import Any

import typer

from pulumi_auth0_apis import escaping


def say(text: str, *, err: bool = False) -> None:
    """Print lines of text; nothing in them changes the terminal's state, or hides."""
    typer.echo(escaping.terminal(text), err=err)


def say_json(document: Any, indent: int = 2) -> None:
    """Print a document for machines."""
    typer.echo(escaping.as_json(document, indent))
