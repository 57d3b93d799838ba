"""`auth0-apis report`: a pull request's summary of what a run changes, from the engine's event log."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pulumi_auth0_apis.cli.output_files import written
from pulumi_auth0_apis.cli.terminal import say


class Format(StrEnum):
    """The format of the report."""

    MARKDOWN = "markdown"
    JSON = "json"
    SARIF = "sarif"
    JUNIT = "junit"


class FailOn(StrEnum):
    """The condition for exit code 1."""

    MANDATORY = "mandatory"
    ADVISORY = "advisory"
    NEVER = "never"


def report(
    log: Annotated[
        Path, typer.Argument(help="The engine's event log, `-` for standard input.", allow_dash=True)
    ],
    form: Annotated[Format, typer.Option("--format", help="What to write.")] = Format.MARKDOWN,
    output: Annotated[
        Path | None, typer.Option(help="Where to write it, instead of standard output.")
    ] = None,
    limit: Annotated[int, typer.Option(min=2_000, help="The most characters of Markdown.")] = 60_000,
    name: Annotated[
        str, typer.Option(help="What the report calls itself, instead of the project and the stack.")
    ] = "",
    location: Annotated[
        str,
        typer.Option(
            metavar="FILE",
            help="The project's file; SARIF and JUnit point into the program beside it, else at this file.",
        ),
    ] = "Pulumi.yaml",
    fail_on: Annotated[
        FailOn,
        typer.Option(help="What makes the exit code 1: mandatory rules and failures, any rule, nothing."),
    ] = FailOn.MANDATORY,
) -> None:
    """Tell what a preview changes, who gains access, and which rules it breaks.

    Reads the file that `preview --event-log FILE` of either engine writes, or the output of
    `PULUMI_ENABLE_STREAMING_JSON_PREVIEW=1 pulumi preview --json`. No secret is ever written.
    """
    from pulumi_auth0_apis.report import LogError, Report, as_json, junit, markdown, read, sarif

    try:
        text = sys.stdin.read() if str(log) == "-" else log.read_text(encoding="utf-8")
        made = Report(read(text.split("\n")), name)
    except (OSError, UnicodeDecodeError, LogError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        say(f"{log}: {reason}. Give the file that `preview --event-log FILE` writes.", err=True)
        raise typer.Exit(2) from None
    match form:
        case Format.MARKDOWN:
            text = markdown(made, limit)
        case Format.JSON:
            text = as_json(made)
        case Format.SARIF:
            text = sarif(made, location)
        case Format.JUNIT:
            text = junit(made, location)
    if output:
        with written(output) as file:
            file.write(text)
    else:
        sys.stdout.write(text)
    failed = made.stopped or (fail_on is FailOn.ADVISORY and bool(made.advisory))
    raise typer.Exit(int(failed and fail_on is not FailOn.NEVER))
