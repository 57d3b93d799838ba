"""`auth0-apis doctor`: is everything there that a deployment needs?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pulumi_auth0_apis.cli.deploying import CwdOption, StackOption
from pulumi_auth0_apis.cli.terminal import say, say_json

if TYPE_CHECKING:
    from pulumi_auth0_apis.doctor import Diagnosis

StateOption = Annotated[
    Path | None,
    typer.Option(
        "--state", help="The output of `pulumi stack export`, to look for secrets in.", dir_okay=False
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", "-j", help="Print the findings as one JSON document.")]
MARKS = {"ok": "ok  ", "warning": "WARN", "problem": "FAIL", "skipped": "skip"}


def doctor(
    cwd: CwdOption = Path(), stack: StackOption = None, state: StateOption = None, as_json: JsonOption = False
) -> None:
    """Check tools, project, credentials and tenant, and say how to fix what is wrong.

    Only reads: one token and one page of APIs are asked for. Exits with 1 where there is a problem.
    """
    from pulumi_auth0_apis.doctor import Surroundings, examine

    results = []
    for result in examine(Surroundings(cwd, stack, state)):
        results.append(result)
        if not as_json:
            say(_line(result))
    healthy = all(result.status != "problem" for result in results)
    if as_json:
        document = {"healthy": healthy, "checks": [result.to_json() for result in results]}
        say_json(document)
    if not healthy:
        raise typer.Exit(1)


def _line(result: Diagnosis) -> str:
    fix = f"\n{' ' * 18}→ {result.fix}" if result.fix else ""
    return f"{MARKS[result.status]}  {result.check:<10}  {result.detail}{fix}"
